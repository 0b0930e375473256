from datetime import timedelta

from psycopg2 import Error

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..lib import chain, clock, procedure
from ..lib.roles import ROLES
from .common import PASSWORD
from .disclosure_common import NOTHING, PARTY_POINTS, POINTS, RECEIPTS, DisclosureCommon
from .lib.samples import video


@tagged("post_install", "-at_install")
class TestDisclosureFlow(DisclosureCommon):
    def test_whole_way(self):
        disclosure = self._published()
        self.assertEqual(disclosure.state, "published")
        self.assertEqual(
            disclosure.event_ids.mapped("kind"), ["submit", "agree", "sign", "publish"]
        )
        publication = disclosure.publication_id
        self.assertRecordValues(
            publication,
            [{"position": 1, "division_code": self.village.code, "period_label": "2026年1月"}],
        )
        self.assertEqual(publication.event_ids.mapped("kind"), ["published"])
        filing = self.env["yangguang.filing"].search([("publication_id", "=", publication.id)])
        self.assertEqual(filing.state, "sent")

    def test_text_without_signature(self):
        disclosure = self._agreed(self.notice_item)
        disclosure.action_publish()
        self.assertEqual(disclosure.state, "published")

    def test_chosen_sheets_are_published_each_under_its_own_guards(self):
        signed = self._signed(period_key="2026-01")
        unsigned = self._agreed(period_key="2026-02")
        film = self._draft(self._item("XC01"), period_key="2026-02")
        film.attach(film.revision, "学习.mp4", video())
        film.action_submit(POINTS)
        for user in (self.chair, self.supervisor):
            film.with_user(user).action_vote(True)
        chosen = (signed | unsigned | film).with_user(self.clerk)
        told = chosen.action_publish_chosen()["params"]
        self.assertEqual(chosen.mapped("state"), ["published", "agreed", "agreed"])
        self.assertFalse(unsigned.publication_id | film.publication_id)
        self.assertEqual(
            told["message"].split("\n"),
            [
                "Published: 1",
                f"{unsigned.display_name}: The Party secretary has to sign this sheet first.",
                f"{film.display_name}: Video is checked by two persons before it is published:"
                " one is missing.",
            ],
        )
        self.assertTrue(told["sticky"])
        # nobody but the clerk publishes, one sheet or many
        self._sign(unsigned)
        unsigned.with_user(self.secretary).action_publish_chosen()
        self.assertEqual(unsigned.state, "signed")
        told = unsigned.with_user(self.clerk).action_publish_chosen()["params"]
        self.assertEqual((unsigned.state, told["type"]), ("published", "success"))

    def test_events_are_chained(self):
        events = self._published().event_ids
        self.assertIsNone(
            chain.verify((one.position, one.sealed.encode(), one.link) for one in events)
        )

    def test_no_step_is_skipped(self):
        draft, review, agreed = (
            self._draft(period_key="2026-01"),
            self._submitted(period_key="2026-02"),
            self._agreed(period_key="2026-03"),
        )
        for disclosure in (draft, review, agreed):
            with self.assertRaises(UserError):
                disclosure.action_publish()
        for disclosure in (draft, review):
            with self.assertRaisesRegex(UserError, "does not follow"):
                self._sign(disclosure)
        with self.assertRaises(AccessError):
            draft.with_user(self.supervisor).action_vote(True)
        with self.assertRaisesRegex(UserError, "does not follow"):
            agreed.with_user(self.third_supervisor).action_vote(True)
        with self.assertRaisesRegex(UserError, "does not follow"):
            review.action_submit(POINTS)

    def test_every_step_by_every_wrong_person(self):
        everybody = {
            "clerk": self.clerk,
            "secretary": self.secretary,
            "director": self.director,
            "supervisor": self.supervisor,
            "resident_cadre": self.cadre,
            "town_officer": self.town_officer,
            "town_accountant": self.accountant,
            "district_officer": self.district_officer,
            "department_officer": self.department_officer,
            "inspector": self.inspector,
            "auditor": self.auditor,
            "far clerk": self.far_clerk,
        }
        self.assertLessEqual(set(everybody) - {"far clerk"}, set(ROLES))
        cases = {
            "submit": (self._draft(period_key="2026-01"), lambda one: one.action_submit(POINTS)),
            "vote": (self._submitted(period_key="2026-02"), lambda one: one.action_vote(True)),
            "sign": (
                self._agreed(period_key="2026-03"),
                lambda one: one.action_sign(PASSWORD, {str(one.id): one.sudo()._digest()}),
            ),
            "decline": (self._agreed(period_key="2026-04"), lambda one: one.action_decline("x")),
            "publish": (self._signed(period_key="2026-05"), lambda one: one.action_publish()),
            "reopen": (self._signed(period_key="2026-06"), lambda one: one.action_reopen("x")),
        }
        right = {"vote": "supervisor", "sign": "secretary", "decline": "secretary"}
        for step, (disclosure, take) in cases.items():
            state = disclosure.state
            for name, user in everybody.items():
                if name == right.get(step, "clerk"):
                    continue
                with self.subTest(step=step, user=name), self.assertRaises(AccessError):
                    take(disclosure.with_user(user))
            self.assertEqual(disclosure.state, state)

    def test_appointment_of_today(self):
        disclosure = self._draft()
        self.clerk.partner_id.appointment_ids.date_to = clock.today() - timedelta(days=1)
        with self.assertRaises(AccessError):
            disclosure.action_submit(POINTS)

    def test_rules_of_the_table(self):
        rows = [dict(row) for row in RECEIPTS["rows"]]
        rows[1]["payment"] = "2051.00"
        disclosure = self._draft(document={**RECEIPTS, "rows": rows})
        with self.assertRaisesRegex(UserError, "期末结余等于期初加收入减支出"):
            disclosure.action_submit(POINTS)
        self.assertEqual(disclosure.state, "draft")

    def test_tables_of_one_month_agree(self):
        self._submitted()
        balances = {
            "place": "某农商银行",
            "opening": "120000.00",
            "receipts": "30000.00",
            "payments": "2050.00",
            "statement": "147950.00",
        }
        document = {"rows": [balances]}
        balances_item = self._item("CW03")
        wrong = {"rows": [{**balances, "payments": "2049.00", "statement": "147951.00"}]}
        disclosure = self._draft(balances_item, wrong, period_key="2026-01")
        with self.assertRaisesRegex(UserError, "收支明细期末结余与现金银行余额一致.*147,951.00"):
            disclosure.action_submit(POINTS)
        disclosure.save_content(disclosure.revision, document)
        disclosure.action_submit(POINTS)
        # another month has its own figures
        self._draft(balances_item, wrong, period_key="2026-02").action_submit(POINTS)

    def test_large_payments_need_a_resolution(self):
        row = {
            "date": "2026-01-12",
            "voucher_no": "银付001",
            "attachments": "1",
            "proof": "vat",
            "payee": "某建筑公司",
            "payee_kind": "unit",
            "summary": "村道工程款",
            "amount": "60000.00",
            "pay_method": "transfer",
            "handler": "王五",
            "approver": "郑国平",
            "supervisor": "吴桂兰",
            "rectify": "na",
        }
        vouchers = self._draft(self._item("CW10"), {"rows": [row]}, period_key="2026-01")
        with self.assertRaisesRegex(UserError, "四议两公开"):
            vouchers.action_submit(POINTS)
        layout = self._item("HY03").template_id._layout()
        resolution = {**layout.sample_rows[0], "amount": "60000.00"}
        self._submitted(self._item("HY03"), {"rows": [resolution]}, event_date="2025-12-01")
        vouchers.action_submit(POINTS)
        self.assertEqual(vouchers.state, "review")

    def test_personal_data_blocks(self):
        text = "请联系马小明,身份证号１１０１０１ 19900307-7758。"
        disclosure = self._draft(self.notice_item, {"text": text})
        with self.assertRaisesRegex(UserError, "身份证号"):
            disclosure.action_submit(POINTS)

    def test_zero_report(self):
        self.assertTrue(self._published(document=NOTHING).publication_id)

    def test_empty_text(self):
        disclosure = self._draft(self.notice_item, {"text": None})
        with self.assertRaisesRegex(UserError, "Write the text"):
            disclosure.action_submit(POINTS)

    def test_secrecy_check_on_party_items(self):
        document = {
            "rows": [
                {
                    "name": "赵六",
                    "gender": "f",
                    "stage": "target",
                    "stage_date": "2025-11-20",
                    "sponsors": "张三、李四",
                    "pub_start": "2025-11-21",
                    "pub_end": "2025-11-28",
                }
            ]
        }
        disclosure = self._draft(self.party_item, document)
        with self.assertRaisesRegex(UserError, "nothing secret"):
            disclosure.action_submit(POINTS)
        disclosure.action_submit(PARTY_POINTS)
        self.assertEqual(disclosure.state, "review")

    def test_two_clerks_at_once(self):
        disclosure = self._draft()
        revision = disclosure.revision
        disclosure.with_user(self.deputy).save_content(revision, NOTHING)
        with self.assertRaisesRegex(UserError, self.deputy.name):
            disclosure.save_content(revision, RECEIPTS)
        self.assertEqual(disclosure._document().get("zero"), "1")

    def test_content_rests_after_submission(self):
        disclosure = self._submitted()
        with self.assertRaisesRegex(UserError, "Only a draft"):
            disclosure.save_content(disclosure.revision, NOTHING)

    def test_drafter_does_not_review(self):
        """One person with two logins, or with an office that came later, stays one person."""
        disclosure = self._submitted()
        person = self.deputy.partner_id
        disclosure.sudo().drafter_ids = [(4, person.id)]
        person.appointment_ids.date_to = clock.today() - timedelta(days=1)
        self._appoint(person, "supervisor", self.village, date_from=clock.today())
        with self.assertRaisesRegex(AccessError, "different persons"):
            disclosure.with_user(self.deputy).action_vote(True)

    def test_same_person_by_two_logins(self):
        disclosure = self._submitted()
        self.env["res.users"].create(
            {
                "login": "second-login",
                "partner_id": self.chair.partner_id.id,
                "group_ids": [(6, 0, self.chair.group_ids.ids)],
            }
        )
        second = self.env["res.users"].search([("login", "=", "second-login")])
        disclosure.with_user(self.chair).action_vote(True)
        with self.assertRaisesRegex(UserError, "voted"):
            disclosure.with_user(second).action_vote(True)
        self.assertEqual(disclosure.state, "review")

    def test_secretary_who_drafted_does_not_sign(self):
        disclosure = self._agreed()
        disclosure.sudo().drafter_ids = [(4, self.secretary.partner_id.id)]
        with self.assertRaisesRegex(AccessError, "different persons"):
            self._sign(disclosure)

    def test_relative_recorded_later_does_not_review(self):
        disclosure = self._submitted()
        # past the check of relations: an import below the program, say
        self.env.cr.execute(
            "INSERT INTO yangguang_relation (person_id, relative_id, kind) VALUES (%s, %s, %s)",
            [self.supervisor.partner_id.id, self.director.partner_id.id, "spouse"],
        )
        with self.assertRaisesRegex(AccessError, "relatives"):
            disclosure.with_user(self.supervisor).action_vote(True)

    def test_wrong_password_signs_nothing(self):
        disclosures = self._agreed(period_key="2026-01") | self._agreed(period_key="2026-02")
        with self.assertRaisesRegex(UserError, "password is wrong"):
            self._sign(disclosures, password="guess")
        self.assertEqual(set(disclosures.mapped("state")), {"agreed"})
        self._sign(disclosures)
        self.assertEqual(set(disclosures.mapped("state")), {"signed"})

    def test_signs_what_was_shown(self):
        disclosure = self._agreed()
        with self.assertRaisesRegex(UserError, "has changed"):
            disclosure.with_user(self.secretary).action_sign(
                PASSWORD, {str(disclosure.id): "0" * 64}
            )

    def test_any_change_voids_the_signature(self):
        disclosure = self._signed()
        disclosure.action_reopen("金额有误")
        disclosure.save_content(disclosure.revision, NOTHING)
        disclosure.action_submit(POINTS)
        for user in (self.chair, self.supervisor):
            disclosure.with_user(user).action_vote(True)
        with self.assertRaisesRegex(UserError, "sign this sheet first"):
            disclosure.action_publish()

    def test_changed_below_the_program(self):
        disclosure = self._signed()
        self.env.flush_all()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(Error, "content changes in draft only"),
            self.cr.savepoint(),
        ):
            self.cr.execute(
                "UPDATE yangguang_disclosure SET content = %s WHERE id = %s",
                ['{"zero":"1"}', disclosure.id],
            )

    def test_secretary_declines(self):
        disclosure = self._agreed()
        disclosure.with_user(self.secretary).action_decline("缺少合同依据")
        self.assertEqual(disclosure.state, "draft")
        with self.assertRaisesRegex(UserError, "unchanged"):
            disclosure.action_submit(POINTS)

    def test_emergency_published_first(self):
        disclosure = self._draft(self.emergency_item, {"text": "台风蓝色预警,请勿外出。"})
        disclosure.action_check_content(POINTS)
        self._sign(disclosure)
        disclosure.action_publish()
        self.assertTrue(disclosure.published_first)
        self.assertLessEqual(disclosure.ratify_until, clock.now() + timedelta(hours=24))
        for user in (self.chair, self.supervisor):
            disclosure.with_user(user).action_vote(True)
        self.assertEqual(disclosure.event_ids[-1].kind, "ratify")
        with self.assertRaises(UserError):
            disclosure.with_user(self.third_supervisor).action_vote(True)

    def test_emergency_objected_afterwards(self):
        disclosure = self._draft(self.emergency_item, {"text": "台风蓝色预警,请勿外出。"})
        disclosure.action_check_content(POINTS)
        self._sign(disclosure)
        disclosure.action_publish()
        for user in (self.chair, self.supervisor):
            disclosure.with_user(user).action_vote(False, "时间写错")
        self.assertEqual(disclosure.event_ids[-1].kind, "object")
        self.assertEqual(disclosure.state, "published")

    def test_not_first_without_emergency(self):
        with self.assertRaisesRegex(UserError, "does not follow"):
            self._sign(self._draft(self.notice_item))

    def test_too_few_supervisors(self):
        disclosure = self._draft()
        for user in (self.supervisor, self.third_supervisor):
            user.partner_id.appointment_ids.date_to = clock.today() - timedelta(days=1)
        with self.assertRaisesRegex(UserError, "fewer supervisors"):
            disclosure.action_submit(POINTS)

    def test_filing_is_a_record(self):
        disclosure = self._published()
        filing = self.env["yangguang.filing"].search([("disclosure_id", "=", disclosure.id)])
        with self.assertRaises(UserError):
            filing.with_user(self.inspector).action_receive()
        filing.with_user(self.town_officer).action_query("承包款是否全年?")
        self.assertEqual(filing.state, "queried")
        filing.with_user(self.town_officer).action_receive()
        self.assertRecordValues(
            filing, [{"state": "received", "person_id": self.town_officer.partner_id.id}]
        )

    def test_only_a_new_draft_is_deleted(self):
        self._draft(period_key="2026-01").unlink()
        disclosure = self._agreed(period_key="2026-02")
        disclosure.with_user(self.secretary).action_decline("重做")
        with self.assertRaisesRegex(UserError, "never submitted"):
            disclosure.unlink()

    def test_one_sheet_a_period(self):
        self._draft()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(Error, "one_running"),
            self.cr.savepoint(),
        ):
            self._draft()

    def test_item_of_another_list(self):
        community = self.env["yangguang.edition"]._in_force("community", "2026-01-31")
        with self.assertRaisesRegex(UserError, "not on this village's list"):
            self.env["yangguang.disclosure"].with_user(self.clerk).create(
                {"division_id": self.village.id, "item_id": community.item_ids[0].id}
            )

    def test_procedure_table_is_the_database_s(self):
        self.cr.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conname = 'yangguang_disclosure_event_transition'"
        )
        (definition,) = self.cr.fetchone()
        for kind, before, after in procedure.transitions():
            self.assertRegex(definition, f"'{kind}'.*'{before}'.*'{after}'")
