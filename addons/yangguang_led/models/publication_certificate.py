import base64
from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.yangguang_cunwu.lib import clock, codes

from ..lib import certificate, display, drawing, programme


class Publication(models.Model):
    """The certificate of a publication's display."""

    _inherit = "yangguang.publication"

    display_screen_ids = fields.Many2many(
        "yangguang.screen",
        compute="_compute_display_screen_ids",
        string="Shown on",
        groups="yangguang_cunwu.group_staff",
    )

    @api.depends("display_day_ids.seconds")
    def _compute_display_screen_ids(self):
        groups = self.env["yangguang.display.proof"]._read_group(
            [("publication_id", "in", self.ids)], ["publication_id"], ["screen_id:recordset"]
        )
        screens = dict(groups)
        for publication in self:
            publication.display_screen_ids = screens.get(publication)

    def action_certificate(self):
        """Opens the certificate over all screens."""
        self.ensure_one()
        return self._certificate_action()

    def _certificate_action(self, screen=None):
        part = f"-{screen.code}" if screen else ""
        return {
            "type": "ir.actions.act_url",
            "url": f"/led/certificates/{self.code}{part}.pdf",
            "target": "new",
        }

    def _certified_screens(self):
        """The screens of its village, and those of former times that have shown it."""
        self.ensure_one()
        own = [("division_id", "=", self.division_id.id)]
        return self.env["yangguang.screen"].search(own) | self.display_screen_ids

    def _certificate(self, screens):
        """The certificate (PDF) of what is known of this publication on `screens`.

        It is made of what the current user may read.
        """
        self.ensure_one()
        return certificate.draw(self._facts(screens))

    def _facts(self, screens):
        """What a certificate says (`lib.certificate.Facts`), from the rows of proofs."""
        rows = self.env["yangguang.display.proof"].search(
            [("publication_id", "=", self.id), ("screen_id", "in", screens.ids)]
        )
        days = self.env["yangguang.display.day"]
        begun, until = clock.to_local(self.time), self._shown_until()
        yesterday = clock.today() - timedelta(days=1)
        picture, words = self._last_picture(screens)
        parameters = self.env["ir.config_parameter"].sudo()
        return certificate.Facts(
            title=f"{self.title}（{self.period_label}）" if self.period_label else self.title,
            item=f"{self.category_name} {self.item_code} {self.item_name}",
            period=self.period_label or "",
            division=f"{self.town_name or ''}{self.division_name}（{self.division_code}）",
            code=codes.grouped(self.code),
            published=f"{begun:%Y-%m-%d %H:%M:%S}",
            protected=f"{begun:%Y-%m-%d} 至 {until}" if until else "长期",
            digest=self._page().digest or "",
            asked=self.days_asked or None,
            screens=[screen._certified_words() for screen in screens],
            days=days._days_of(rows),
            first=begun.date() + timedelta(days=1),
            last=min(until, yesterday) if until else yesterday,
            opening=sorted({hour for screen in screens for hour in screen._promise().hours}),
            rule=display.rule(days._percent(), screens.mapped("times")),
            picture=picture,
            picture_words=words,
            verify_url=f"{parameters.get_param('web.base.url', '')}/verify/{self.code}",
            drawn_at=f"{clock.to_local(clock.now()):%Y-%m-%d %H:%M}",
        )

    def _last_picture(self, screens):
        """The newest picture that a screen has sent of it, else the page as it was drawn; and
        which of both it is."""
        shot = self.env["yangguang.screen.shot"].search(
            [("publication_id", "=", self.id), ("screen_id", "in", screens.ids)], limit=1
        )
        if shot:
            taken = clock.to_local(shot.time)
            return shot._bytes(), f"{shot.screen_id.name} {taken:%Y-%m-%d %H:%M} 传回的画面"
        for screen in screens:
            for entry in screen._entries_now():
                if entry["publication"] == self.code:
                    page = self.env["yangguang.picture"].sudo()
                    page = page.search([("digest", "=", entry["pages"][0]["digest"])])
                    return drawing.preview(
                        page._bytes()
                    ), "应显示的第一页（由本系统画出，不是屏上的照片）"
        return None, "没有画面：屏没有传回过，这份公开现在也不在节目里。"


class Screen(models.Model):
    _inherit = "yangguang.screen"

    def action_certificate(self):
        """Opens the certificate of one publication on this screen."""
        self.ensure_one()
        publication = self.env["yangguang.publication"].browse(self.env.context["publication_id"])
        publication.check_access("read")
        return publication._certificate_action(self)

    def _certified_words(self):
        """Which screen it is, and when it is to be lit, in a line."""
        timetable = self._timetable()
        opens, closes = map(programme.clock_time, (timetable.opens, timetable.closes))
        place = f"，{self.place}" if self.place else ""
        return (
            f"{self.name}（{self.code}{place}，{self.width}×{self.height} px，"
            f"现在每天 {opens}—{closes} 亮屏）"
        )

    def _entries_now(self):
        """All that its present programme may show."""
        return self.programme_id._content()["entries"].values() if self.programme_id else ()


class ScreenShot(models.Model):
    _inherit = "yangguang.screen.shot"

    def _bytes(self):
        """The picture itself."""
        self.ensure_one()
        return base64.b64decode(self.with_context(bin_size=False).picture)
