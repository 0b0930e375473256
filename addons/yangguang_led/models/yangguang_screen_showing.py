from datetime import UTC, timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import programme, sending, showing

# one commit of the hourly job
BATCH = 100
# how long it can be looked up when a card said what it plays (days)
KEPT = 14


class ScreenShowing(models.Model):
    """A stretch of time in which a card said again and again that it plays the same show. What it
    is shorter by than the programme was, the screen was dark, for all anybody knows."""

    _name = "yangguang.screen.showing"
    _description = "Show as confirmed by a screen"
    _order = "id desc"
    _log_access = False
    _rec_name = "begins"

    screen_id = fields.Many2one(
        "yangguang.screen", required=True, readonly=True, ondelete="cascade"
    )
    grade = fields.Selection(
        [("device", "Confirmed"), ("sent", "Sent, not confirmed")], required=True, readonly=True
    )
    digest = fields.Char(required=True, readonly=True, help="Digest of the show.")
    begins = fields.Datetime(required=True, readonly=True)
    ends = fields.Datetime(required=True, readonly=True)
    counted = fields.Datetime(required=True, readonly=True, help="What is later is not counted.")
    due = fields.Boolean(readonly=True, help="There is something to count.")
    lap = fields.Integer(required=True, readonly=True, help="1/100 s")
    shares = fields.Json(
        required=True, readonly=True, help="Publication, time (1/100 s) and turns in one lap."
    )

    _screen_idx = models.Index("(screen_id, id DESC)")
    _due_idx = models.Index("(id) WHERE due")

    @api.model
    def _seen(self, grades):
        """Screens have just said (grade device), or could not say (sent), that they play what they
        were given: a grade for each of their tasks to play."""
        now = clock.now()
        # as one recordset, so that what belongs to them is read once for all
        plays = self.env["yangguang.screen.task"].union(*grades)
        screens = Domain("screen_id", "in", plays.screen_id.ids)
        newest = self._read_group(screens, ["screen_id"], ["id:max"])
        last_of = {one.screen_id: one for one in self.browse([number for _of, number in newest])}
        begin = []
        for play in plays:
            if not play.screen_id._is_lit():
                continue
            grade = grades[play]
            last = last_of.get(play.screen_id, self.browse())
            if (last.digest, last.grade) == (play.reached, grade) and showing.continues(
                clock.to_local(last.ends), clock.to_local(now)
            ):
                last.write({"ends": now, "due": True})
            elif play.reached == play.wanted and play.programme_id:
                begin.append((play, grade))
        self._begin(begin, now)

    def _begin(self, plays, now):
        local, stretches = clock.to_local(now), []
        for play, grade in plays:
            content = play.programme_id._content()
            # between two shows nobody can tell which one it was
            if programme.show_digest(content, local) != play.reached:
                continue
            lap, parts = showing.shares(programme.due(content, local))
            if parts:
                stretches.append((play, grade, lap, parts))
        codes = {code for *_rest, parts in stretches for code in parts}
        found = self.env["yangguang.publication"].search([("code", "in", list(codes))])
        self.create(
            [
                {
                    "screen_id": play.screen_id.id,
                    "grade": grade,
                    "digest": play.reached,
                    "begins": now,
                    "ends": now,
                    "counted": now,
                    "due": True,
                    "lap": lap,
                    "shares": [[one.id, *parts[one.code]] for one in found if one.code in parts],
                }
                for play, grade, lap, parts in stretches
            ]
        )

    @api.model
    def _cron_count(self):
        """Counts what is not counted yet, however long ago it was; gives whether that was all."""
        due = [("due", "=", True)]
        while batch := self.search(due, limit=BATCH, order="id").try_lock_for_update():
            batch._count()
            if not self.env["ir.cron"]._commit_progress(len(batch), remaining=1):
                return False
        return True

    def _count(self):
        """Counts each stretch on from where it was counted to: twice is once."""
        for grade in ("device", "sent"):
            some = self.filtered(lambda one, grade=grade: one.grade == grade)
            self.env["yangguang.display.proof"]._count(grade, some._portions())
        for stretch in self:
            stretch.write({"counted": stretch.ends, "due": False})

    def _portions(self):
        for stretch in self:
            begins, counted, ends = (
                clock.to_local(moment) for moment in (stretch.begins, stretch.counted, stretch.ends)
            )
            for publication, moment, seconds, plays in showing.portions(
                stretch.lap, stretch.shares, begins, counted, ends
            ):
                # of what was only sent there is a row even where no time can be told
                if seconds or plays or stretch.grade == "sent":
                    yield stretch.screen_id.id, publication, moment.astimezone(UTC), seconds, plays

    @api.autovacuum
    def _drop_old(self):
        """Removes what was counted KEPT days ago."""
        kept_from = clock.now() - timedelta(days=KEPT)
        self.search([("due", "=", False), ("ends", "<", kept_from)]).unlink()


class ScreenTask(models.Model):
    _inherit = "yangguang.screen.task"

    @api.model
    def _keep(self, outcomes):
        """What a screen answers also tells what it has been showing."""
        kept, grades = super()._keep(outcomes), {}
        for task, outcome in kept:
            play = task.screen_id.task_ids.filtered(lambda one: one.kind == sending.PLAY)
            grade = task._tells(play, outcome) if play.reached and outcome.answer.ok else None
            # what it said outweighs what it was only sent
            if grade == "device" or (grade and play not in grades):
                grades[play] = grade
        self.env["yangguang.screen.showing"]._seen(grades)
        return kept

    def _tells(self, play, outcome):
        """The grade with which this outcome tells that the screen shows what `play` gave it."""
        if self == play:
            return "device" if outcome.answer.state == "confirmed" else "sent"
        status = outcome.status
        plays_it = status and play.name and status.playing == play.name
        # not every card says whether it is lit
        return "device" if plays_it and status.powered is not False else None
