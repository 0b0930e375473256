from collections import Counter
from datetime import datetime
from unittest.mock import patch

from passlib.context import CryptContext

from odoo.tests import TransactionCase, tagged

from ..demo import builder as demo
from ..demo.passwords import verified_once
from ..demo.places import District
from ..lib import clock, privacy
from ..lib.roles import ROLES
from ..lib.tables import crosscheck, engine
from ..models.demo_stamp import is_stamped

NOW = datetime(2026, 11, 23, 4, 0)
# one item of each kind of way, and of the categories a village of one month has
CODES = {"XC02", "GK03", "DW03", "JD04", "HY02", "JD01", "CW02", "CW03", "CW06", "SZ09", "TG03"}
WAITING = {"draft", "review", "agreed", "signed"}


def _findings(template, document):
    return list(privacy.find(privacy.passages(template, document), clock.today()))


class SmallBuilder(demo.Builder):
    """A builder whose people do a part of the work, so that the test is short."""

    def sheets(self):
        return [
            sheet
            for sheet in super().sheets()
            if sheet.item.code in CODES or sheet.reaches in WAITING or sheet.withdrawn
        ]


@tagged("post_install", "-at_install")
class TestDemoBuild(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.enterClassContext(clock.travel(NOW))
        cls.commits = []
        builder = SmallBuilder(
            cls.env,
            District.read().with_villages({"dongan", "linxishequ"}),
            months=1,
            commit=lambda: cls.commits.append(clock.now()),
        )
        cls.planned = builder.sheets()
        cls.mails = cls.env["mail.mail"].search_count([])
        with patch.object(builder, "_say"):
            cls.logins = builder.build()
        cls.disclosures = cls.env["yangguang.disclosure"].search([])
        cls.publications = cls.env["yangguang.publication"].search([])

    def test_stamped_and_committed_by_month(self):
        self.assertTrue(is_stamped(self.cr))
        # people, October, November, the end
        self.assertEqual(len(self.commits), 4)

    def test_all_is_published_that_was_planned(self):
        planned = Counter(
            (one.village.code, one.item.code) for one in self.planned if one.reaches == "published"
        )
        published = Counter((one.division_code, one.item_code) for one in self.publications)
        self.assertEqual(published, planned)
        self.assertEqual({code for _village, code in published}, CODES | {"TG01"})

    def test_what_the_open_web_must_not_show_has_no_page(self):
        hidden = self.publications.filtered(lambda one: one.open_web == "nothing")
        self.assertEqual(set(hidden.mapped("item_code")), {"DW03"})
        self.assertFalse(hidden.page_ids)
        self.assertTrue((self.publications - hidden).filtered("page_ids"))

    def test_sheets_wait_at_every_step(self):
        waiting = self.disclosures.filtered(lambda one: one.state != "published")
        self.assertEqual(set(waiting.mapped("state")), WAITING)
        # one of them was never handed in, another was returned
        self.assertEqual(
            set(waiting.filtered(lambda one: one.state == "draft").mapped("round")), {0, 1}
        )

    def test_returned_once(self):
        sheet = self.disclosures.filtered(lambda one: one.round == 2)
        self.assertEqual(
            sheet.event_ids.mapped("kind"),
            ["submit", "return", "submit", "agree", "sign", "publish"],
        )

    def test_warning_was_published_first(self):
        warnings = self.disclosures.filtered(lambda one: one.item_id.code == "TG03")
        self.assertEqual(len(warnings), 2)
        for warning in warnings:
            self.assertTrue(warning.published_first)
            self.assertEqual(warning.event_ids.mapped("kind"), ["sign_first", "publish", "ratify"])

    def test_taken_down(self):
        withdrawn = self.publications.filtered(lambda one: one.state == "withdrawn")
        self.assertEqual(withdrawn.item_code, "TG01")
        self.assertFalse(withdrawn.page_ids)
        self.assertEqual(
            withdrawn.event_ids.mapped("kind"), ["published", "withdrawn", "confirmed"]
        )

    def test_zero_report(self):
        zero = self.publications.filtered(lambda one: one.item_code == "SZ09")
        self.assertEqual(zero.page_ids._face()["zero"], "1")

    def test_past_times_and_nothing_altered(self):
        self.assertEqual(self.env["yangguang.publication"]._verify_all(), [])
        self.assertLess(max(self.publications.mapped("time")), NOW)
        self.assertLess(min(self.publications.mapped("time")), datetime(2026, 11, 1))

    def test_every_duty_published_is_met(self):
        periodic = self.disclosures.filtered(
            lambda one: one.state == "published" and one.item_id.code == "CW02"
        )
        self.assertTrue(periodic)
        self.assertTrue(all(periodic.duty_id.mapped("published_on")))

    def test_villagers_ask_and_are_answered(self):
        questions = self.env["yangguang.question"].search([])
        self.assertLessEqual(
            {"received", "accepted", "answered", "refused"}, set(questions.mapped("state"))
        )
        self.assertTrue(questions.filtered("is_accusation"))
        # one was left lying until it came to the town
        self.assertIn("2", questions.filtered(lambda one: not one.is_accusation).mapped("level"))
        wall = self.env["yangguang.public.question"].search([])
        self.assertTrue(wall.filtered("answer"))
        self.assertEqual(wall.filtered(lambda one: "赵水生" in one.asker), wall.browse())

    def test_every_office_has_a_login(self):
        users = self.env["res.users"].search([("partner_id.appointment_ids", "!=", False)])
        self.assertEqual(set(users.partner_id.appointment_ids.mapped("role")), set(ROLES))
        table = [line.split("\t") for line in self.logins.splitlines()]
        self.assertEqual({login for login, _password, _who in table}, set(users.mapped("login")))
        self.assertEqual(set(users.mapped("lang")), {"zh_CN"})
        self.assertEqual(set(users.mapped("tz")), {"Asia/Shanghai"})
        clerk = users.filtered(lambda user: user.login == "clerk.dongan")
        credential = {"type": "password", "login": clerk.login, "password": demo.PASSWORD}
        self.assertTrue(clerk.with_user(clerk)._check_credentials(credential, {}))

    def test_nothing_is_sent(self):
        self.assertEqual(self.env["mail.mail"].search_count([]), self.mails)
        self.assertFalse(self.env["yangguang.notice"].search([("delivered", "!=", True)]))

    def test_a_second_time(self):
        people = self.env["res.partner"].search_count([])
        with patch("builtins.print"):
            self.assertEqual(demo.build(self.env), "")
        self.assertEqual(self.env["res.partner"].search_count([]), people)


@tagged("post_install", "-at_install")
class TestDemoPlan(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.district = District.read()
        with clock.travel(NOW):
            cls.builder = demo.Builder(cls.env, cls.district, demo.MONTHS, commit=None)
            cls.sheets = cls.builder.sheets()
        cls.full = [sheet for sheet in cls.sheets if sheet.village.plan == "full"]

    def _completed(self, sheet):
        template = self.builder.editions[sheet.village.kind].template(sheet.item.template_code)
        document = engine.complete(template, sheet.document)
        # what the disclosure itself fills in
        for key in ("accountant", "finance_group", "org_head"):
            if key in document["header"]:
                document["header"][key] = "某某"
        return template, document

    def test_remembered_password_check_still_refuses(self):
        context = CryptContext(["pbkdf2_sha512"], pbkdf2_sha512__rounds=10)
        stored = context.hash(demo.PASSWORD)
        with verified_once():
            for _time in range(2):
                self.assertEqual(context.verify_and_update(demo.PASSWORD, stored), (True, None))
                self.assertEqual(context.verify_and_update("guess", stored), (False, None))

    def test_size_and_variety(self):
        published = [sheet for sheet in self.sheets if sheet.reaches == "published"]
        self.assertTrue(350 <= len(published) <= 500, len(published))
        edition = self.builder.editions["village"]
        self.assertEqual(
            {sheet.item.code for sheet in self.full if sheet.reaches == "published"},
            {item.code for item in edition.items},
        )
        months = {one.period for one in self.full if one.item.code == "CW02"}
        self.assertEqual(len(months), 10)
        self.assertEqual(
            {village.code for village in self.district.villages},
            {sheet.village.code for sheet in published},
        )

    def test_every_way_is_taken(self):
        self.assertEqual(sum(bool(one.corrects) for one in self.full), 1)
        self.assertEqual(sum(one.carried_over for one in self.full), 1)
        self.assertEqual(sum(bool(one.withdrawn) for one in self.full), 1)
        self.assertEqual({one.reaches for one in self.full}, WAITING | {"published"})

    def test_same_plan_each_time(self):
        with clock.travel(NOW):
            again = self.builder.sheets()
        self.assertEqual(
            [(one.village.code, one.item.code, one.day, one.document) for one in again],
            [(one.village.code, one.item.code, one.day, one.document) for one in self.sheets],
        )

    def test_tables_follow_their_rules(self):
        for sheet in self.sheets:
            with self.subTest(sheet.item.code, village=sheet.village.name, day=sheet.day):
                if not sheet.item.template_code:
                    self.assertEqual(_findings(None, sheet.document), [])
                    continue
                template, document = self._completed(sheet)
                self.assertEqual(engine.check(template, document, sheet.day), [])
                self.assertEqual(_findings(template, document), [])

    def test_tables_agree_with_one_another(self):
        for village in self.district.villages:
            edition = self.builder.editions[village.kind]
            parameters = {each.code: each.value for each in edition.parameters}
            by_period = {}
            for sheet in self.sheets:
                if sheet.village == village and sheet.period and sheet.item.template_code:
                    # a quarter agrees with its last month
                    tables = by_period.setdefault(sheet.period.end, {})
                    tables[sheet.item.code] = self._completed(sheet)
            for end, tables in by_period.items():
                with self.subTest(village=village.name, end=end):
                    outcome = crosscheck.run(edition.cross_checks, tables, parameters)
                    self.assertEqual(outcome.problems, [])

    def test_each_month_begins_where_the_last_ended(self):
        headers = {
            sheet.period: sheet.document["header"]
            for sheet in self.full
            if sheet.item.code == "CW02"
        }
        for period, header in headers.items():
            if following := headers.get(period.next()):
                self.assertEqual(header["closing_balance"], following["opening_balance"])

    def test_pay_and_grant_are_in_the_cashbook(self):
        tables = {
            (one.item.code, one.period.key): one.document["rows"]
            for one in self.full
            if one.item.code in ("CW02", "CW07", "BK03")
        }
        months = {key for code, key in tables if code == "BK03"}
        self.assertTrue(months)
        for month in months:
            book = {row["line2011"]: row for row in tables["CW02", month]}
            granted = sum(float(row["received"]) for row in tables["BK03", month])
            paid = sum(float(row["standard"]) for row in tables["CW07", month])
            self.assertEqual(granted, float(book["in_running"]["receipt"]))
            self.assertEqual(paid, float(book["out_pay"]["payment"]))

    def test_at_other_times_of_the_year(self):
        for now in (datetime(2026, 4, 2), datetime(2027, 3, 10), datetime(2028, 2, 29)):
            with self.subTest(now=now), clock.travel(now):
                builder = demo.Builder(self.env, self.district, demo.MONTHS, commit=None)
                sheets = builder.sheets()
                self.assertGreater(len(sheets), 200)
                self.assertEqual({one.village for one in sheets}, set(self.district.villages))
                self.assertTrue(all(builder.begin <= one.day < now.date() for one in sheets))
