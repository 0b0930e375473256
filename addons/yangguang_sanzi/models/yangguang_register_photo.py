import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

from .register_guard import guard_below


class RegisterPhoto(models.Model):
    """A photo of an asset or of a project. Its digest tells when one photo serves for two."""

    _name = "yangguang.register.photo"
    _description = "Photo in a register"
    _order = "taken desc, id desc"
    _rec_name = "note"

    asset_id = fields.Many2one("yangguang.asset", index="btree_not_null", ondelete="cascade")
    project_id = fields.Many2one("yangguang.project", index="btree_not_null", ondelete="cascade")
    division_id = fields.Many2one(
        "yangguang.division", required=True, readonly=True, index=True, ondelete="restrict"
    )
    image = fields.Image(required=True, max_width=1920, max_height=1920)
    digest = fields.Char(compute="_compute_digest", store=True, index=True)
    taken = fields.Date()
    note = fields.Char()

    _of_one = models.Constraint(
        "CHECK ((asset_id IS NULL) != (project_id IS NULL))",
        "A photo belongs to an asset or to a project.",
    )

    def init(self):
        for column in ("asset_id", "project_id"):
            above = self.env[self._fields[column].comodel_name]
            guard_below(self.env.cr, self._table, above._table, column, above._closed_states)

    @api.depends("image")
    def _compute_digest(self):
        for photo in self.with_context(bin_size=False):
            content = photo.image
            photo.digest = content and hashlib.sha256(content).hexdigest()

    @api.model_create_multi
    def create(self, vals_list):
        for values in vals_list:
            asset = self.env["yangguang.asset"].sudo().browse(values.get("asset_id"))
            project = self.env["yangguang.project"].sudo().browse(values.get("project_id"))
            (asset or project)._check_open()
            values["division_id"] = (asset or project).division_id.id
        return super().create(vals_list)

    def write(self, vals):
        self._check_open()
        if {"asset_id", "project_id", "division_id"} & vals.keys():
            raise UserError(self.env._("A photo stays where it was taken."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self._check_open()

    def _check_open(self):
        self.sudo().asset_id._check_open()
        self.sudo().project_id._check_open()
