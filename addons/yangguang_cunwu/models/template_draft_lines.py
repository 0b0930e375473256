"""The parts of a form being designed, one line each: columns, header fields, rules, fixed rows."""

from dataclasses import fields as dataclass_fields

from odoo import api, fields, models

from ..lib.tables import Column, FixedRow, HeaderField, Rule, design

TYPES = [
    ("text", "Text"),
    ("person_name", "Name of a person"),
    ("money", "Amount of money"),
    ("integer", "Whole number"),
    ("area_mu", "Area in mu"),
    ("date", "Date"),
    ("selection", "Choice"),
    ("phone", "Telephone number"),
    ("id_card", "Identity number"),
    ("bank_account", "Bank account"),
]
MASKS = [
    ("none", "Shown in full"),
    ("partial_name", "Name in part"),
    ("id_card", "Identity number in part"),
    ("phone", "Telephone number in part"),
    ("bank", "Bank account in part"),
]


class TemplateDraftLine(models.AbstractModel):
    """What the parts have in common: a place, and a way from the layout and back to it."""

    _name = "yangguang.template.draft.line"
    _description = "Part of a template being designed"
    _order = "sequence, id"
    _part = None  # the class of `lib.tables` that a line describes

    draft_id = fields.Many2one(
        "yangguang.template.draft", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=1000)  # a new line comes last

    @api.model
    def _line_values(self, part):
        """The values of the line that describes `part`."""
        return {field.name: getattr(part, field.name) for field in dataclass_fields(self._part)}

    def _plain(self, place):
        """The line as plain data; ValueError naming `place` when it cannot be read."""
        self.ensure_one()
        names = [field.name for field in dataclass_fields(self._part)]
        return {name: self[name] for name in names if self[name]}


class TemplateDraftField(models.AbstractModel):
    """What is filled in, in every row or once for the table."""

    _name = "yangguang.template.draft.field"
    _description = "Field of a template being designed"
    _inherit = "yangguang.template.draft.line"

    key = fields.Char(required=True, help="The name rules use: small letters, digits and _.")
    label = fields.Char(required=True)
    label_en = fields.Char(string="English label")
    type = fields.Selection(TYPES, required=True, default="text")
    unit = fields.Char()
    required = fields.Boolean()


class TemplateDraftColumn(models.Model):
    """A column of a form being designed."""

    _name = "yangguang.template.draft.column"
    _description = "Column being designed"
    _inherit = "yangguang.template.draft.field"
    _part = Column

    total = fields.Boolean(help="Its sum stands in the last row.")
    mask = fields.Selection(MASKS, required=True, default="none", string="On the open web")
    internal = fields.Boolean(help="Serves checking only and is never published.")
    options = fields.Text(string="Choices", help="One a line, written: code = name.")

    @api.model
    def _line_values(self, part):
        return {**super()._line_values(part), "options": design.options_text(part.options)}

    def _plain(self, place):
        plain = super()._plain(place)
        return {**plain, "options": design.read_options(self.options, f"{place}「{self.label}」")}


class TemplateDraftHeader(models.Model):
    """A field above or below the table of a form being designed."""

    _name = "yangguang.template.draft.header"
    _description = "Header field being designed"
    _inherit = "yangguang.template.draft.field"
    _part = HeaderField

    automatic = fields.Boolean(help="Written in by the program; nobody types it.")


class TemplateDraftRule(models.Model):
    """A rule of a form being designed."""

    _name = "yangguang.template.draft.rule"
    _description = "Rule being designed"
    _inherit = "yangguang.template.draft.line"
    _part = Rule

    kind = fields.Selection(
        [
            ("compute", "Computes a column"),
            ("check", "Holds in every row"),
            ("table", "Holds for the whole table"),
        ],
        required=True,
        default="check",
    )
    expression = fields.Char(string="Formula", required=True)
    message = fields.Char(help="What the clerk is told when it does not hold.")


class TemplateDraftRow(models.Model):
    """A row that a form being designed prints itself."""

    _name = "yangguang.template.draft.row"
    _description = "Fixed row being designed"
    _inherit = "yangguang.template.draft.line"
    _part = FixedRow

    key = fields.Char(required=True, help="The name formulas use: small letters, digits and _.")
    label = fields.Char(required=True)
    label_en = fields.Char(string="English label")
    formula = fields.Char(help="Computes the amounts of the row from other rows.")
    cells = fields.Text(string="Printed", help="One cell a line, written: column = content.")

    @api.model
    def _line_values(self, part):
        return {**super()._line_values(part), "cells": design.cells_text(part.cells)}

    def _plain(self, place):
        plain = super()._plain(place)
        return {**plain, "cells": design.read_cells(self.cells, f"{place}「{self.label}」")}
