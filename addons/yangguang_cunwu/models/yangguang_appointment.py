from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..lib import clock
from ..lib.roles import BARRED_FROM_SUPERVISION, DIVISION_LEVELS, ROLES, SUPERVISORS


class Appointment(models.Model):
    """A person holds an office in a division, from a day to a day.

    Everything a user may see or do follows from the appointments in force today; the history
    stays. See `lib/roles.py` for what each office brings.
    """

    _name = "yangguang.appointment"
    _description = "Appointment"
    _order = "division_id, role, date_from desc, id desc"
    _rec_names_search = ["person_id.name", "division_id.name"]

    person_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("division_id", "!=", False)],
    )
    division_id = fields.Many2one(
        "yangguang.division", required=True, index=True, ondelete="restrict"
    )
    role = fields.Selection(
        [(key, role.label) for key, role in ROLES.items()], required=True, index=True
    )
    department_id = fields.Many2one("yangguang.department", index=True, ondelete="restrict")
    date_from = fields.Date(required=True, default=lambda self: clock.today())
    date_to = fields.Date(help="The last day in office; empty while no end is set.")
    paper = fields.Char(string="Appointment paper", help="Number of the document that appoints.")
    in_force = fields.Boolean(compute="_compute_in_force", search="_search_in_force")

    _dates_in_order = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "An appointment cannot end before it begins.",
    )
    _department_of_officer = models.Constraint(
        "CHECK ((role = 'department_officer') = (department_id IS NOT NULL))",
        "A department officer, and nobody else, names a department.",
    )
    # notice, mechanism 2: one designated person per village
    _one_clerk = models.Constraint(
        "EXCLUDE USING gist (division_id WITH =, daterange(date_from, date_to, '[]') WITH &&)"
        " WHERE (role = 'clerk')",
        "A village has exactly one clerk at a time: end the other appointment first.",
    )
    _one_secretary = models.Constraint(
        "EXCLUDE USING gist (division_id WITH =, daterange(date_from, date_to, '[]') WITH &&)"
        " WHERE (role = 'secretary')",
        "A village has one Party secretary at a time: end the other appointment first.",
    )
    _one_office_once = models.Constraint(
        "EXCLUDE USING gist (person_id WITH =, division_id WITH =, role WITH =,"
        " COALESCE(department_id, 0) WITH =, daterange(date_from, date_to, '[]') WITH &&)",
        "This person holds this office already in that time.",
    )

    @api.depends("person_id.name", "division_id.name", "role")
    @api.depends_context("lang")
    def _compute_display_name(self):
        roles = dict(self._fields["role"]._description_selection(self.env))
        for appointment in self:
            appointment.display_name = " ".join(
                part
                for part in (
                    appointment.division_id.name,
                    roles.get(appointment.role),
                    appointment.person_id.name,
                )
                if part
            )

    @api.depends("date_from", "date_to")
    def _compute_in_force(self):
        today = clock.today()
        for appointment in self:
            appointment.in_force = bool(
                appointment.date_from
                and appointment.date_from <= today
                and (not appointment.date_to or appointment.date_to >= today)
            )

    def _search_in_force(self, operator, value):
        if operator != "in":
            return NotImplemented
        if set(value) == {True, False}:
            return Domain.TRUE
        domain = Domain("date_from", "<=", clock.today()) & self._not_ended()
        return domain if True in value else ~domain

    @api.constrains("role", "division_id")
    def _check_level(self):
        for appointment in self:
            if DIVISION_LEVELS[appointment.division_id.kind] not in ROLES[appointment.role].levels:
                raise ValidationError(
                    self.env._(
                        "%(division)s is not a place where this office exists.",
                        division=appointment.division_id.name,
                    )
                )

    @api.constrains("role", "division_id", "person_id", "date_from", "date_to")
    def _check_supervision(self):
        """Nobody on the village committee, keeping its books, or close relative of one who
        does, sits on the supervision committee of that village, from either side."""
        # of two officers who appoint in one place at the same time the second is made to start
        # anew (a serialization failure, which the framework retries), and then sees the first
        self.env.cr.execute(
            "UPDATE yangguang_division SET write_date = write_date WHERE id = ANY(%s)",
            [self.division_id.ids],
        )
        concerned = self.filtered(
            lambda one: one.role in SUPERVISORS | BARRED_FROM_SUPERVISION
        ).sudo()
        if not concerned:
            return
        villages = (
            self.env["yangguang.division"]
            .sudo()
            .search([("id", "child_of", concerned.division_id.ids), ("level", "=", 3)])
        )
        places = villages | villages.parent_id
        office_holders = self.sudo().search(
            Domain("division_id", "in", places.ids)
            & Domain("role", "in", list(SUPERVISORS | BARRED_FROM_SUPERVISION))
        )
        relatives = self.env["yangguang.relation"]._relatives(office_holders.person_id)
        for supervisor in office_holders.filtered(lambda one: one.role in SUPERVISORS):
            for other in office_holders - supervisor:
                if (
                    other.role in BARRED_FROM_SUPERVISION
                    and other.division_id
                    in (supervisor.division_id | supervisor.division_id.parent_id)
                    and supervisor._overlaps(other)
                    and (supervisor | other) & concerned
                ):
                    supervisor._refuse_beside(other, relatives[supervisor.person_id])

    def _overlaps(self, other):
        return (not other.date_to or self.date_from <= other.date_to) and (
            not self.date_to or other.date_from <= self.date_to
        )

    def _refuse_beside(self, other, relatives):
        """Raises when this supervisor cannot serve beside the office holder `other`."""
        names = {"supervisor": self.person_id.name, "other": other.display_name}
        if self.person_id == other.person_id:
            raise ValidationError(
                self.env._(
                    "%(supervisor)s cannot sit on the supervision committee and hold this office"
                    " at the same time: %(other)s.",
                    **names,
                )
            )
        if other.person_id in relatives:
            raise ValidationError(
                self.env._(
                    "%(supervisor)s is a close relative of an office holder and cannot sit on the"
                    " supervision committee: %(other)s.",
                    **names,
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        appointments = super().create(vals_list)
        if not self.env.su:
            if self.env.user.partner_id in appointments.person_id:
                raise AccessError(self.env._("Nobody appoints himself: ask the level above."))
            # a many2one takes any id: the officer must be allowed to see the person as well
            appointments.person_id.check_access("read")
        appointments._after_change(appointments.person_id)
        return appointments

    def write(self, vals):
        if {"person_id", "division_id", "role", "department_id"} & vals.keys():
            raise UserError(
                self.env._(
                    "An appointment is not turned into another: set its last day, or delete it"
                    " before it begins, and make a new one."
                )
            )
        result = super().write(vals)
        self._after_change(self.person_id)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        if any(one.date_from <= clock.today() for one in self):
            raise UserError(
                self.env._("An appointment that has begun is history: set its last day instead.")
            )

    def unlink(self):
        persons = self.person_id
        result = super().unlink()
        self._after_change(persons)
        return result

    def _after_change(self, persons):
        """What users may see and do follows at once (and again at midnight, by a job)."""
        self.env.flush_all()
        self.env.registry.clear_cache()
        persons.sudo().user_ids._apply_appointments()

    @api.model
    def _not_ended(self):
        return Domain("date_to", "=", False) | Domain("date_to", ">=", clock.today())

    @api.model
    def _of_person(self, person, division=None, roles=None):
        """The appointments of `person` in force today, in `division` and among `roles` if given."""
        domain = Domain("person_id", "=", person.id) & Domain("in_force", "=", True)
        if division is not None:
            domain &= Domain("division_id", "=", division.id)
        if roles is not None:
            domain &= Domain("role", "in", list(roles))
        return self.search_fetch(domain, ["person_id", "division_id", "role"], order="id")

    @api.model
    def _offices(self, divisions):
        """Who holds office in `divisions` today: `{(division, role): persons}`, in one query."""
        held = self.search_fetch(
            Domain("division_id", "in", divisions.ids) & Domain("in_force", "=", True),
            ["person_id", "division_id", "role"],
            order="id",
        )
        offices = defaultdict(self.env["res.partner"].browse)
        for appointment in held:
            offices[appointment.division_id, appointment.role] |= appointment.person_id
        return offices

    @api.model
    def _holders(self, division, roles):
        """The persons who hold one of `roles` in `division` today."""
        offices = self._offices(division)
        return self.env["res.partner"].union(*(offices[division, role] for role in sorted(roles)))
