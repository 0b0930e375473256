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
        serves, which fetches it. A few statements for hundreds of screens."""
        now = clock.to_local(clock.now())
        screens = self.filtered(lambda one: one.driver != connections.WEB)
        lit = screens.filtered(lambda screen: screen._is_lit() or screen.test_page)
        wishes = [
            (screen, kind, wanted, {})
            for screen in screens
            for kind, wanted in screen._plain_wants(now, screen in lit).items()
        ]
        showing = lit.filtered(lambda screen: connections.shows_by_itself(screen.driver))
        self.env["yangguang.screen.task"]._want(wishes + showing._shows_wanted(now))

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

    def _shows_wanted(self, now):
        """The wishes for the shows of this moment, worked out anew only where they may be other
        ones."""
        tasks = self.env["yangguang.screen.task"].search(
            [("screen_id", "in", self.ids), ("kind", "=", sending.PLAY)]
        )
        settled = tasks.filtered(
            lambda task: (
                task.programme_id == task.screen_id.programme_id and task.until > clock.now()
            )
        )
        wanting = (self - settled.screen_id).filtered("programme_id")
        wanting.programme_id.fetch(["content"])
        return [screen._show_wanted(now) for screen in wanting]

    def _show_wanted(self, now):
        content = self.programme_id._content()
        until = min(
            [
                self._timetable().next_change(now, programme.boundaries(content)),
                *programme.turning_points(content, now),
            ]
        )
        return (
            self,
            sending.PLAY,
            programme.show_digest(content, now),
            {
                "programme_id": self.programme_id.id,
                "until": until.astimezone(UTC).replace(tzinfo=None),
            },
        )
