from odoo import models

_REVIEWS = {"review", "ratify"}


class Notice(models.Model):
    """Whoever has bound his office to the mini-program gets his notices there, too."""

    _inherit = "yangguang.notice"

    def _deliver(self):
        accounts = self.env["yangguang.wechat.account"].sudo()._of_persons(self.person_id)
        messages = self.env["yangguang.wechat.message"]
        for notice in self:
            for account in accounts.get(notice.person_id, ()):
                kind = "review" if notice.kind in _REVIEWS else "duty_due"
                messages._queue(
                    account, kind, notice._worded(), "desk/home/home", f"notice {notice.id}"
                )
        return super()._deliver()

    def _worded(self):
        """What the message says, in the language of its reader."""
        reader = self.with_context(lang=self.person_id.lang)
        kinds = dict(reader._fields["kind"]._description_selection(reader.env))
        about = reader._about()
        return {
            "title": about.display_name,
            "village": about.division_id.name,
            # the notice carries the day alone; nobody is woken by it before the morning
            "time": f"{self.date} 08:00",
            "text": kinds[self.kind],
        }
