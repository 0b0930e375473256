from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.yangguang_cunwu.lib import clock


class WechatAnnouncement(models.Model):
    """A publication of which villagers who want to know are still to be told. Written in the
    transaction that publishes; who is to be told is looked up later."""

    _name = "yangguang.wechat.announcement"
    _description = "Publication to be announced"
    _log_access = False
    _rec_name = "publication_id"

    publication_id = fields.Many2one(
        "yangguang.publication", required=True, readonly=True, ondelete="cascade"
    )

    _publication_unique = models.Constraint(
        "UNIQUE (publication_id)", "A publication is announced once."
    )

    @api.model
    def _cron_announce(self):
        """Queues what villagers are told of publications, and officials of duties."""
        self._remind()
        jobs = self.env["ir.cron"]
        while waiting := self.search([], order="id", limit=1):
            waiting._announce()
            left = self.search_count([], limit=1)
            if not jobs._commit_progress(1, remaining=left):
                return

    def _announce(self):
        publication = self.publication_id
        if publication.state == "published":
            moment = clock.to_local(publication.time)
            values = {
                "title": publication.title,
                "village": publication.division_name,
                "time": f"{moment:%Y-%m-%d %H:%M}",
                "text": publication.item_name,
                "number": publication.code,
            }
            messages = self.env["yangguang.wechat.message"]
            page = f"pages/item/item?code={publication.code}"
            for account in self._wanting("published", division_id=publication.division_id.id):
                messages._queue(account, "published", values, page, f"published {publication.id}")
        self.unlink()

    @api.model
    def _wanting(self, kind, **of):
        """The accounts that may be sent a message of `kind`."""
        setting = self.env["yangguang.wechat.setting"]._current()
        template = self.env["yangguang.wechat.template"]._for(setting, kind)
        consents = self.env["yangguang.wechat.consent"].sudo()
        domain = [("template_id", "=", template.id)]
        domain += [(f"account_id.{name}", "=", value) for name, value in of.items()]
        return consents.search(
            [*domain, "|", ("is_long_term", "=", True), ("count", ">", 0)]
        ).mapped("account_id")

    @api.model
    def _remind(self):
        """Tells clerks what is due tomorrow, and what has become overdue; once a day at most."""
        today = clock.today()
        for kind, due in (
            ("duty_due", today + timedelta(days=1)),
            ("overdue", today - timedelta(days=1)),
        ):
            for account in self._wanting(kind).filtered("user_id.active"):
                duties = self.env["yangguang.duty"].search(
                    [
                        ("division_id", "in", account.user_id.draft_division_ids.ids),
                        ("published_on", "=", False),
                        ("due", "=", due),
                    ]
                )
                if duties:
                    self._remind_of(account, kind, duties)

    @api.model
    def _remind_of(self, account, kind, duties):
        first = duties[0]
        title = first.item_id.name
        if len(duties) > 1:
            title = f"{title[:12]}等{len(duties)}项"
        self.env["yangguang.wechat.message"]._queue(
            account,
            kind,
            {
                "title": title,
                "village": first.division_id.name,
                "time": f"{first.due} 23:59",
                "text": title,
                "number": str(len(duties)),
            },
            "desk/home/home",
            f"{kind} {first.due}",
        )


class Disclosure(models.Model):
    _inherit = "yangguang.disclosure"

    def _after_publish(self, publication):
        told = publication.open_web != "nothing" and not publication.carried_over
        if told and self.env["yangguang.wechat.setting"]._current():
            self.env["yangguang.wechat.announcement"].sudo().create(
                {"publication_id": publication.id}
            )
            self.env.ref("yangguang_wechat.ir_cron_announce").sudo()._trigger()
        return super()._after_publish(publication)
