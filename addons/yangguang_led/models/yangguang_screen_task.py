from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import sending
from ..lib.drivers.base import Status

# one round sends to so many screens before its results are written down
BATCH = 64
# a worker that has not come back after so long (minutes) has died; what it sent is sent again
LEASE = 15


class ScreenTask(models.Model):
    """The outbox: what a screen is to do and what it has done, one row for each kind of thing.

    `wanted` is what is right now, `reached` what the screen last took; where both are equal
    nothing is sent. The play row's is the digest of the show, so that sending it twice is the same
    as sending it once.
    """

    _name = "yangguang.screen.task"
    _description = "Task of a screen"
    _order = "screen_id, kind"
    _log_access = False

    screen_id = fields.Many2one(
        "yangguang.screen", required=True, readonly=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [
            (sending.PLAY, "Programme"),
            (sending.BRIGHTNESS, "Brightness"),
            (sending.POWER, "Light"),
            (sending.CLOCK, "Clock"),
            (sending.LOOK, "Look"),
        ],
        required=True,
        readonly=True,
    )
    wanted = fields.Char(required=True, readonly=True)
    reached = fields.Char(readonly=True)
    programme_id = fields.Many2one("yangguang.programme", readonly=True, ondelete="set null")
    until = fields.Datetime(readonly=True, help="When something else will be wanted.")
    name = fields.Char(readonly=True, help="What the device calls the show that it plays.")
    state = fields.Selection(
        [
            ("waiting", "To be sent"),
            ("sending", "Being sent"),
            ("confirmed", "Confirmed by the screen"),
            ("sent", "Sent, not confirmed"),
            ("failed", "Failed"),
        ],
        required=True,
        readonly=True,
        default="waiting",
    )
    tries = fields.Integer(readonly=True)
    due = fields.Datetime(required=True, readonly=True, default=lambda self: clock.now())
    reason = fields.Char(readonly=True)
    time = fields.Datetime(readonly=True, help="When the screen last answered this.")

    _kind_unique = models.Constraint(
        "UNIQUE (screen_id, kind)", "A screen has one task of each kind."
    )
    _due_idx = models.Index("(due) WHERE state IN ('waiting', 'sending')")

    @api.model
    def _want(self, screen, kind, wanted, **values):
        """Sets what is right for `screen`; a new wish starts with fresh tries."""
        task = self.search([("screen_id", "=", screen.id), ("kind", "=", kind)])
        if task and task.wanted == wanted:
            if values:
                task.write(values)
            return task
        changed = {
            **values,
            "wanted": wanted,
            "tries": 0,
            "due": clock.now(),
            "state": "waiting",
            "reason": False,
        }
        if task:
            if task.reached == wanted and kind != sending.LOOK:
                changed["state"] = "confirmed"
            task.write(changed)
            return task
        return self.create({"screen_id": screen.id, "kind": kind, **changed})

    def action_retry(self):
        """Sends at once what had to wait or was given up."""
        self.screen_id.check_access("write")
        self.sudo().filtered(lambda task: task.wanted != task.reached).write(
            {"state": "waiting", "tries": 0, "due": clock.now()}
        )
        self.env["yangguang.screen"]._arrange_soon()

    @api.model
    def _cron_send(self):
        """Sends what is due, in threads that see no database; results are kept batch by batch."""
        while batch := self._take():
            errands = batch._errands()
            self.env["ir.cron"]._commit_progress(0, remaining=1)
            for outcome in sending.run(errands):
                self.browse(outcome.key)._keep(outcome)
            if not self.env["ir.cron"]._commit_progress(len(batch), remaining=1):
                return
        self.env["ir.cron"]._commit_progress(0, remaining=0)

    def _take(self):
        """Tasks that are due, marked as being sent so that nobody else takes them."""
        now = clock.now()
        due = Domain("state", "in", ("waiting", "sending")) & Domain("due", "<=", now)
        batch = self.search(due, limit=BATCH, order="due, id").try_lock_for_update()
        batch.write({"state": "sending", "due": now + timedelta(minutes=LEASE)})
        return batch

    def _errands(self):
        errands = []
        for task in self:
            screen = task.screen_id
            common = {
                "key": task.id,
                "kind": task.kind,
                "driver": screen.driver,
                "address": screen.address,
                "options": screen._driver_options(),
            }
            errands.append(sending.Errand(**common, **task._wish()))
        return errands

    def _wish(self):
        """What is wanted, as the driver takes it."""
        if self.kind == sending.PLAY:
            return {"show": self.programme_id._show(), "last": self.reached or None}
        if self.kind == sending.BRIGHTNESS:
            return {"value": int(self.wanted)}
        if self.kind == sending.POWER:
            return {"value": self.wanted == "on"}
        if self.kind == sending.CLOCK:
            return {"value": clock.to_local(clock.now())}
        return {}

    def _keep(self, outcome):
        """Writes down what came of it; a failure that may pass is tried again later."""
        answer, now = outcome.answer, clock.now()
        if answer.ok:
            self.write(
                {
                    "state": answer.state,
                    "reached": self.wanted,
                    "name": outcome.name,
                    "tries": 0,
                    "reason": False,
                    "time": now,
                }
            )
        else:
            tries = self.tries + 1
            self.write(
                {
                    "state": "waiting" if answer.retryable else "failed",
                    "tries": tries,
                    "reason": answer.reason,
                    "due": now + timedelta(minutes=sending.wait_minutes(tries)),
                }
            )
        if answer.state == "confirmed":
            self.screen_id._contact()._heard(outcome.status or Status(), now)
            self._compare(outcome.status)

    def _compare(self, status):
        """A screen that says it plays something else than it was given gets it again."""
        play = self.screen_id.task_ids.filtered(lambda task: task.kind == sending.PLAY)
        if status and play.name and status.playing != play.name and play.reached == play.wanted:
            play.write({"reached": False, "state": "waiting", "due": clock.now()})
