from datetime import UTC

from odoo import api, models

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import connections, programme, sending

# how often a card is asked how it is (minutes)
LOOK_EVERY = 10


class Screen(models.Model):
    """What each screen is to do now: its programme, brightness and light by its table, its clock
    once a day, and a look at it every few minutes."""

    _inherit = "yangguang.screen"

    @api.model
    def _arrange_soon(self):
        """Has the scheduled action run as soon as this transaction is done."""
        number = self.env["ir.model.data"]._xmlid_to_res_id("yangguang_led.ir_cron_arrange")
        self.env["ir.cron"].browse(number)._trigger()

    def _want_now(self):
        """Puts what is right at this moment into the outbox; nothing for screens that a player
        serves, which fetches it."""
        now = clock.to_local(clock.now())
        for screen in self.filtered(lambda one: one.driver != connections.WEB):
            lit = screen._is_lit() or bool(screen.test_page)
            wants = screen._plain_wants(now, lit)
            tasks = self.env["yangguang.screen.task"]
            for kind, wanted in wants.items():
                tasks._want(screen, kind, wanted)
            if lit and connections.shows_by_itself(screen.driver):
                screen._want_show(now)

    def _plain_wants(self, now, lit):
        """What is wanted besides the programme, `{kind: wanted}`."""
        wants = {
            sending.POWER: "on" if lit else "off",
            sending.CLOCK: now.date().isoformat(),
        }
        if lit:
            slot = now.hour * 60 + now.minute
            wants[sending.LOOK] = f"{now.date()} {slot // LOOK_EVERY}"
            percent = self._timetable().percent(now)
            if percent is not None:
                wants[sending.BRIGHTNESS] = str(percent)
        return wants

    def _want_show(self, now):
        """The show of this moment, worked out anew only when it may be another one."""
        tasks = self.env["yangguang.screen.task"]
        task = tasks.search([("screen_id", "=", self.id), ("kind", "=", sending.PLAY)])
        current = self.programme_id
        if not current or (task.programme_id == current and task.until > clock.now()):
            return
        content = current._content()
        until = min(
            [
                self._timetable().next_change(now, programme.boundaries(content)),
                *programme.turning_points(content, now),
            ]
        )
        tasks._want(
            self,
            sending.PLAY,
            programme.show_digest(content, now),
            programme_id=current.id,
            until=until.astimezone(UTC).replace(tzinfo=None),
        )
