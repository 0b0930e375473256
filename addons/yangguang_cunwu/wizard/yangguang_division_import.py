from odoo import api, models

from ..lib import division_csv


class DivisionImport(models.TransientModel):
    """Takes in a CSV of division codes that the client supplies; a second time changes nothing."""

    _name = "yangguang.division.import"
    _description = "Import of divisions"
    _inherit = "yangguang.import"

    @api.model
    def _read(self, content):
        known = self.env["yangguang.division"].with_context(active_test=False).search([])
        return division_csv.read(content, known_codes=known.mapped("code"))

    @api.model
    def _apply(self, plan):
        divisions = self.env["yangguang.division"].with_context(active_test=False)
        by_code = {one.code: one for one in divisions.search([])}
        created = changed = 0
        for row in plan.rows:
            parent = by_code.get(row.parent_code, divisions) if row.kind != "district" else None
            values = {
                "name": row.name,
                "kind": row.kind,
                "parent_id": parent.id if parent else False,
            }
            present = by_code.get(row.code)
            if not present:
                by_code[row.code] = divisions.create({"code": row.code, **values})
                created += 1
                continue
            differing = {
                key: value
                for key, value in values.items()
                if (present[key].id if key == "parent_id" else present[key]) != value
            }
            if differing:
                present.write(differing)
                changed += 1
        return created, changed
