from datetime import timedelta
from functools import cache

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import exchange, sending
from ..lib.drivers.base import Status

# so many are taken at a time
BATCH = 64
# a worker that has not come back after so long (minutes) has died; what it sent is sent again
LEASE = 15
# so often an outcome is written again when others change the same tasks
TURNS = 5


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
    turn = fields.Integer(readonly=True, help="How often it has been taken to be sent.")
    tries = fields.Integer(required=True, readonly=True, default=0)
    due = fields.Datetime(required=True, readonly=True, default=lambda self: clock.now())
    reason = fields.Char(readonly=True)
    time = fields.Datetime(readonly=True, help="When the screen last answered this.")

    _kind_unique = models.Constraint(
        "UNIQUE (screen_id, kind)", "A screen has one task of each kind."
    )
    _due_idx = models.Index("(due) WHERE state IN ('waiting', 'sending')")

    @api.model
    def _want(self, wishes):
        """Sets what is right for screens: (screen, kind, wanted, other values) each.

        A new wish starts with fresh tries. What is being sent at the moment is left to whoever
        sends it, so that nobody else speaks to the same screen; the new wish is sent afterwards.
        """
        screens = self.env["yangguang.screen"].union(*(wish[0] for wish in wishes))
        known = {
            (task.screen_id, task.kind): task
            for task in self.search([("screen_id", "in", screens.ids)])
        }
        new = []
        for screen, kind, wanted, values in wishes:
            task = known.get((screen, kind))
            if not task:
                new.append({"screen_id": screen.id, "kind": kind, "wanted": wanted, **values})
            elif task.wanted != wanted:
                task.write({**values, **task._wished(wanted)})
            elif values:
                task.write(values)
        self.create(new)

    def _wished(self, wanted):
        """What changes with a wish."""
        fresh = {"wanted": wanted, "tries": 0, "reason": False}
        if self.state == "sending":
            return fresh
        there = self.reached == wanted and self.kind != sending.LOOK
        return {**fresh, "state": "confirmed" if there else "waiting", "due": clock.now()}

    def action_retry(self):
        """Sends at once what had to wait or was given up."""
        self.screen_id.check_access("write")
        self.sudo().filtered(
            lambda task: task.wanted != task.reached and task.state != "sending"
        ).write({"state": "waiting", "tries": 0, "due": clock.now()})
        self.env["yangguang.screen"]._arrange_soon()

    @api.model
    def _cron_send(self):
        """Sends what is due, in threads that see no database; outcomes are kept as they come."""
        cron = self.env["ir.cron"]
        for outcomes in sending.stream(self._next_errands):
            self._keep_committed(outcomes)
        cron._commit_progress(0, remaining=self.search_count(self._domain_of_due(), limit=1))

    def _next_errands(self):
        """What is to be done next; nothing when the scheduled action has had its time."""
        cron = self.env["ir.cron"]
        if not cron._commit_progress(0, remaining=1):
            return []
        errands = self._take()._errands()
        # no transaction waits for a screen
        cron._commit_progress(0, remaining=1)
        return errands

    def _domain_of_due(self):
        """What is due of the screens that the server itself reaches, or that nobody came back
        with."""
        due = Domain("state", "in", ("waiting", "sending")) & Domain("due", "<=", clock.now())
        return due & Domain("screen_id.agent_id", "=", False)

    def _domain_of_due_at(self, agent):
        """What an agent is to do, and what it has not come back with though it asks for more."""
        due = Domain("state", "=", "waiting") & Domain("due", "<=", clock.now())
        return (due | Domain("state", "=", "sending")) & Domain("screen_id.agent_id", "=", agent.id)

    def _take(self, agent=None):
        """Tasks that are due, marked as being sent so that nobody else takes them. Screens that
        did not answer the last time come last: they keep those waiting that do. The tasks of one
        screen come together, so that a dead one is waited for once."""
        due = self._domain_of_due_at(agent) if agent else self._domain_of_due()
        batch = self.search(
            due, limit=BATCH, order="tries, due, screen_id.id, id"
        ).try_lock_for_update()
        lease = clock.now() + timedelta(minutes=LEASE)
        for task in batch:
            task.write({"state": "sending", "due": lease, "turn": task.turn + 1})
        return batch

    def _errands(self):
        """What is to be done, as threads take it."""
        now = clock.to_local(clock.now())
        record_of = self.env["yangguang.programme"]._record_of
        # what many screens show is read once
        read = cache(lambda digest: record_of(digest)._bytes())
        return [
            exchange.errand(plain, now, lambda page: read(page["digest"]))
            for plain in self._plain_errands()
        ]

    def _plain_errands(self):
        """What is to be done, as JSON carries it, the pictures by their digests."""
        return [task._plain_errand() for task in self]

    def _plain_errand(self):
        outline = None
        if self.kind == sending.PLAY:
            outline = self.programme_id._outline()
            # the programme may have moved on since it was looked at
            self.wanted = outline["digest"]
        screen = self.screen_id
        return {
            "key": self.id,
            "turn": self.turn,
            "kind": self.kind,
            "driver": screen.driver,
            "address": screen.address,
            "options": screen._driver_options(),
            "wanted": self.wanted,
            "last": self.reached or None,
            "outline": outline,
        }

    @api.model
    def _keep_committed(self, outcomes):
        """Writes down what came of errands, again when somebody changed the same tasks meanwhile:
        what a screen has done cannot be asked for a second time."""
        for turn in range(TURNS):
            try:
                self._keep(outcomes)
                self.env["ir.cron"]._commit_progress(len(outcomes), remaining=1)
                return
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                self.env.cr.rollback()
                if turn == TURNS - 1:
                    raise

    @api.model
    def _keep(self, outcomes):
        """Writes down what came of errands, and gives (task, outcome) for those that count: once,
        and only for the last one who took the task; a task may be gone together with its screen."""
        tasks = {task.id: task for task in self.browse([one.key for one in outcomes]).exists()}
        kept = []
        for outcome in outcomes:
            task = tasks.get(outcome.key)
            if task and task.state == "sending" and task.turn == outcome.turn:
                task._keep_one(outcome)
                kept.append((task, outcome))
        return kept

    def _keep_one(self, outcome):
        """What the screen took it has, even if something else is wanted by now; a failure that may
        pass is tried again later."""
        answer, now = outcome.answer, clock.now()
        kept = {}
        if answer.ok:
            kept = {"reached": outcome.wanted, "name": outcome.name, "time": now}
        if outcome.wanted != self.wanted:
            kept |= {"state": "waiting", "due": now}
        elif answer.ok:
            kept |= {"state": answer.state, "tries": 0, "reason": False}
        else:
            tries = self.tries + 1
            kept |= {
                "state": "waiting" if answer.retryable else "failed",
                "tries": tries,
                "reason": answer.reason,
                "due": now + timedelta(minutes=sending.wait_minutes(tries)),
            }
        self.write(kept)
        if answer.state == "confirmed":
            self.screen_id._contact()._heard(outcome.status or Status(), now)
            self._compare(outcome.status)

    def _compare(self, status):
        """A screen that says it plays something else than it was given gets it again."""
        play = self.screen_id.task_ids.filtered(
            lambda task: task.kind == sending.PLAY and task.state != "sending"
        )
        if status and play.name and status.playing != play.name and play.reached == play.wanted:
            play.write({"reached": False, "state": "waiting", "due": clock.now()})
