from odoo import api, models, tools

from ..lib.directory import Directory, Place


class Division(models.Model):
    """The directory that every public page and every API answer begins with.

    Divisions change a few times a year and are read with each request, so the tree is kept in
    memory. It is the same for everybody: divisions have no record rules.
    """

    _inherit = "yangguang.division"

    @api.model
    @tools.ormcache()
    def _directory(self):
        """All divisions, merged ones included, as a `lib.directory.Directory`."""
        divisions = self.with_context(active_test=False).search([])
        return Directory(
            Place(
                id=division.id,
                code=division.code,
                name=division.name,
                kind=division.kind,
                level=division.level,
                parent=division.parent_id.code or None,
                active=division.active,
                phone=division.phone or "",
                complaint_phone=division.complaint_phone or "",
            )
            for division in divisions
        )

    @api.model_create_multi
    def create(self, vals_list):
        divisions = super().create(vals_list)
        self.env.registry.clear_cache()
        return divisions

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @api.model
    def _screens_now(self, divisions):
        """What the screens in `divisions` and below are showing: dictionaries of `screen`, `place`,
        `title` and `publication_code` (None where it is not known), `picture` (bytes, or None) and
        `time` (UTC). The addon of the screens knows; the caller has checked who asks."""
        return []
