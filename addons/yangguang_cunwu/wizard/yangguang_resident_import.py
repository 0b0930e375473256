import base64

from odoo import api, fields, models

from ..lib import resident_list


class ResidentImport(models.TransientModel):
    """Takes in an Excel list of a village's residents; a second time changes nothing. Who is no
    longer in the list stays: people are struck off by hand. So does what it has no column for."""

    _name = "yangguang.resident.import"
    _description = "Import of residents"
    _inherit = "yangguang.import"

    division_id = fields.Many2one(
        "yangguang.division",
        string="Village",
        required=True,
        domain=[("level", "=", 3)],
        default=lambda self: self.env.user.draft_division_ids[:1],
    )

    def action_form(self):
        """Gives the empty form to fill."""
        self.ensure_one()
        self.write(
            {
                "file": base64.b64encode(resident_list.form()),
                "file_name": self.env._("Residents.xlsx"),
            }
        )
        return self._reopen()

    @api.model
    def _read(self, content):
        return resident_list.read(content)

    def _apply(self, plan):
        residents = self.env["yangguang.resident"].with_context(active_test=False)
        known = {
            (one.name, one.household): one
            for one in residents.search([("division_id", "=", self.division_id.id)])
        }
        new, changed = [], 0
        for row in plan.rows:
            values = {"phone": row.phone, "is_collective_member": row.is_member}
            # what the list has no column for stays
            values = {key: value for key, value in values.items() if value is not None}
            resident = known.get((row.name, row.household))
            if not resident:
                new.append(
                    {
                        **values,
                        "division_id": self.division_id.id,
                        "name": row.name,
                        "household": row.household,
                    }
                )
            elif any((resident[key] or "") != (value or "") for key, value in values.items()):
                resident.write(values)
                changed += 1
        residents.create(new)
        return len(new), changed
