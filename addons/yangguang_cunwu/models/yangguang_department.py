from odoo import api, fields, models


class Department(models.Model):
    """A district department that guides items (notice: 15 of them)."""

    _name = "yangguang.department"
    _description = "Guiding department"
    _order = "sequence, code"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True)
    name_en = fields.Char(string="English name")
    code = fields.Char(required=True, copy=False)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint("UNIQUE (code)", "This department code is taken.")

    @api.model
    def _take_in(self, departments):
        """Makes or renames the departments of an edition; gives `{code: record}`."""
        present = {one.code: one for one in self.with_context(active_test=False).search([])}
        for sequence, department in enumerate(departments, start=1):
            values = {
                "name": department.name,
                "name_en": department.name_en,
                "sequence": sequence,
            }
            if department.code in present:
                present[department.code].write(values)
            else:
                present[department.code] = self.create({"code": department.code, **values})
        return present
