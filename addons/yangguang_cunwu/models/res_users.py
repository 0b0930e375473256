import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.fields import Command

from ..lib import clock, codes
from ..lib.roles import ROLES

# days a one-time code may wait for its first use
CODE_DAYS = 7


class ResUsers(models.Model):
    """A user's scope and groups follow from the appointments of his person, nothing else."""

    _inherit = "res.users"

    read_division_ids = fields.Many2many("yangguang.division", compute="_compute_scope")
    read_place_ids = fields.Many2many(
        "yangguang.division",
        compute="_compute_read_place_ids",
        help="The divisions read, and all below them.",
    )
    draft_division_ids = fields.Many2many("yangguang.division", compute="_compute_scope")
    review_division_ids = fields.Many2many("yangguang.division", compute="_compute_scope")
    manage_division_ids = fields.Many2many(
        "yangguang.division",
        compute="_compute_scope",
        help="The divisions right below those whose people this user appoints.",
    )
    audit_division_ids = fields.Many2many(
        "yangguang.division",
        compute="_compute_scope",
        help="Where this user may see single votes: town officers and auditors.",
    )
    department_ids = fields.Many2many("yangguang.department", compute="_compute_scope")
    must_choose_password = fields.Boolean(readonly=True, groups=fields.NO_ACCESS, copy=False)
    code_expires = fields.Datetime(readonly=True, groups=fields.NO_ACCESS, copy=False)

    @api.depends("partner_id")
    def _compute_scope(self):
        appointments = (
            self.env["yangguang.appointment"]
            .sudo()
            .search([("person_id", "in", self.sudo().partner_id.ids), ("in_force", "=", True)])
        )
        by_person = appointments.grouped("person_id")
        for user in self.sudo():
            held = by_person.get(user.partner_id, appointments.browse())

            def where(trait, held=held):
                return held.filtered(lambda one: getattr(ROLES[one.role], trait)).division_id

            user.read_division_ids = where("reads")
            user.draft_division_ids = where("drafts")
            user.review_division_ids = where("reviews")
            user.manage_division_ids = where("manages").child_ids
            user.audit_division_ids = held.filtered(
                lambda one: one.role in ("town_officer", "auditor")
            ).division_id
            user.department_ids = held.department_id

    @api.depends("read_division_ids")
    def _compute_read_place_ids(self):
        """From the directory kept in memory: a rule that lists the places costs the database less
        than one that looks for them."""
        directory = self.env["yangguang.division"]._directory()
        for user in self.sudo():
            held = set(user.read_division_ids.ids)
            places = {
                place.id for one in directory if one.id in held for place in directory.below(one)
            }
            user.read_place_ids = [(6, 0, sorted(places | held))]

    def _has_field_access(self, field, operation):
        # when a supervisor was online could tell the village how he voted
        if (
            operation == "read"
            and field.name in ("log_ids", "login_date")
            and not self.env.su
            and not self.env.user.has_group("yangguang_cunwu.group_administrator")
        ):
            return False
        return super()._has_field_access(field, operation)

    @property
    def SELF_READABLE_FIELDS(self):  # noqa: N802 (the framework's name)
        return [
            *super().SELF_READABLE_FIELDS,
            "read_division_ids",
            "read_place_ids",
            "draft_division_ids",
            "review_division_ids",
            "manage_division_ids",
        ]

    def _apply_appointments(self):
        """Gives each user exactly the groups of his offices of today.

        A person with an office inside is an internal user, any other a portal user; the switch is
        one write. Users who are not persons of a division, and system administrators, are left
        alone.
        """
        role_groups = {key: self.env.ref(f"yangguang_cunwu.group_{key}") for key in ROLES}
        internal = self.env.ref("base.group_user")
        portal = self.env.ref("base.group_portal")
        system = self.env.ref("base.group_system")
        managed = self.env["res.groups"].union(*role_groups.values()) | internal | portal
        for user in self.sudo():
            if not user.partner_id.division_id or system in user.group_ids:
                continue
            held = self.env["yangguang.appointment"].sudo()._of_person(user.partner_id)
            wanted = self.env["res.groups"].union(*(role_groups[one.role] for one in held))
            inside = any(not ROLES[one.role].reviews for one in held)
            wanted |= internal if inside else portal
            present = user.group_ids & managed
            if present != wanted:
                user.write(
                    {
                        "group_ids": [
                            *(Command.unlink(group.id) for group in present - wanted),
                            *(Command.link(group.id) for group in wanted - present),
                        ]
                    }
                )

    @api.model
    def _cron_apply_appointments(self):
        """At 00:00 Shanghai: offices that begin or end today take effect."""
        self.env.registry.clear_cache()
        self.sudo().search([("partner_id.division_id", "!=", False)])._apply_appointments()

    @api.model
    def _issue_account(self, person, login):
        """Makes the account of `person` or resets it; gives the one-time code, shown once.

        The caller must manage the person and every office he holds. Villages have no e-mail: the
        code is printed and handed over; it opens the page to choose a password, and nothing else.
        """
        self._check_manages(person)
        user = person.sudo().with_context(active_test=False).user_ids[:1]
        code = codes.one_time_code(secrets.token_bytes(16))
        values = {
            "password": code,
            "must_choose_password": True,
            "code_expires": clock.now() + timedelta(days=CODE_DAYS),
        }
        issued = bool(user)
        if issued:
            user.write({**values, "active": True})
            # keys made with the old password die with it
            self.env["res.users.apikeys"].sudo().search([("user_id", "=", user.id)])._remove()
        else:
            user = self.sudo().create(
                {
                    **values,
                    "partner_id": person.id,
                    "login": login,
                    "lang": "zh_CN",
                    "tz": "Asia/Shanghai",
                    "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
                    "notification_type": "email",
                }
            )
        user._apply_appointments()
        self.env["yangguang.account.event"]._record("reset" if issued else "issued", person)
        return code

    def _check_manages(self, person):
        """Raises unless the current user manages `person`: his division and all his offices."""
        person.check_access("read")
        if self.env.user.has_group("yangguang_cunwu.group_administrator"):
            return
        places = self.env["yangguang.division"].search(
            [("id", "child_of", self.env.user.manage_division_ids.ids)]
        )
        offices = (
            self.env["yangguang.appointment"]
            .sudo()
            .search(
                [("person_id", "=", person.id), *self.env["yangguang.appointment"]._not_ended()]
            )
        )
        if person.division_id not in places or offices.division_id - places:
            raise AccessError(
                self.env._(
                    "You issue accounts to people below your own division only; %(person)s is not.",
                    person=person.name,
                )
            )

    def _choose_password(self, password):
        """The user replaces his one-time code by a password of his own."""
        self.ensure_one()
        if self != self.env.user:
            raise AccessError(self.env._("Everybody chooses his own password."))
        user = self.sudo()
        try:
            self._check_credentials(
                {"type": "password", "password": password}, {"interactive": True}
            )
        except AccessDenied:
            user.write({"password": password})
        else:
            raise UserError(self.env._("Choose a password of your own, not the code."))
        user.write({"must_choose_password": False, "code_expires": False})
        self.env["yangguang.account.event"]._record("changed", user.partner_id)

    def _check_credentials(self, credential, env):
        result = super()._check_credentials(credential, env)
        expires = self.env.user.sudo().code_expires
        if expires and expires < clock.now():
            raise AccessDenied(self.env._("This code has expired: ask the town for a new one."))
        return result
