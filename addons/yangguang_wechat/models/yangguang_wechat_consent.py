from odoo import api, fields, models


class WechatConsent(models.Model):
    """What somebody has allowed us to send him: so many messages of a template, or any number of a
    long-term one. WeChat counts too; where it counts otherwise, it is right."""

    _name = "yangguang.wechat.consent"
    _description = "Consent to subscribe messages"
    _log_access = False
    _rec_name = "template_id"

    account_id = fields.Many2one(
        "yangguang.wechat.account", required=True, readonly=True, ondelete="cascade"
    )
    template_id = fields.Many2one(
        "yangguang.wechat.template", required=True, readonly=True, index=True, ondelete="cascade"
    )
    count = fields.Integer(required=True, readonly=True, default=0)
    is_long_term = fields.Boolean(readonly=True)

    _account_unique = models.Constraint(
        "UNIQUE (account_id, template_id)", "Somebody consents to a template once."
    )
    _count_is_left = models.Constraint("CHECK (count >= 0)", "No more is sent than was allowed.")

    @api.model
    def _given(self, account, template):
        """`account` has tapped "allow" for `template` once more."""
        self.env.cr.execute(
            """
            INSERT INTO yangguang_wechat_consent AS known
                        (account_id, template_id, count, is_long_term)
            VALUES (%(account)s, %(template)s, %(count)s, %(long)s)
                ON CONFLICT (account_id, template_id) DO UPDATE
               SET count = known.count + EXCLUDED.count, is_long_term = EXCLUDED.is_long_term
            """,
            {
                "account": account.id,
                "template": template.id,
                "count": 0 if template.is_long_term else 1,
                "long": bool(template.is_long_term),
            },
        )
        self.invalidate_model(["count", "is_long_term"])

    @api.model
    def _left(self, account, template):
        """The consent of `account` by which a message of `template` may go out, or empty."""
        consent = self._of(account, template)
        return consent.filtered(lambda one: one.is_long_term or one.count)

    @api.model
    def _of(self, account, template):
        return self.sudo().search(
            [("account_id", "=", account.id), ("template_id", "=", template.id)]
        )

    def _used(self):
        """A message has gone out."""
        for consent in self.sudo().filtered(lambda one: not one.is_long_term and one.count):
            consent.count -= 1

    @api.model
    def _told(self, account):
        """The templates of the mini-program and what `account` has allowed, as its owner is told:
        [{"kind", "template_id", "is_long_term", "left"}], `left` None for any number."""
        setting = self.env["yangguang.wechat.setting"]._current()
        consents = self.sudo().search([("account_id", "=", account.id)])
        given = {consent.template_id: consent for consent in consents}
        return [
            {
                "kind": template.kind,
                "template_id": template.template_id,
                "is_long_term": template.is_long_term,
                "left": _left_of(template, given.get(template)),
            }
            for template in setting.template_ids
            if template.kind and not template.is_gone
        ]


def _left_of(template, consent):
    if not consent:
        return 0
    return None if template.is_long_term else consent.count
