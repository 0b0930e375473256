from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError

from ..lib import clock, grid
from ..lib.periods import Period
from ..lib.tables import Problem, crosscheck, engine


class Disclosure(models.Model):
    """What keeps a sheet from being submitted or published, in sentences for the clerk."""

    _inherit = "yangguang.disclosure"

    def _refuse_problems(self, document=None):
        if problems := list(self._problems(document)):
            raise UserError("\n".join(problems))

    def _problems(self, document=None):
        """Every reason why the sheet cannot go on, each as one sentence.

        `document` is the filled content (`_filled_document`), for a caller that has it already.
        """
        self.ensure_one()
        layout = self._layout()
        document = document or self._filled_document()
        if layout:
            for problem in engine.check(layout, document, clock.today()):
                yield problem.sentence(layout)
            yield from self._unread_problems(layout)
            yield from self._crosscheck_problems(document)
        elif not any(document.get(part) for part in ("text", "files", "zero")):
            yield self.env._(
                "Write the text, attach a file, or declare that there is nothing this period."
            )
        for _key, finding in self._findings(document):
            yield finding.sentence()
        yield from self._file_problems()

    def _unread_problems(self, layout):
        """The cells of the grid editor that hold something no cell of their kind can hold."""
        for (row, key), text in self._unread_cells().items():
            problem = Problem(row, key, f"「{text}」无法识别，请改正", "type")
            yield problem.sentence(layout)

    def _filled_document(self, document=None):
        """The content (or `document`) as it is printed: with the header fields that the system
        knows, and the balance that follows from the rows. Nobody has to type them."""
        document = self._document() if document is None else document
        return self._with_closing_balances(self._with_known_header(document))

    def _balanced_document(self):
        """The content with the balance that follows from its rows, to compare with others."""
        return self._with_closing_balances(self._document())

    def _with_closing_balances(self, document):
        layout = self._layout()
        return grid.with_closing_balances(layout, document) if layout else document

    def _with_known_header(self, document):
        layout = self._layout()
        if not layout:
            return document
        known = self._known_header()
        header = dict(document.get("header") or {})
        for field in layout.header:
            always, value = known.get(field.key, (False, None))
            if value and (always or not header.get(field.key)):
                header[field.key] = value
        return {**document, "header": header, "rows": document.get("rows") or []}

    def _known_header(self):
        """Header field -> (whether it always wins, its value)."""
        today = clock.today()
        division, town = self.division_id, self.division_id.parent_id
        offices = self.env["yangguang.appointment"].sudo()._offices(division | town)
        # all their names in one query
        self.env["res.partner"].sudo().union(*offices.values()).fetch(["name"])

        def name(place, role):
            return offices[place, role][:1].name

        drafters = self.sudo().drafter_ids or offices[division, "clerk"]
        chair = name(division, "supervisor_chair")
        until = today + timedelta(days=self.item_id.min_display_days)
        return {
            "village": (True, division.name),
            "period": (True, self.period_label),
            "publish_date": (True, today.isoformat()),
            "publish_to": (True, until.isoformat()),
            "preparer": (True, drafters[-1:].name),
            "reviewer": (True, chair),
            "secretary": (True, name(division, "secretary")),
            "org": (False, self._collective().name),
            "unit_note": (False, "元"),
            "accountant": (False, name(town, "town_accountant")),
            "finance_group": (False, chair),
            "org_head": (False, name(division, "director")),
            "complaint": (False, division.complaint_phone),
        }

    def _collective(self):
        return (
            self.env["yangguang.collective"]
            .sudo()
            .search_fetch(
                [("division_id", "=", self.division_id.id)], ["name"], order="id", limit=1
            )
        )

    def _crosscheck_problems(self, document):
        """What does not agree with the other tables of this village and period."""
        edition = self.item_id.edition_id._amended(clock.today())
        own = self.item_id.code
        checks = [
            check
            for check in edition.cross_checks
            if own in (check.left.item_code, check.right.item_code)
        ]
        if not checks or not self.period_key:
            return
        tables = {own: (self._layout(), document), **self._tables_beside(checks)}
        parameters = {each.code: each.value for each in edition.parameters}
        layouts = {template.item_code: template for template in edition.templates}
        layouts |= {code: layout for code, (layout, _document) in tables.items()}
        # a sheet may have begun before the form had the column that a check looks at
        fitting = [each for each in checks if not crosscheck.errors(each, layouts, parameters)]
        for problem in crosscheck.run(fitting, tables, parameters).problems:
            yield problem.message

    def _tables_beside(self, checks):
        """What `checks` compare this sheet with: `{item code: (layout, document)}`.

        Of each item the newest sheet of this village, out of the draft, whose period ends on the
        same day (a quarter with its last month); for a figure over all periods, every row.
        """
        figures = [figure for check in checks for figure in (check.left, check.right)]
        everywhere = {figure.item_code for figure in figures if figure.all_periods}
        sheets = self.sudo().search(
            [
                ("division_id", "=", self.division_id.id),
                ("item_id.code", "in", list({figure.item_code for figure in figures})),
                ("id", "!=", self.id),
                ("template_id", "!=", False),
                ("state", "!=", "draft"),
            ],
            order="id desc",
        )
        end = Period.parse(self.period_key).end
        tables = {}
        for sheet in sheets:
            code = sheet.item_id.code
            if code == self.item_id.code:
                continue
            if code in everywhere:
                _layout, whole = tables.setdefault(code, (sheet._layout(), {"rows": []}))
                whole["rows"] += sheet._document().get("rows") or []
            elif sheet.period_key and Period.parse(sheet.period_key).end == end:
                tables.setdefault(code, (sheet._layout(), sheet._balanced_document()))
        return tables
