from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..lib import clock
from ..lib.periods import Period

# Written by the steps alone, on no other path: see `_has_field_access`, `default_get` and the
# trigger made in `init`.
STEP_DEFAULTS = {
    "content": "{}",
    "revision": 0,
    "state": "draft",
    "round": 0,
    "content_digest": False,
    "template_id": False,
    "drafter_ids": [],
    "unread": False,
    "last_event_id": False,
    "publication_id": False,
    "published_first": False,
    "ratify_until": False,
}
# chosen when a disclosure begins and never after
BEGINNING_FIELDS = frozenset(
    {
        "division_id",
        "item_id",
        "duty_id",
        "period_key",
        "event_date",
        "corrects_id",
        "correction_reason",
        "carried_over",
    }
)

_GUARD = """
CREATE OR REPLACE FUNCTION yangguang_guard_disclosure() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state != 'draft' OR NEW.round != 0 OR NEW.revision != 0
            OR NEW.last_event_id IS NOT NULL OR NEW.publication_id IS NOT NULL
            OR NEW.published_first
        THEN
            RAISE EXCEPTION 'a disclosure begins as an empty draft'
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.division_id, NEW.item_id) != (OLD.division_id, OLD.item_id) THEN
        RAISE EXCEPTION 'a disclosure keeps its village and its item'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.content != OLD.content AND OLD.state != 'draft' THEN
        RAISE EXCEPTION 'content changes in draft only'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.state != OLD.state AND NOT EXISTS (
        SELECT 1 FROM yangguang_disclosure_event
        WHERE id = NEW.last_event_id AND disclosure_id = NEW.id
            AND id > COALESCE(OLD.last_event_id, 0)
            AND state_before = OLD.state AND state_after = NEW.state
    ) THEN
        RAISE EXCEPTION 'a state changes with its event only'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.state = 'published' AND NEW.publication_id IS NULL THEN
        RAISE EXCEPTION 'a published disclosure has its publication'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql
"""


