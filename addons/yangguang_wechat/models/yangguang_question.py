from odoo import api, fields, models

from odoo.addons.yangguang_cunwu.lib import clock

_BY_PERSON = "人工看过"
# instead of the words of an accusation
_SILENT = "请进入小程序查看"
# what the asker is told of -> the state in a word, as messages carry it. Who has allowed one
# message waits for the answer: nothing on the way there uses it up.
_TOLD = {"answered": "已答复", "refused": "不受理"}


class Question(models.Model):
    """A question that came from the mini-program, and what WeChat says of its words and pictures.

    The machine never shows anything: a person does. What it holds back, or says nothing about for
    half an hour, is for that person to look at; what it refuses is not shown at all, and still
    answered. An accusation is shown to nobody, and so WeChat gets nothing of it either.
    """

    _inherit = "yangguang.question"

    wechat_account_id = fields.Many2one(
        "yangguang.wechat.account",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups=fields.NO_ACCESS,
    )

    @api.model
    def _ask_by_phone(self, account, values, verdict):
        """Takes in the question of `account`; `verdict` is what WeChat says of its words, None
        while it says nothing. `values` as for `_ask`; its `key` is the telephone's own."""
        key = self._phone_key(account, values["key"])
        question = self._ask({**values, "channel": "phone", "key": key})
        if question.wechat_account_id:
            # sent twice
            return question
        question.wechat_account_id = account
        account._has_asked()
        if not question.is_accusation:
            checks = self.env["yangguang.wechat.check"].sudo()
            for picture in question.picture_ids:
                question._machine_checked(picture, "waiting")
                checks._begin(question, picture)
            question._words_checked(verdict)
        return question

    @api.model
    def _phone_key(self, account, key):
        """A telephone's `key` as that of its account: nobody meets another one's question."""
        return f"{account.id}:{key}"

    @api.model
    def _phone_key_hash(self, account, key):
        return self._hash("key", self._phone_key(account, key))

    def _reopen_by_phone(self, text, verdict):
        """The asker asks again in the mini-program; `verdict` as above."""
        self._reopen(text)
        if not self.is_accusation:
            self._words_checked(verdict)

    def _words_checked(self, verdict):
        """Takes WeChat's `verdict` on the words; without one it is asked again for a while."""
        self.ensure_one()
        if verdict:
            self._take_verdict(self, verdict.state, str(verdict.label or ""))
        else:
            self._machine_checked(self, "waiting")
            self.env["yangguang.wechat.check"].sudo()._begin(self)

    def _take_verdict(self, target, state, detail=None):
        """Takes a machine's verdict on `target`, this question or one of its pictures. What a
        person has looked at and shown before is not held for a person once more."""
        looked_at = self[self._review_field()] == "shown"
        if state == "held" and looked_at:
            state, detail = "passed", _BY_PERSON
        self._machine_checked(target, state, detail)

    def action_show(self):
        """A person shows what he has looked at: what the machine has left to him is passed."""
        result = super().action_show()
        for question in self.sudo():
            for target in [question, *question._shown_pictures()]:
                if target.check_state == "held":
                    question._machine_checked(target, "passed", _BY_PERSON)
        return result

    def _asker_notice(self, kind):
        """The asker gets a message, if he has allowed one."""
        super()._asker_notice(kind)
        account = self.sudo().wechat_account_id
        if not account or kind not in _TOLD:
            return
        local = clock.to_local(clock.now())
        self.env["yangguang.wechat.message"].sudo()._queue(
            account,
            "answered",
            {
                "title": _SILENT if self.is_accusation else self.text,
                "village": self.division_id.name,
                "number": self.number,
                "time": f"{local:%Y-%m-%d %H:%M}",
                "text": _SILENT if self.is_accusation else self.answer or self.refusal_reason or "",
                "state": _TOLD[kind],
            },
            page=f"pages/question/question?code={self.code}",
            key=f"{self._message_key()}{self.last_event_id.id}",
        )

    def _erase_asker(self):
        """Who asked is forgotten: the account is one way to know it, what it was told another."""
        result = super()._erase_asker()
        for question in self.sudo().filtered("wechat_account_id"):
            question.env["yangguang.wechat.message"].search(
                [
                    ("account_id", "=", question.wechat_account_id.id),
                    ("key", "=like", f"{question._message_key()}%"),
                ]
            ).unlink()
            question.wechat_account_id = False
        return result

    def _message_key(self):
        """What the keys of all messages about this question begin with."""
        return f"question:{self.id}:"
