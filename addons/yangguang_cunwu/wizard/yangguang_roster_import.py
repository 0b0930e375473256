import base64

from psycopg2 import IntegrityError

from odoo import api, models
from odoo.exceptions import ValidationError

from ..lib import roster


class RosterImport(models.TransientModel):
    """Takes in an Excel list of persons and their offices; a second time changes nothing."""

    _name = "yangguang.roster.import"
    _description = "Import of persons and appointments"
    _inherit = "yangguang.import"

    def action_form(self):
        """Gives the empty form to fill."""
        self.ensure_one()
        departments = self.env["yangguang.department"].search([]).mapped("name")
        self.write(
            {
                "file": base64.b64encode(roster.form(list(self._roles()), departments)),
                "file_name": self.env._("Persons and appointments.xlsx"),
            }
        )
        return self._reopen()

    @api.model
    def _roles(self):
        """Label of an office as the reader knows it -> its key."""
        field = self.env["yangguang.appointment"]._fields["role"]
        return {label: key for key, label in field._description_selection(self.env)}

    @api.model
    def _read(self, content):
        departments = self.env["yangguang.department"].search([])
        plan = roster.read(
            content, roles=self._roles(), departments={one.name: one.code for one in departments}
        )
        codes = set(
            self.env["yangguang.division"]
            .search([("code", "in", [row.division_code for row in plan.rows])])
            .mapped("code")
        )
        plan.problems += [
            roster.Problem(
                row.line,
                roster.DIVISION_CODE,
                self.env._("there is no division with the code %(code)s", code=row.division_code),
            )
            for row in plan.rows
            if row.division_code not in codes
        ]
        return plan

    @api.model
    def _apply(self, plan):
        created = 0
        for row in plan.rows:
            division = self.env["yangguang.division"].search([("code", "=", row.division_code)])
            try:
                with self.env.cr.savepoint():
                    person = self._person(row, division)
                    created += self._appoint(row, person, division)
            except (ValidationError, IntegrityError) as error:
                # the row is what the user can find again
                raise ValidationError(
                    self.env._(
                        "Line %(line)s: %(error)s", line=row.line, error=self._sentence(error)
                    )
                ) from error
        return created, 0

    @api.model
    def _sentence(self, error):
        """What `error` says to people: of the database, the sentence of its constraint."""
        if isinstance(error, IntegrityError):
            return self.env["yangguang.appointment"]._sql_error_to_message(error)
        return str(error)

    @api.model
    def _person(self, row, division):
        """The person of this name and phone in the division; made when there is none."""
        persons = self.env["res.partner"].search(
            [("name", "=", row.name), ("phone", "=", row.phone), ("division_id", "!=", False)]
        )
        return persons[:1] or persons.create(
            {"name": row.name, "phone": row.phone, "division_id": division.id}
        )

    @api.model
    def _appoint(self, row, person, division):
        """Makes the appointment unless it is there; gives the number made."""
        appointments = self.env["yangguang.appointment"]
        present = appointments.search_count(
            [
                ("person_id", "=", person.id),
                ("division_id", "=", division.id),
                ("role", "=", row.role),
                ("date_from", "=", row.date_from),
            ]
        )
        if present:
            return 0
        department = self.env["yangguang.department"].search([("code", "=", row.department_code)])
        appointments.create(
            {
                "person_id": person.id,
                "division_id": division.id,
                "role": row.role,
                "department_id": department.id,
                "date_from": row.date_from,
                "date_to": row.date_to,
            }
        )
        return 1
