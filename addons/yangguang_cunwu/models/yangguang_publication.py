from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..lib import canonical, chain
from .append_only import protect
from .demo_stamp import guard_time, is_stamped


class Publication(models.Model):
    """The envelope of one published sheet, frozen for good: who, what, when, and the digests.

    Names are kept as they were on the day. What the public reads is the `yangguang.public.page`;
    what happened later is in `yangguang.publication.event`. The row itself never changes, so it
    carries no related or computed field that is stored, and no mixin.
    """

    _name = "yangguang.publication"
    _description = "Publication"
    _order = "id desc"
    _log_access = False
    _rec_name = "title"

    code = fields.Char(required=True, readonly=True, help="Public code, printed with the QR code.")
    division_id = fields.Many2one(
        "yangguang.division", required=True, readonly=True, ondelete="restrict"
    )
    division_code = fields.Char(required=True, readonly=True)
    division_name = fields.Char(required=True, readonly=True)
    town_name = fields.Char(readonly=True)
    item_id = fields.Many2one("yangguang.item", required=True, readonly=True, ondelete="restrict")
    item_code = fields.Char(required=True, readonly=True)
    item_name = fields.Char(required=True, readonly=True)
    category_number = fields.Integer(required=True, readonly=True)
    category_name = fields.Char(required=True, readonly=True)
    title = fields.Char(required=True, readonly=True)
    period_key = fields.Char(readonly=True)
    period_label = fields.Char(readonly=True)
    audience = fields.Char(required=True, readonly=True)
    open_web = fields.Char(
        required=True, readonly=True, help="What the open web gets: masked, totals or nothing."
    )
    time = fields.Datetime(required=True, readonly=True)
    display_until = fields.Date(
        readonly=True, help="Protected on display until this day; empty for standing items."
    )
    carried_over = fields.Boolean(readonly=True, help="Entered from paper of an earlier time.")
    corrects_id = fields.Many2one("yangguang.publication", readonly=True, ondelete="restrict")
    envelope = fields.Text(required=True, readonly=True, prefetch=False)
    position = fields.Integer(required=True, readonly=True)
    previous = fields.Char(required=True, readonly=True)
    link = fields.Char(required=True, readonly=True)
    event_ids = fields.One2many("yangguang.publication.event", "publication_id")
    page_ids = fields.One2many("yangguang.public.page", "publication_id")
    file_ids = fields.One2many("yangguang.public.file", "publication_id")
    state = fields.Selection(
        [
            ("published", "On display"),
            ("superseded", "Corrected by a later sheet"),
            ("withdrawn", "Taken down"),
        ],
        compute="_compute_state",
        search="_search_state",
    )

    _code_unique = models.Constraint("UNIQUE (code)", "This public code is taken.")
    _position_unique = models.Constraint(
        "UNIQUE (division_id, position)", "The chain of this division has this position already."
    )
    _division_idx = models.Index("(division_id, id DESC)")
    _division_item_idx = models.Index("(division_id, item_code, id DESC)")
    _category_idx = models.Index("(category_number, id DESC)")
    _corrects_idx = models.Index("(corrects_id) WHERE corrects_id IS NOT NULL")

    def init(self):
        protect(self.env.cr, self._table)
        guard_time(self.env.cr, self._table)

    @api.depends("event_ids.kind")
    def _compute_state(self):
        last = {}
        for event in self.env["yangguang.publication.event"].search_fetch(
            [
                ("publication_id", "in", self.ids),
                ("kind", "in", ("published", "superseded", "withdrawn")),
            ],
            ["publication_id", "kind"],
            order="id",
        ):
            last[event.publication_id.id] = event.kind
        for publication in self:
            publication.state = last.get(publication.id, "published")

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        ended = {
            kind: Domain("event_ids", "any", [("kind", "=", kind)])
            for kind in ("superseded", "withdrawn")
        }
        domains = []
        if "published" in value:
            domains.append(
                Domain("event_ids", "not any", [("kind", "in", ["superseded", "withdrawn"])])
            )
        if "superseded" in value:
            domains.append(ended["superseded"] & ~ended["withdrawn"])
        if "withdrawn" in value:
            domains.append(ended["withdrawn"])
        return Domain.OR(domains)

    @api.ondelete(at_uninstall=True)
    def _unlink_except_never(self):
        raise UserError(self.env._("What is published stays: take it down, or correct it."))

    @api.model
    def _append(self, envelope, values):
        """Adds a publication at the end of its division's chain.

        Takes `envelope` (what is sealed, a dictionary of strings) and the column `values`. Of two
        that publish in one village at the same time the second gets a serialization failure at
        the conditional UPDATE and is run again by the framework.
        """
        division = self.env["yangguang.division"].browse(values["division_id"])
        position, head = self.env["yangguang.chain"]._tip(division)
        sealed = canonical.canonical({**envelope, "position": str(position + 1), "previous": head})
        link = chain.link(head, position + 1, sealed)
        self.env.cr.execute(
            "UPDATE yangguang_chain SET position = position + 1, head = %s"
            " WHERE division_id = %s AND head = %s",
            [link, division.id, head],
        )
        return self.create(
            {
                **values,
                "envelope": sealed.decode(),
                "position": position + 1,
                "previous": head,
                "link": link,
            }
        )

    def _record_event(self, kind, time, person, **values):
        """Writes down what happened to these publications."""
        return self.env["yangguang.publication.event"].create(
            [
                {
                    "publication_id": publication.id,
                    "kind": kind,
                    "time": time,
                    "person_id": person.id,
                    **values,
                }
                for publication in self
            ]
        )

    @api.model
    @tools.ormcache()
    def _is_demo(self):
        """Whether this database is a demo, which every page says."""
        return is_stamped(self.env.cr)
