from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.yangguang_cunwu.lib import clock
from odoo.addons.yangguang_cunwu.tests.disclosure_common import PARTY_POINTS

from .common import ScreenCommon


@tagged("post_install", "-at_install")
class TestScreenProgramme(ScreenCommon):
    def setUp(self):
        super().setUp()
        self.screen = self._screen()

    def test_newest_first(self):
        first = self._published().publication_id
        second = self._published(self.notice_item).publication_id
        self.assertEqual(self._shown(self.screen), [second.code, first.code])

    def test_nothing_changes_nothing_new(self):
        self._published()
        self._shown(self.screen)
        programme = self.screen.programme_id
        self._shown(self.screen)
        self.assertEqual(self.screen.programme_id, programme)

    def test_taken_down_leaves(self):
        publication = self._published().publication_id
        self.assertEqual(self._shown(self.screen), [publication.code])
        publication.with_user(self.clerk).action_withdraw("privacy", "有村民的电话。")
        self.assertEqual(self._shown(self.screen), [])

    def test_corrected_leaves(self):
        publication = self._published(self.notice_item).publication_id
        self.env["yangguang.publication.event"].create(
            {
                "publication_id": publication.id,
                "kind": "superseded",
                "time": clock.now(),
            }
        )
        self.assertEqual(self._shown(self.screen), [])

    def test_expired_leaves(self):
        publication = self._published(self.notice_item).publication_id
        last = publication.display_until
        with clock.travel(clock.now() + (last - clock.today())):
            self.assertEqual(self._shown(self.screen), [publication.code])
        with clock.travel(clock.now() + (last - clock.today()) + timedelta(days=1)):
            self.assertEqual(self._shown(self.screen), [])

    def test_other_villages_are_not_shown(self):
        self._published()
        far = self._screen(name="远村屏", division_id=self.far_village.id)
        self.assertEqual(self._shown(far), [])
        self.assertTrue(far.programme_id._content()["filler"])

    def test_nothing_that_the_open_web_does_not_get(self):
        disclosure = self._draft(self.party_item, {"zero": "1"})
        disclosure.action_submit(PARTY_POINTS)
        for user in (self.chair, self.supervisor):
            disclosure.with_user(user).action_vote(True)
        self._sign(disclosure)
        self.assertFalse(disclosure.action_publish().page_ids)
        self.assertEqual(self._shown(self.screen), [])

    def test_masked_rendition_only(self):
        row = {
            "group": "第一组",
            "head": "赵六郎",
            "persons": "2",
            "monthly": "900.00",
            "since": "2025-01-01",
            "status": self.relief_item.template_id._layout().column("status").options[0].value,
        }
        self._published(self.relief_item, {"rows": [row]}, period_key="2026Q1")
        self._shown(self.screen)
        self.assertIn("赵", self.screen.programme_id.content)
        self.assertNotIn("赵六郎", self.screen.programme_id.content)

    def test_bytes_that_are_not_sealed_are_not_shown(self):
        page = self._published().publication_id.page_ids
        self.env.cr.execute("ALTER TABLE yangguang_public_page DISABLE TRIGGER USER")
        self.env.cr.execute(
            "UPDATE yangguang_public_page SET content = replace(content, '30,000.00', '3,000.00')"
            " WHERE id = %s",
            [page.id],
        )
        page.invalidate_recordset()
        self.assertEqual(self._shown(self.screen), [])

    def test_recall_and_restore(self):
        publication = self._published().publication_id
        for user in (self.far_clerk, self.cadre, self.accountant):
            with self.assertRaises(AccessError):
                publication.with_user(user).action_recall_from_screens("有误")
        with self.assertRaises(UserError):
            publication.with_user(self.clerk).action_recall_from_screens(" ")
        publication.with_user(self.clerk).action_recall_from_screens("屏上有误，先撤下。")
        self.assertEqual(self._shown(self.screen), [])
        publication.with_user(self.town_officer).action_restore_to_screens("已核对，无误。")
        self.assertEqual(self._shown(self.screen), [publication.code])

    def test_parts_of_the_day(self):
        receipts = self._published().publication_id
        notice = self._published(self.notice_item).publication_id
        self.screen.daypart_ids = [
            (0, 0, {"hour": 18, "category_numbers": str(notice.category_number)})
        ]
        self._shown(self.screen)
        plans = self.screen.programme_id._content()["plans"]
        self.assertEqual([plan["from"] for plan in plans], ["00:00", "18:00"])
        self.assertEqual({key for key, _form in plans[1]["loop"]}, {notice.code})
        self.assertIn(receipts.code, {key for key, _form in plans[0]["loop"]})

    def test_scheduled_action_works_out_only_what_changed(self):
        self.env["yangguang.screen"].search([]).driver = "web"

        def arranged():
            return list(self.env["yangguang.screen"]._arrange_changed())

        self.assertIn(self.screen, arranged())
        self.assertEqual(arranged(), [])
        first = self.screen.programme_id
        self._published()
        self.assertEqual(arranged(), [self.screen])
        second = self.screen.programme_id
        self.assertEqual(second.number, first.number + 1)
        self.screen.brightness_ids = [(0, 0, {"hour": 18, "percent": 30})]
        self.assertEqual(arranged(), [self.screen])
        self.env.invalidate_all()
        with self.assertQueryCount(4):
            self.assertEqual(arranged(), [])