class Disclosure(models.Model):
    """What a village makes known about one item, from draft to publication.

    The content is one JSON document of strings (`lib/tables`, or a text) with a revision number.
    Which step follows which is in `lib/procedure.py`; the steps are methods of this model
    (`disclosure_steps.py`, `disclosure_review.py`, `disclosure_publish.py`). Record rules decide
    who may read or draft; a step checks the appointment of the day as well.
    """

    _name = "yangguang.disclosure"
    _description = "Disclosure"
    _order = "id desc"

    division_id = fields.Many2one(
        "yangguang.division",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("level", "=", 3)],
        default=lambda self: self.env.user.draft_division_ids[:1],
    )
    item_id = fields.Many2one("yangguang.item", required=True, index=True, ondelete="restrict")
    category_id = fields.Many2one(related="item_id.category_id")
    template_id = fields.Many2one(
        "yangguang.template", readonly=True, copy=False, ondelete="restrict"
    )
    duty_id = fields.Many2one("yangguang.duty", index=True, copy=False, ondelete="restrict")
    period_key = fields.Char(help="2026-03, 2026Q1, 2026H1, 2026; empty when it is about an event.")
    period_label = fields.Char(compute="_compute_period_label")
    event_date = fields.Date(help="The day of the event, of a disclosure that is not periodic.")
    content = fields.Text(default="{}", required=True, readonly=True, copy=False, prefetch=False)
    revision = fields.Integer(default=0, required=True, readonly=True, copy=False)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("review", "In review"),
            ("agreed", "Agreed"),
            ("signed", "Signed"),
            ("published", "Published"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    round = fields.Integer(default=0, required=True, readonly=True, copy=False)
    content_digest = fields.Char(readonly=True, copy=False, groups="yangguang_cunwu.group_staff")
    drafter_ids = fields.Many2many(
        "res.partner", "yangguang_disclosure_drafter_rel", readonly=True, copy=False
    )
    event_ids = fields.One2many("yangguang.disclosure.event", "disclosure_id", readonly=True)
    last_event_id = fields.Many2one(
        "yangguang.disclosure.event", readonly=True, copy=False, ondelete="restrict"
    )
    publication_id = fields.Many2one(
        "yangguang.publication", readonly=True, copy=False, ondelete="restrict"
    )
    published_first = fields.Boolean(
        readonly=True, copy=False, help="An emergency: published first, reviewed afterwards."
    )
    ratify_until = fields.Datetime(readonly=True, copy=False)
    corrects_id = fields.Many2one("yangguang.publication", copy=False, ondelete="restrict")
    correction_reason = fields.Char(copy=False)
    carried_over = fields.Boolean(
        copy=False, help="Paper of an earlier time: shown as historical, with today's real time."
    )

    _publication_unique = models.Constraint(
        "UNIQUE (publication_id)", "A publication comes from one disclosure."
    )
    _one_running = models.UniqueIndex(
        "(division_id, item_id, period_key) WHERE state != 'published' AND period_key IS NOT NULL",
        "A sheet for this item and period is under way already.",
    )
    _correction_has_reason = models.Constraint(
        "CHECK (corrects_id IS NULL OR COALESCE(length(correction_reason), 0) > 0)",
        "Say what the correction mends.",
    )
    _division_idx = models.Index("(division_id, id DESC)")
    _state_idx = models.Index("(state, division_id)")

    def init(self):
        self.env.cr.execute(_GUARD)
        self.env.cr.execute(
            SQL(
                "CREATE OR REPLACE TRIGGER yangguang_disclosure_guard BEFORE INSERT OR UPDATE"
                " ON yangguang_disclosure"
                " FOR EACH ROW EXECUTE FUNCTION yangguang_guard_disclosure()"
            )
        )

    @api.model
    def default_get(self, fields_list):
        # a user's own `ir.default`, or a key of his context, must not choose the state
        values = super().default_get(fields_list)
        if not self.env.su:
            values.update({key: STEP_DEFAULTS[key] for key in STEP_DEFAULTS.keys() & values.keys()})
        return values

    @api.depends("item_id", "period_key", "event_date")
    def _compute_period_label(self):
        for disclosure in self:
            key = disclosure.period_key or (
                disclosure.event_date and disclosure.event_date.isoformat()
            )
            disclosure.period_label = (
                disclosure.item_id._period_label(Period.parse(key)) if key else False
            )

    @api.depends("item_id", "division_id", "period_key", "event_date")
    def _compute_display_name(self):
        for disclosure in self:
            disclosure.display_name = " ".join(
                part
                for part in (
                    disclosure.division_id.name,
                    disclosure.item_id.name,
                    disclosure.period_label,
                )
                if part
            )

    @api.model
    def _has_field_access(self, field, operation):
        if operation == "write" and field.name in STEP_DEFAULTS and not self.env.su:
            return False
        return super()._has_field_access(field, operation)

    @api.model
    def _check_field_access(self, field, operation):
        """As everywhere; a field of the procedure is refused in the words of those who try it."""
        if operation == "write" and field.name in STEP_DEFAULTS and not self.env.su:
            raise AccessError(
                self.env._(
                    "“%(field)s” changes by the steps of the procedure alone.",
                    field=field._description_string(self.env),
                )
            )
        return super()._check_field_access(field, operation)

    @api.model_create_multi
    def create(self, vals_list):
        disclosures = super().create(vals_list)
        for disclosure in disclosures:
            disclosure._check_beginning()
            values = {"template_id": disclosure.item_id._template_on(clock.today()).id}
            if not disclosure.duty_id:
                values["duty_id"] = self.env["yangguang.duty"]._for_event(disclosure).id
            disclosure.sudo().write(values)
        return disclosures

    def write(self, vals):
        if BEGINNING_FIELDS & vals.keys() and not self.env.su:
            raise UserError(
                self.env._("What a sheet is about is chosen when it begins: delete this draft.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        if any(disclosure.round or disclosure.state != "draft" for disclosure in self):
            raise UserError(self.env._("Only a draft that was never submitted can be deleted."))

    def _check_beginning(self):
        """Raises unless a disclosure of this item may begin in this village."""
        self.ensure_one()
        if self.division_id.level != 3:
            raise UserError(self.env._("Villages and communities disclose, nobody else."))
        edition = self.item_id.edition_id
        if edition.division_kind != self.division_id.kind or edition.state != "effective":
            raise UserError(
                self.env._("%(item)s is not on this village's list.", item=self.item_id.name)
            )
        if self.period_key:
            try:
                Period.parse(self.period_key)
            except ValueError as error:
                raise UserError(str(error)) from error
        corrected = self.corrects_id
        if corrected and (corrected.division_id, corrected.item_code) != (
            self.division_id,
            self.item_id.code,
        ):
            raise UserError(self.env._("A correction is about the same item of the same village."))
        duty = self.duty_id
        if duty and (duty.division_id, duty.item_id) != (self.division_id, self.item_id):
            raise UserError(self.env._("This duty belongs to another item or village."))

    def _check_appointed(self, roles):
        """Raises unless the current user holds one of `roles` in this village today."""
        self.ensure_one()
        held = (
            self.env["yangguang.appointment"]
            .sudo()
            ._of_person(self.env.user.partner_id, self.division_id, roles)
        )
        if not held:
            raise AccessError(
                self.env._(
                    "This step in %(division)s is not yours to take.",
                    division=self.division_id.name,
                )
            )
        return held[:1]
