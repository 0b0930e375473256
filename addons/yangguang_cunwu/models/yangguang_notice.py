from markupsafe import Markup

from odoo import api, fields, models

from ..lib import clock

KINDS = [
    ("review", "A sheet waits for your review"),
    ("returned", "The committee returned a sheet"),
    ("to_sign", "A sheet waits for your signature"),
    ("to_publish", "A sheet may be published"),
    ("declined", "The secretary returned a sheet"),
    ("published", "A sheet was published"),
    ("ratify", "A sheet published first waits for your review"),
    ("objected", "The committee objects to a published sheet"),
    ("queried", "The town asks about a filed sheet"),
    ("exemption_asked", "You are asked to permit that personal data is shown"),
    ("exemption_granted", "Personal data may be shown"),
    ("exemption_refused", "Personal data must not be shown"),
    ("withdrawn", "A sheet was taken down: confirm it within a day"),
    ("asked", "A villager asks: receive the question within a working day"),
    ("accused", "An accusation has come in, for the town alone"),
    ("delayed", "A question still waits to be received"),
    ("overdue", "A question was not answered in time"),
    ("disputed", "A villager says that the answer is no solution"),
    ("reopened", "A villager asks again"),
]


class Notice(models.Model):
    """Tells a person that it is his turn. Written in the transaction of the step, delivered later
    by a job. It carries the day alone, like the committee's events."""

    _name = "yangguang.notice"
    _description = "Notice"
    _order = "id desc"
    _log_access = False

    person_id = fields.Many2one("res.partner", required=True, readonly=True, ondelete="restrict")
    disclosure_id = fields.Many2one(
        "yangguang.disclosure", string="Sheet", readonly=True, ondelete="cascade"
    )
    question_id = fields.Many2one("yangguang.question", readonly=True, ondelete="cascade")
    subject = fields.Char("About", compute="_compute_subject", compute_sudo=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    date = fields.Date(required=True, readonly=True)
    seen = fields.Boolean(readonly=True)
    delivered = fields.Boolean(readonly=True)

    _person_idx = models.Index("(person_id, id DESC)")
    _undelivered_idx = models.Index("(id) WHERE delivered IS NOT TRUE")

    _one_subject = models.Constraint(
        "CHECK ((disclosure_id IS NULL) != (question_id IS NULL))",
        "A notice is about a sheet or about a question.",
    )

    @api.depends("disclosure_id", "question_id")
    def _compute_subject(self):
        """The name of what one was told of, also when one may no longer read it: a question that
        was passed on to the town must not take all other notices along."""
        for notice in self:
            notice.subject = notice._about().display_name

    def _about(self):
        """The sheet or the question that the notice is about."""
        return self.disclosure_id or self.question_id

    @api.model
    def _tell(self, persons, about, kind):
        """Leaves a notice of `kind` about a sheet or a question for each of `persons`."""
        name = "question_id" if about._name == "yangguang.question" else "disclosure_id"
        self.sudo().create(
            [
                {
                    "person_id": person.id,
                    name: about.id,
                    "kind": kind,
                    "date": clock.today(),
                }
                for person in persons
            ]
        )

    def action_open(self):
        """Opens the sheet or the question and marks the notice as seen."""
        self.ensure_one()
        self.check_access("read")
        self.sudo().seen = True
        return {
            "type": "ir.actions.act_window",
            "res_model": self._about()._name,
            "res_id": self._about().id,
            "view_mode": "form",
        }

    @api.model
    def _cron_deliver(self):
        """Sends what is not delivered yet by e-mail to those who have an address."""
        domain = [("delivered", "=", False)]
        left = self.sudo().search_count(domain)
        while left:
            batch = self.sudo().search(domain, limit=100, order="id").try_lock_for_update()
            if not batch:
                return
            batch._deliver()
            left = self.sudo().search_count(domain)
            if not self.env["ir.cron"]._commit_progress(len(batch), remaining=left):
                return

    def _deliver(self):
        mails = []
        for notice in self.filtered("person_id.email"):
            reader = notice.with_context(lang=notice.person_id.lang)
            kinds = dict(reader._fields["kind"]._description_selection(reader.env))
            mails.append(
                {
                    "email_to": notice.person_id.email_formatted,
                    "subject": f"{kinds[notice.kind]}: {reader.subject}",
                    "body_html": Markup("<p>%s</p>") % kinds[notice.kind],
                    "auto_delete": True,
                }
            )
        self.env["mail.mail"].create(mails)
        self.delivered = True