@tagged("post_install", "-at_install")
class TestScreenMessage(ScreenCommon):
    def _message(self, user=None, **values):
        return (
            self.env["yangguang.screen.message"]
            .with_user(user or self.town_officer)
            .create(
                {
                    "title": "台风红色预警",
                    "text": "请立即到村小学避险。",
                    "division_id": self.town.id,
                    "ends": clock.now() + timedelta(hours=6),
                    **values,
                }
            )
        )

    def _urgent(self, screen):
        screen._arrange()
        entries = screen.programme_id._content()["entries"].values()
        return [entry["title"] for entry in entries if entry["kind"] == "insert"]

    def test_two_persons_above_the_village(self):
        screen, far = self._screen(), self._screen(division_id=self.far_village.id)
        message = self._message()
        self.assertEqual(self._urgent(screen), [])
        with self.assertRaises(AccessError):
            message.action_approve()
        message.with_user(self.district_officer).action_approve()
        self.assertEqual(self._urgent(screen), ["台风红色预警"])
        self.assertEqual(self._urgent(far), [])
        message.with_user(self.town_officer).action_stop()
        self.assertEqual(self._urgent(screen), [])

    def test_nobody_of_a_village(self):
        for user in (self.clerk, self.secretary, self.cadre, self.accountant):
            with self.assertRaises(AccessError):
                self._message(user)
        message = self._message(self.district_officer)
        with self.assertRaises(AccessError):
            message.with_user(self.secretary).action_approve()

    def test_who_asked_is_not_for_the_caller_to_say(self):
        message = self._message(person_id=self.district_officer.partner_id.id)
        self.assertEqual(message.person_id, self.town_officer.partner_id)

    def test_the_database_wants_a_second_person(self):
        message = self._message()
        with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
            self.env["yangguang.screen.decision"].create(
                {
                    "message_id": message.id,
                    "kind": "approved",
                    "person_id": message.person_id.id,
                    "time": clock.now(),
                }
            )
        self.assertIn("second person", str(caught.exception))

    def test_personal_data_and_past_messages_are_refused(self):
        with self.assertRaisesRegex(UserError, "personal data"):
            self._message(text="请联系陈先生13800138000。")
        with self.assertRaisesRegex(UserError, "over already"):
            self._message(
                begins=clock.now() - timedelta(hours=2), ends=clock.now() - timedelta(hours=1)
            )
