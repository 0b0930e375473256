"""Every path past the steps of the echo wall is closed, and accusations stay with the town."""

from psycopg2 import Error

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import PASSWORD
from .question_common import ANSWER, WORDS, QuestionCommon

HOSTILE = {
    "default_state": "solved",
    "default_review_state": "shown",
    "default_text": "改过的话",
    "skip_checks": True,
    "install_mode": True,
    "import_file": True,
}


@tagged("post_install", "-at_install")
class TestQuestionGuard(QuestionCommon, HttpCase):
    def test_nobody_writes(self):
        question = self._answered()
        values = {
            "text": "改过的话",
            "state": "solved",
            "review_state": "shown",
            "answer": "另一个答复",
            "level": "1",
            "answer_due": "2030-01-01",
            "is_accusation": True,
            "event_ids": [Command.clear()],
            "asker_ids": [Command.clear()],
        }
        for user in (self.clerk, self.secretary, self.town_officer, self.district_officer):
            theirs = question.with_user(user).with_context(**HOSTILE)
            for name, value in values.items():
                with self.subTest(user=user.name, field=name), self.assertRaises(AccessError):
                    theirs.write({name: value})
            with self.assertRaises(AccessError):
                theirs.create({"division_id": self.village.id, "text": WORDS})
            with self.assertRaises(UserError):
                theirs.unlink()

    def test_even_with_the_right_to_write(self):
        """A right that an administrator gives by mistake does not open the words."""
        self.env["ir.model.access"].create(
            {
                "name": "mistake",
                "model_id": self.env["ir.model"]._get_id("yangguang.question"),
                "group_id": self.env.ref("yangguang_cunwu.group_staff").id,
                "perm_write": True,
                "perm_create": True,
                "perm_unlink": True,
            }
        )
        question = self._asked().with_user(self.clerk)
        for values in ({"text": "改过的话"}, {"state": "solved"}):
            with self.assertRaises(AccessError):
                question.write(values)
        with self.assertRaises(UserError):
            question.unlink()

    def test_personal_defaults_and_context(self):
        defaults = self.env["ir.default"].with_user(self.clerk)
        for name, value in (("review_state", "shown"), ("check_state", "passed"), ("level", "1")):
            defaults.set("yangguang.question", name, value, user_id=True)
        entry = (
            self.env["yangguang.question.entry"]
            .with_user(self.clerk)
            .with_context(**HOSTILE)
            .create({"text": WORDS, "asker_name": "王五六", "channel": "call"})
        )
        number = entry.action_confirm()["context"]["default_number"]
        question = self.env["yangguang.question"].search([("number", "=", number)])
        self.assertRecordValues(
            question,
            [
                {
                    "text": WORDS,
                    "state": "received",
                    "review_state": "waiting",
                    "check_state": "none",
                    "level": "3",
                }
            ],
        )

    def test_database_refuses_below_the_program(self):
        question = self._answered()
        asker = question.asker_ids
        accusation = self._accused()
        self.env.flush_all()
        for statement, record in (
            ("UPDATE yangguang_question SET text = 'x' WHERE id = %s", question),
            ("UPDATE yangguang_question SET state = 'solved' WHERE id = %s", question),
            ("UPDATE yangguang_question SET answer = 'x' WHERE id = %s", question),
            ("UPDATE yangguang_question SET review_state = 'shown' WHERE id = %s", question),
            ("UPDATE yangguang_question SET division_id = 0 WHERE id = %s", question),
            ("UPDATE yangguang_question SET is_accusation = false WHERE id = %s", accusation),
            ("DELETE FROM yangguang_question WHERE id = %s", question),
            ("UPDATE yangguang_question_asker SET name = 'x' WHERE id = %s", asker),
            ("UPDATE yangguang_question_event SET note = 'x' WHERE question_id = %s", question),
            ("DELETE FROM yangguang_question_event WHERE question_id = %s", question),
        ):
            with (
                self.subTest(statement=statement),
                mute_logger("odoo.sql_db"),
                self.assertRaises(Error),
                self.cr.savepoint(),
            ):
                self.cr.execute(statement, [record.id])

    def test_steps_are_for_their_offices(self):
        question = self._accepted()
        steps = (
            lambda one: one.action_complex("原因说明"),
            lambda one: one.action_show(),
            lambda one: one.action_hide("原因说明"),
            lambda one: one.action_refuse("twice", "原因说明"),
            lambda one: one.action_pass_on(),
            lambda one: one.action_answer(ANSWER, one.last_event_id.id),
        )
        # the town looks after the words; it answers once the question has come to it
        for user, allowed in (
            (self.secretary, ()),
            (self.director, ()),
            (self.cadre, ()),
            (self.inspector, ()),
            (self.far_clerk, ()),
            (self.chair, ()),
            (self.town_officer, (1, 2)),
            (self.district_officer, ()),
        ):
            for number, step in enumerate(steps):
                if number not in allowed:
                    with self.subTest(user=user.name, step=number), self.assertRaises(AccessError):
                        step(question.with_user(user))

    def test_through_remote_calls(self):
        question = self._answered()
        self.authenticate(self.clerk.login, PASSWORD)
        calls = [
            ("write", [[question.id], {"text": "x"}]),
            ("web_save", [[question.id], {"state": "solved"}, {}]),
            ("create", [[{"division_id": self.village.id, "text": WORDS}]]),
            ("unlink", [[question.id]]),
            ("copy", [[question.id]]),
            ("load", [["text"], [["x"]]]),
            ("_solved", [[question.id], True]),
            ("_ask", [{"text": WORDS}]),
            ("_finish_step", [[question.id], "solve"]),
            ("_erase_asker", [[question.id]]),
            ("_machine_checked", [[question.id], question.id, "passed"]),
        ]
        for method, arguments in calls:
            with self.subTest(method=method), mute_logger("odoo.http"):
                answer = self._call("yangguang.question", method, arguments)
                refused = "error" in answer or answer["result"].get("messages")
                self.assertTrue(refused)
        self.assertRecordValues(question, [{"text": WORDS, "state": "answered"}])

    def _call(self, model, method, arguments, **keywords):
        return self.url_open(
            "/web/dataset/call_kw",
            json={
                "params": {
                    "model": model,
                    "method": method,
                    "args": arguments,
                    "kwargs": {"context": HOSTILE, **keywords},
                }
            },
        ).json()

    def test_village_reaches_no_accusation(self):
        """By no model, no search, no count, no group, no export, no wizard, no picture."""
        accusation = self._accused(pictures=[self._photo()])
        accusation.with_user(self.town_officer).action_accept()
        picture = accusation.picture_ids
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", picture._name), ("res_id", "=", picture.id), ("res_field", "!=", 0)]
        )
        for user in (self.clerk, self.deputy, self.secretary, self.director, self.cadre):
            self.env.invalidate_all()
            for record in (accusation, accusation.event_ids, accusation.asker_ids, picture):
                theirs = record.with_user(user)
                # some read nobody's name at all
                if theirs.browse().has_access("read"):
                    self.assertFalse(theirs.search([("id", "in", record.ids)]), record._name)
                    self.assertFalse(theirs.search_count([("id", "in", record.ids)]))
                with self.assertRaises(AccessError):
                    theirs.read()
                with self.assertRaises(UserError):
                    theirs.export_data(["id"])
            questions = self.env["yangguang.question"].with_user(user)
            self.assertFalse(questions.search([("is_accusation", "=", True)]))
            if user in (self.clerk, self.deputy):
                self.assertFalse(questions.search([("asker_ids.name", "ilike", "王五六")]))
            else:
                with self.assertRaises(AccessError):
                    questions.search([("asker_ids.name", "ilike", "王五六")])
            self.assertEqual(questions._read_group([], aggregates=["__count"]), [(0,)])
            with self.assertRaises(AccessError):
                attachment.with_user(user).read(["datas"])
        reply = self.env["yangguang.question.reply"].with_user(self.clerk)
        wizard = reply.create({"record_id": accusation.id})
        with self.assertRaises(AccessError):
            wizard.read(["text"])
        with self.assertRaises(AccessError):
            wizard.action_confirm()
        for step in ("complex", "hide", "refuse"):
            reason = self.env["yangguang.reason"].with_user(self.clerk)
            reason = reason.create(
                {"step": step, "record_id": accusation.id, "reason": "x", "refusal": "twice"}
            )
            with self.assertRaises(AccessError):
                reason.action_confirm()

    def test_village_cannot_try_out_who_asked(self):
        """Searching is no way to the name of somebody who wants to be unknown."""
        named, anonymous = self._asked(), self._asked(is_anonymous=True)
        questions = self.env["yangguang.question"].with_user(self.clerk)
        for domain in ([("asker_ids.name", "=", "王五六")], [("asker_ids.phone", "like", "138")]):
            self.assertEqual(questions.search(domain), named)
            self.assertEqual(
                self.env["yangguang.question"].with_user(self.town_officer).search(domain),
                named | anonymous,
            )
        events = self.env["yangguang.question.event"].with_user(self.clerk)
        self.assertEqual(
            events.search([("question_id.asker_ids.name", "=", "王五六")]).question_id, named
        )

    def test_accusation_through_remote_calls(self):
        accusation = self._accused(pictures=[self._photo()])
        picture = accusation.picture_ids
        for user in (self.clerk, self.secretary, self.chair):
            self.authenticate(user.login, PASSWORD)
            for model, ids in (
                ("yangguang.question", accusation.ids),
                ("yangguang.question.event", accusation.event_ids.ids),
                ("yangguang.question.asker", accusation.asker_ids.ids),
                ("yangguang.question.picture", picture.ids),
            ):
                with mute_logger("odoo.http"):
                    for method, arguments in (
                        ("read", [ids, ["display_name"]]),
                        ("web_read", [ids, {"display_name": {}}]),
                    ):
                        self.assertIn("error", self._call(model, method, arguments), model)
                    found = self._call(model, "search_read", [[("id", "in", ids)]])
                    self.assertFalse(found.get("result"), model)
            answer = self.url_open(f"/web/image/yangguang.question.picture/{picture.id}/content")
            self.assertNotIn(b"\xff\xd8\xff", answer.content[:3])

    def test_officer_who_holds_an_office_in_the_village_reads_no_accusation(self):
        accusation = self._accused()
        self._appoint(self.town_officer.partner_id, "resident_cadre", self.village)
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            accusation.with_user(self.town_officer).read(["text"])
        # nor is he told that there is one
        self.assertFalse(self._kinds_told(self.town_officer, self._accused()))
        self.assertTrue(self._kinds_told(self.town_officer, accusation))

    def test_accusation_that_nobody_in_the_town_may_read_is_the_district_s(self):
        question = self._asked()
        self._appoint(self.town_officer.partner_id, "resident_cadre", self.village)
        accusation = self._accused()
        question.with_user(self.clerk).action_pass_on()
        for one in (accusation, question):
            self.assertEqual(one.level, "1")
            self.assertEqual(self._kinds_told(self.district_officer, one), ["accused"])
            officer = one.with_user(self.district_officer)
            officer.action_accept()
            self._answer(one, "已转区纪委核查，十日内告知结果。", self.district_officer)
        self.assertFalse(self._kinds_told(self.town_officer, accusation))
        # another officer of the town is enough
        self._user("town_officer", "丁一", self.town)
        self.assertEqual(self._accused().level, "2")

    def test_another_town_reads_no_accusation(self):
        accusation = self._accused()
        other = self._user("town_officer", "丁一", self.other_town)
        for user in (other, self.accountant, self.inspector, self.auditor, self.district_officer):
            with self.assertRaises(AccessError):
                accusation.with_user(user).read(["text"])

    def test_public_code_of_an_accusation_tells_nothing(self):
        accusation = self._accused()
        self.assertFalse(self._public(accusation))
        self.assertEqual(self.url_open(f"/api/v1/questions/{accusation.code}").status_code, 404)
