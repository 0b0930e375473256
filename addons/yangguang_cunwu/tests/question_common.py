"""Questions of villagers of 东岸村."""

import io

from PIL import Image

from .disclosure_common import DisclosureCommon

WORDS = "村口的路灯坏了半个月，什么时候修好？"
ANSWER = "已联系供电所，本周五前更换三盏路灯。"


class QuestionCommon(DisclosureCommon):
    def _asked(self, **values):
        """A question as it comes in; with all rights."""
        return self.env["yangguang.question"]._ask(
            {
                "division": self.village,
                "text": WORDS,
                "channel": "web",
                "asker_name": "王五六",
                "asker_phone": "13800138000",
                **values,
            }
        )

    def _accused(self, **values):
        return self._asked(
            text="村支书李某某私分集体的钱，请查一查。", is_accusation=True, **values
        )

    def _accepted(self, **values):
        question = self._asked(**values)
        question.with_user(self.clerk).action_accept()
        return question

    def _answer(self, question, text=ANSWER, user=None):
        question.with_user(user or self.clerk).action_answer(text, question.last_event_id.id)

    def _answered(self, **values):
        question = self._accepted(**values)
        self._answer(question)
        return question

    def _on_wall(self, **values):
        """A question that everybody reads, with its answer."""
        question = self._answered(**values)
        question.with_user(self.clerk).action_show()
        return question

    def _public(self, question):
        return self.env["yangguang.public.question"].search([("code", "=", question.code)])

    def _kinds_told(self, user, question):
        """What the notices of `user` say about the question."""
        notices = self.env["yangguang.notice"].search(
            [("person_id", "=", user.partner_id.id), ("question_id", "=", question.id)]
        )
        return notices.mapped("kind")

    @staticmethod
    def _photo(size=(40, 30), **options):
        content = io.BytesIO()
        Image.new("RGB", size, "green").save(content, "JPEG", **options)
        return content.getvalue()
