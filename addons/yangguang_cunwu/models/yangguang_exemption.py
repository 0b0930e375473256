from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..lib import clock
from .append_only import protect
from .demo_stamp import guard_time

# who may permit that a piece of personal data is shown; never the one who asks for it
GRANTERS = frozenset({"secretary", "director"})

_GUARD = """
CREATE OR REPLACE FUNCTION yangguang_guard_exemption() RETURNS trigger AS $$
BEGIN
    IF NEW.request_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM yangguang_exemption
        WHERE id = NEW.request_id AND kind = 'asked' AND person_id != NEW.person_id
            AND disclosure_id = NEW.disclosure_id AND key = NEW.key
    ) THEN
        RAISE EXCEPTION 'a permission is given by a second person, for what was asked'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql
"""


class Exemption(models.Model):
    """Personal data that may be shown all the same: who asked, on which legal basis, who permitted
    it. It holds for one value in one place of one sheet; the value itself is not kept."""

    _name = "yangguang.exemption"
    _description = "Permission to show personal data"
    _order = "id"
    _log_access = False

    disclosure_id = fields.Many2one(
        "yangguang.disclosure", required=True, readonly=True, index=True, ondelete="restrict"
    )
    division_id = fields.Many2one(
        "yangguang.division", required=True, readonly=True, index=True, ondelete="restrict"
    )
    key = fields.Char(required=True, readonly=True)
    finding = fields.Char("What was found", required=True, readonly=True)
    legal_basis = fields.Char(required=True, readonly=True)
    kind = fields.Selection(
        [("asked", "Asked for"), ("granted", "Permitted"), ("refused", "Refused")],
        required=True,
        readonly=True,
    )
    request_id = fields.Many2one("yangguang.exemption", readonly=True, ondelete="restrict")
    answer_ids = fields.One2many("yangguang.exemption", "request_id", readonly=True)
    status = fields.Selection(
        [("asked", "Waits for an answer"), ("granted", "Permitted"), ("refused", "Refused")],
        compute="_compute_status",
    )
    person_id = fields.Many2one("res.partner", required=True, readonly=True, ondelete="restrict")
    person_name = fields.Char("By", required=True, readonly=True)
    time = fields.Datetime(required=True, readonly=True)

    _answer_unique = models.Constraint("UNIQUE (request_id)", "This has been answered already.")
    _kind_fits = models.Constraint(
        "CHECK ((kind = 'asked') = (request_id IS NULL))", "An answer belongs to a request."
    )

    def init(self):
        protect(self.env.cr, self._table)
        guard_time(self.env.cr, self._table)
        self.env.cr.execute(_GUARD)
        self.env.cr.execute(
            SQL(
                "CREATE OR REPLACE TRIGGER yangguang_exemption_guard BEFORE INSERT"
                " ON yangguang_exemption"
                " FOR EACH ROW EXECUTE FUNCTION yangguang_guard_exemption()"
            )
        )

    @api.depends("kind", "answer_ids.kind")
    def _compute_status(self):
        for exemption in self:
            exemption.status = exemption.answer_ids[:1].kind or exemption.kind

    def action_grant(self):
        """A second person permits what was asked for."""
        self._answer("granted")

    def action_refuse(self):
        """A second person refuses what was asked for."""
        self._answer("refused")

    def _answer(self, kind):
        self.ensure_one()
        self.check_access("read")
        disclosure = self.disclosure_id
        disclosure._check_appointed(GRANTERS)
        person = self.env.user.partner_id
        if person == self.person_id or person in disclosure.sudo().drafter_ids:
            raise AccessError(
                self.env._("Another person decides than those who drafted the sheet and asked.")
            )
        disclosure._check_state(("draft",))
        if self.status != "asked":
            raise UserError(self.env._("This has been answered already."))
        self.sudo().create(
            {
                **{
                    name: self[name].id if name.endswith("_id") else self[name]
                    for name in ("disclosure_id", "division_id", "key", "finding", "legal_basis")
                },
                "kind": kind,
                "request_id": self.id,
                "person_id": person.id,
                "person_name": person.name,
                "time": clock.now(),
            }
        )
        disclosure._tell(self.person_id, f"exemption_{kind}")
