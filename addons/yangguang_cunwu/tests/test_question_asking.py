import base64
import io

from PIL import Image

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..lib import clock, echo_wall
from ..lib.holidays import state_calendar
from .question_common import WORDS, QuestionCommon


@tagged("post_install", "-at_install")
class TestQuestionAsking(QuestionCommon):
    """How a question comes in, and who reads who asked."""

    def test_numbers_run_by_village_and_hide_accusations(self):
        year = clock.today().year
        first, accusation, second = self._asked(), self._accused(), self._asked()
        far = self._asked(division=self.far_village)
        self.assertEqual(
            (first | second | far).mapped("number"),
            [f"HY-{year}-0001", f"HY-{year}-0002", f"HY-{year}-0001"],
        )
        self.assertEqual(accusation.number, f"JB-{year}-0001")

    def test_terms(self):
        calendar, today = state_calendar(), clock.today()
        question = self._asked()
        self.assertEqual(question.received_due, echo_wall.due(today, 1, calendar))
        self.assertEqual(question.answer_due, echo_wall.due(today, 5, calendar))
        question.with_user(self.clerk).action_accept()
        clerk = question.with_user(self.clerk)
        with self.assertRaises(UserError):
            clerk.action_complex("  ")
        clerk.action_complex("要请供电所勘查")
        self.assertEqual(question.answer_due, echo_wall.due(today, 10, calendar))
        with self.assertRaises(UserError):
            clerk.action_complex("还要再等")

    def test_a_parameter_changes_a_term(self):
        self.env["ir.config_parameter"].set_param("yangguang_cunwu.question_answer", "3")
        question = self._asked()
        self.assertEqual(question.answer_due, echo_wall.due(clock.today(), 3, state_calendar()))

    def test_about_a_sheet(self):
        publication = self._published(self.notice_item).publication_id
        question = self._asked(publication=publication)
        self.assertEqual(question.item_id, self.notice_item)
        question.with_user(self.clerk).action_show()
        self.assertEqual(self._public(question).publication_code, publication.code)
        with self.assertRaises(UserError):
            self._asked(publication=publication, division=self.far_village)

    def test_villages_alone_are_asked(self):
        for place in (self.town, self.district):
            with self.assertRaises(UserError):
                self._asked(division=place)

    def test_wording(self):
        for wrong in ({"text": "路灯"}, {"text": "路" * 501}, {"asker_phone": "12"}):
            with self.assertRaises(UserError):
                self._asked(**wrong)

    def test_sent_twice_comes_in_once(self):
        first = self._asked(key="A")
        self.assertEqual(self._asked(key="A"), first)
        self.assertNotEqual(self._asked(key="B"), first)

    def test_anonymous_is_named_to_the_town_alone(self):
        question = self._on_wall(is_anonymous=True)
        self.assertEqual(self._public(question).asker, "村民")
        for user in (self.clerk, self.secretary, self.inspector):
            seen = question.with_user(user)
            self.assertFalse(seen.asker_name or seen.asker_phone)
        town = question.with_user(self.town_officer)
        self.assertEqual((town.asker_name, town.asker_phone), ("王五六", "13800138000"))

    def test_who_reads_the_asker(self):
        question = self._asked()
        for user in (self.clerk, self.deputy, self.town_officer):
            self.assertEqual(question.with_user(user).asker_phone, "13800138000")
        for user in (self.secretary, self.director, self.cadre, self.auditor, self.inspector):
            self.assertFalse(question.with_user(user).asker_name, user.name)

    def test_pictures_tell_nothing_but_what_they_show(self):
        exif = Image.Exif()
        exif[0x010F] = "PhoneMaker"
        question = self._on_wall(pictures=[self._photo(exif=exif), self._photo((30, 40))])
        self.assertEqual(question.picture_ids.mapped("number"), [1, 2])
        shown = self._public(question)
        self.assertEqual(shown.picture_count, 2)
        for number in (1, 2):
            content = shown._picture(number)
            self.assertNotIn(b"PhoneMaker", content)
            with Image.open(io.BytesIO(content)) as picture:
                self.assertEqual(picture.format, "JPEG")
        self.assertIsNone(shown._picture(3))
        self.assertEqual(base64.b64decode(question.picture_ids[0].content), shown._picture(1))
        for wrong in ([self._photo()] * 4, [b"GIF89a"], [b"%PDF-1.7"], [self._photo()[:200]]):
            with self.assertRaises(UserError):
                self._asked(pictures=wrong)

    def test_at_the_counter(self):
        entry = (
            self.env["yangguang.question.entry"]
            .with_user(self.clerk)
            .create({"text": WORDS, "asker_name": "王五六", "channel": "counter"})
        )
        elsewhere = entry.copy({"division_id": self.far_village.id})
        action = entry.action_confirm()
        # of name, telephone and code nothing is kept in the form
        self.assertFalse(entry.exists())
        self.assertNotIn("res_id", action)
        shown = Form(entry.browse().with_context(**action["context"]))
        question = self.env["yangguang.question"]._with_secret(shown.printed_code.lower())
        self.assertRecordValues(
            question, [{"channel": "counter", "number": shown.number, "state": "received"}]
        )
        with self.assertRaises(AccessError):
            elsewhere.action_confirm()
