import logging
from datetime import timedelta

from werkzeug.urls import url_encode

from odoo import api, fields, models
from odoo.tools.misc import consteq, hmac

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import errors

# after so long a person looks, whatever WeChat may say later
PATIENCE = timedelta(minutes=30)
# how long the address of a picture is good
_ADDRESS = timedelta(minutes=35)
# until WeChat is asked again that did not answer
_PAUSE = timedelta(minutes=1)

_logger = logging.getLogger(__name__)


class WechatCheck(models.Model):
    """Words or a picture that WeChat has still to say something about.

    WeChat fetches a picture by its address, so it is asked after the question is stored, by a job;
    its verdict comes as a pushed event, known by its trace. Words are here only when WeChat did
    not answer while they were sent.
    """

    _name = "yangguang.wechat.check"
    _description = "Content that WeChat checks"
    _log_access = False
    _rec_name = "time"

    question_id = fields.Many2one(
        "yangguang.question", required=True, readonly=True, index=True, ondelete="cascade"
    )
    picture_id = fields.Many2one(
        "yangguang.question.picture", readonly=True, ondelete="cascade", help="Empty for the words."
    )
    time = fields.Datetime(required=True, readonly=True, index=True)
    asked = fields.Datetime(readonly=True)
    trace = fields.Char(readonly=True)

    _trace_unique = models.Constraint("UNIQUE (trace)", "A trace is of one check.")

    @api.model
    def _begin(self, question, picture=None):
        """Lets the job ask about `picture`, or about the words of `question`, and look again when
        it has waited too long."""
        self.create(
            {
                "question_id": question.id,
                "picture_id": picture.id if picture else False,
                "time": clock.now(),
            }
        )
        self._job()._trigger([clock.now(), clock.now() + PATIENCE])

    @api.model
    def _cron_check(self):
        """Asks WeChat about what is new, and leaves to a person what has waited too long.

        Each answer is committed before the next question, so that nothing is locked meanwhile.
        """
        jobs = self.env["ir.cron"]
        late = self.search([("time", "<=", clock.now() - PATIENCE)])
        waiting = self.search([("asked", "=", False)], order="id") - late
        count = len(late)
        late._give_up()
        if count and not jobs._commit_progress(count, remaining=len(waiting)):
            return
        for number, check in enumerate(waiting, start=1):
            if not check._ask():
                self._job()._trigger(clock.now() + _PAUSE)
                return
            if not jobs._commit_progress(1, remaining=len(waiting) - number):
                return

    @api.model
    def _job(self):
        return self.env.ref("yangguang_wechat.ir_cron_check")

    def _ask(self):
        """Asks WeChat about one piece; gives whether that need not be tried again."""
        self.ensure_one()
        question = self.question_id
        openid = question.wechat_account_id.openid
        # what was passed on to the town meanwhile is no longer to be shown
        if not openid or question.is_accusation:
            self._give_up()
            return True
        client = self.env["yangguang.wechat.client"]
        try:
            if self.picture_id:
                self.write(
                    {
                        "trace": client.check_picture(openid, self._address()),
                        "asked": clock.now(),
                    }
                )
            else:
                verdict = client.check_text(openid, question.reopen_text or question.text)
                self._done(verdict.state, str(verdict.label or ""))
        except (errors.NotOpenedError, errors.ContentRefusedError, errors.OpenidInvalidError):
            self._give_up()
        except errors.WechatError as error:
            _logger.warning("content check %s waits: %s", self.id, error)
            return False
        return True

    @api.model
    def _result(self, trace, verdict, label=0):
        """Takes the pushed verdict on a picture; gives whether the trace is one of ours that is
        still waited for."""
        # what has not been asked yet has no trace either
        check = self.sudo().search([("trace", "=", trace)]) if trace else self
        if check:
            check._done(verdict, str(label or ""))
        return bool(check)

    def _give_up(self):
        for check in self:
            check._done("held")

    def _done(self, verdict, detail=None):
        self.ensure_one()
        question, target = self.question_id, self.picture_id or self.question_id
        self.unlink()
        question._take_verdict(target, verdict, detail)

    # the address by which WeChat fetches a picture

    def _address(self):
        base = self.env["ir.config_parameter"].sudo().get_param("web.base.url", "")
        expires = int((clock.to_local(clock.now()) + _ADDRESS).timestamp())
        query = {"expires": expires, "signature": self._signature(self.picture_id.id, expires)}
        return f"{base}/wxapi/v1/media/{self.picture_id.id}?{url_encode(query)}"

    @api.model
    def _picture_at(self, picture_id, expires, signature):
        """The picture of an address that we gave to WeChat a short while ago, else empty."""
        pictures = self.env["yangguang.question.picture"].sudo()
        ours = self._signature(picture_id, expires)
        if not signature.isascii() or not consteq(ours, signature):
            return pictures
        if int(expires) < clock.to_local(clock.now()).timestamp():
            return pictures
        return pictures.browse(picture_id).exists()

    @api.model
    def _signature(self, picture_id, expires):
        return hmac(self.env(su=True), "yangguang.wechat.media", f"{picture_id}:{expires}")
