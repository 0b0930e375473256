import json
from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import quiet
from .yangguang_wechat_template import KINDS, VALUES

# what was not sent within this is of no use any more
TOO_OLD = timedelta(days=7)
# what was told is kept for so long, for the list in the mini-program
KEPT = timedelta(days=180)
_LONGEST = {"title": 200, "text": 500}
_NAMES = frozenset(name for name, _label in VALUES)


class WechatMessage(models.Model):
    """The outbox: what somebody is to be told, once for each key.

    A message is marked as being sent, and that is committed, before WeChat hears of it. So a
    server that dies, or a transaction that is run again, sends nothing twice: what was being sent
    and has no outcome is `unsure` and stays so.
    """

    _name = "yangguang.wechat.message"
    _description = "Subscribe message"
    _order = "id desc"
    _log_access = False
    _rec_name = "title"

    account_id = fields.Many2one(
        "yangguang.wechat.account", required=True, readonly=True, ondelete="cascade"
    )
    key = fields.Char(required=True, readonly=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    title = fields.Char(readonly=True)
    text = fields.Char(readonly=True)
    content = fields.Text(required=True, readonly=True, help="The values as JSON.")
    page = fields.Char(readonly=True)
    state = fields.Selection(
        [
            ("waiting", "To be sent"),
            ("sending", "Being sent"),
            ("sent", "Sent"),
            ("unsure", "Sent perhaps"),
            ("unsubscribed", "Not allowed by the user"),
            ("failed", "Failed"),
        ],
        required=True,
        readonly=True,
        default="waiting",
    )
    time = fields.Datetime(required=True, readonly=True, default=lambda self: clock.now())
    due = fields.Datetime(required=True, readonly=True)
    tries = fields.Integer(required=True, readonly=True, default=0)
    reason = fields.Char(readonly=True)
    number = fields.Char(readonly=True, help="By which WeChat speaks of it later.")

    _key_unique = models.Constraint(
        "UNIQUE (account_id, key)", "Somebody is told the same thing once."
    )
    _one_at_a_time = models.UniqueIndex(
        "(account_id) WHERE state = 'sending'", "One message at a time goes to a user."
    )
    _due_idx = models.Index("(due, id) WHERE state IN ('waiting', 'sending')")
    _number_idx = models.Index("(number) WHERE number IS NOT NULL")

    @api.model
    def _queue(self, account, kind, values, page="", key=""):
        """Lets `account` be told: `values` by the names of VALUES, times as "2026-03-31 09:00" in
        Shanghai; `page` of the mini-program; `key` names the occasion, about which somebody is
        told once. Gives the message, also the one there is already.

        Nothing is sent here: this may be called in any transaction.
        """
        unknown = values.keys() - _NAMES
        if unknown or not key:
            raise ValueError(f"no value of a message: {unknown}" if unknown else "no key")
        if account.is_closed:
            return self.sudo()
        now = clock.now()
        self.env.cr.execute(
            """
            INSERT INTO yangguang_wechat_message
                   (account_id, key, kind, title, text, content, page, state, time, due, tries)
            VALUES (%(account)s, %(key)s, %(kind)s, %(title)s, %(text)s, %(content)s, %(page)s,
                    'waiting', %(now)s, %(due)s, 0)
                ON CONFLICT (account_id, key) DO NOTHING
            """,
            {
                "account": account.id,
                "key": key,
                "kind": kind,
                "content": json.dumps(values, ensure_ascii=False, sort_keys=True),
                "page": page,
                "now": now,
                "due": quiet.next_moment(now),
                **{name: (values.get(name) or "")[:most] for name, most in _LONGEST.items()},
            },
        )
        if self.env.cr.rowcount:
            self._send_soon(quiet.next_moment(now))
        return self.sudo().search([("account_id", "=", account.id), ("key", "=", key)])

    @api.model
    def _send_soon(self, moment):
        """Lets the job run at `moment`; once for all messages of a transaction."""
        asked = self.env.cr.precommit.data.setdefault("yangguang.wechat.message", set())
        if moment not in asked:
            asked.add(moment)
            self.env.ref("yangguang_wechat.ir_cron_send").sudo()._trigger(moment)

    @api.model
    def _told(self, account, before=None, limit=50):
        """What `account` was told or would have been told, the newest first; `before`: the id to
        go on from."""
        domain = [("account_id", "=", account.id)]
        if before:
            domain.append(("id", "<", before))
        return self.sudo().search(domain, limit=limit)

    @api.autovacuum
    def _drop_old(self):
        """What was told long ago is forgotten."""
        self.sudo().search([("time", "<", clock.now() - KEPT)]).unlink()
