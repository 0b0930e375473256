import base64
import json
from ast import literal_eval
from dataclasses import replace
from datetime import date

from lxml import etree

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from ..lib import catalogue, clock
from ..lib.tables import engine
from .common import PASSWORD
from .disclosure_common import POINTS, RECEIPTS, DisclosureCommon


@tagged("post_install", "-at_install")
class TestCatalogue(DisclosureCommon, HttpCase):
    def test_shipped_list(self):
        edition = self.edition
        self.assertTrue(edition.reconstruction)
        self.assertEqual(len(edition.category_ids), 12)
        self.assertEqual(len(edition.item_ids), 88)
        self.assertEqual(len(edition.item_ids.template_id), 63)
        self.assertEqual(len(edition.item_ids.department_ids), 15)
        self.assertTrue(all(item.legal_basis for item in edition.item_ids))
        self.assertTrue(all(item.department_ids for item in edition.item_ids))
        self.assertTrue(self.env["yangguang.edition"]._in_force("community", clock.today()))

    def test_categories_have_one_number_in_all_lists(self):
        community = self.env["yangguang.edition"]._in_force("community", clock.today())
        numbers = {one.name: one.number for one in self.edition.category_ids}
        theirs = {one.name: one.number for one in community.category_ids}
        self.assertNotIn(numbers["集体三资"], theirs.values())
        for name in numbers.keys() & theirs.keys():
            self.assertEqual(theirs[name], numbers[name])

    def test_samples_pass_as_stored(self):
        for template in self.edition.item_ids.template_id:
            layout = template._layout()
            document = engine.complete(layout, layout.sample)
            with self.subTest(template=template.code):
                self.assertFalse(
                    [
                        p
                        for p in engine.check(layout, document, clock.today())
                        if p.kind != "required"
                    ]
                )

    def _import(self, content, name):
        return (
            self.env["yangguang.edition.import"]
            .with_user(self.district_officer)
            .create({"file": base64.b64encode(content), "file_name": name})
        )

    def _newer(self):
        edition = self.edition._catalogue()
        items = (replace(edition.items[0], name="改过的名称"), *edition.items[1:])
        return replace(edition, effective="2027-06-01", items=items)

    def test_new_edition_with_diff(self):
        for content, name in (
            (catalogue.dump(self._newer()).encode(), "edition.yaml"),
            (catalogue.to_workbook(self._newer()), "edition.xlsx"),
        ):
            with self.subTest(name=name), self.cr.savepoint() as savepoint:
                wizard = self._import(content, name)
                wizard.action_check()
                self.assertFalse(wizard.has_errors, wizard.report)
                self.assertIn("改过的名称", wizard.report)
                wizard.action_apply()
                made = self.env["yangguang.edition"].search([("date_from", "=", "2027-06-01")])
                self.assertEqual(made.state, "draft")
                # a form that has not changed is not stored again
                self.assertEqual(made.item_ids.template_id, self.edition.item_ids.template_id)
                made.with_user(self.district_officer).action_make_effective()
                with self.assertRaisesRegex(UserError, "does not change"):
                    made.item_ids[0].with_user(self.district_officer).name = "x"
                with self.assertRaises(UserError):
                    made.with_user(self.district_officer).unlink()
                savepoint.rollback()

    def test_wrong_edition_is_refused(self):
        edition = self._newer()
        broken = replace(edition, items=(replace(edition.items[0], deadline="whenever"),))
        wizard = self._import(catalogue.dump(broken).encode(), "edition.yaml")
        wizard.action_check()
        self.assertTrue(wizard.has_errors)
        with self.assertRaises(UserError):
            wizard.action_apply()
        for content in (b"\xff\xfe", b"PK\x03\x04", b"- no edition"):
            wizard = self._import(content, "x")
            wizard.action_check()
            self.assertTrue(wizard.has_errors)

    def test_old_months_keep_the_old_list(self):
        made = self.env["yangguang.edition"]._take_in(self._newer())
        made.action_make_effective()
        in_force = self.env["yangguang.edition"]._in_force
        self.assertEqual(in_force("village", "2027-05-31"), self.edition)
        self.assertEqual(in_force("village", "2027-06-01"), made)

    def test_template_makes_versions(self):
        template = self.receipts_item.template_id
        layout = replace(template._layout(), note="新备注")
        newer = self.env["yangguang.template"]._store(layout)
        self.assertEqual((newer.code, newer.version), (template.code, template.version + 1))
        self.assertEqual(self.env["yangguang.template"]._store(layout), newer)
        with self.assertRaisesRegex(UserError, "new version"):
            template.definition = json.dumps({})

    def test_export(self):
        self.authenticate(self.clerk.login, PASSWORD)
        for kind in ("xlsx", "yaml"):
            answer = self.url_open(f"/yangguang/edition/{self.edition.id}.{kind}")
            read = (
                catalogue.from_workbook
                if kind == "xlsx"
                else lambda data: catalogue.load(data.decode())
            )
            self.assertEqual(catalogue.diff(self.edition._catalogue(), read(answer.content)), [])
        self.assertEqual(
            self.url_open(f"/yangguang/edition/{self.edition.id}.exe").status_code, 404
        )


@tagged("post_install", "-at_install")
class TestDuty(DisclosureCommon):
    def _generate(self, today):
        return self.env["yangguang.duty"]._generate(self.village, self.edition, today)

    def test_a_month(self):
        duties = self._generate(date(2026, 2, 1))
        monthly = duties.filtered(lambda duty: duty.item_id.code == "CW02")
        self.assertRecordValues(monthly, [{"period_key": "2026-01", "due": date(2026, 2, 15)}])
        running = duties.filtered(lambda duty: duty.item_id.code == "XC01")
        self.assertEqual(sorted(running.mapped("period_key")), ["2026-01", "2026-02"])
        self.assertFalse(duties.filtered(lambda duty: duty.item_id.code == "TG01"))
        self.assertTrue(duties.filtered(lambda duty: duty.item_id.code == "GK01"))

    def test_village_that_joins_later(self):
        self.village.discloses_from = "2026-02-20"
        duties = self._generate(date(2026, 4, 1))
        receipts = duties.filtered(lambda duty: duty.item_id.code == "CW02")
        self.assertEqual(receipts.mapped("period_key"), ["2026-02", "2026-03"])
        standing = duties.filtered(lambda duty: duty.item_id.code == "GK01")
        self.assertRecordValues(standing, [{"due": date(2026, 2, 25), "period_label": "长期公开"}])

    def test_again_makes_nothing(self):
        self._generate(date(2026, 4, 1))
        self.assertFalse(self._generate(date(2026, 4, 1)))

    def test_lights(self):
        duties = self.env["yangguang.duty"].create(
            [
                {
                    "division_id": self.village.id,
                    "item_id": self.notice_item.id,
                    "period_key": f"2026-0{number}",
                    "due": due,
                    "published_on": published,
                }
                for number, (due, published) in enumerate(
                    [
                        ("2000-01-01", False),
                        ("2999-01-01", False),
                        (clock.today(), False),
                        ("2026-01-10", "2026-01-10"),
                        ("2026-01-10", "2026-01-11"),
                    ],
                    start=1,
                )
            ]
        )
        lights = ["overdue", "waiting", "soon", "done", "late"]
        self.assertEqual(duties.mapped("light"), lights)
        for duty, light in zip(duties, lights, strict=True):
            found = self.env["yangguang.duty"].search(
                [("light", "=", light), ("id", "in", duties.ids)]
            )
            self.assertEqual(found, duty, light)

    def test_what_is_handed_in_leaves_the_clerks_list(self):
        duties = self._generate(date(2026, 2, 1)).filtered(
            lambda one: one.item_id == self.receipts_item
        )
        view = duties.with_user(self.clerk).get_view(view_type="search")
        (still,) = etree.fromstring(view["arch"]).xpath("//filter[@name='filter_to_fill']/@domain")
        domain = [*literal_eval(still), ("id", "=", duties.id)]
        disclosures = self.env["yangguang.disclosure"].with_user(self.clerk)
        disclosure = disclosures.browse(duties.with_user(self.clerk).action_draft()["res_id"])
        disclosure.save_content(0, RECEIPTS)
        self.assertEqual(duties.with_user(self.clerk).search(domain), duties)
        disclosure.action_submit(POINTS)
        self.assertFalse(duties.with_user(self.clerk).search(domain))
        # returned by the committee, it is there again
        for user in (self.chair, self.supervisor):
            disclosure.with_user(user).action_vote(False, "票据不全")
        self.assertEqual(duties.with_user(self.clerk).search(domain), duties)

    def test_fulfilled_by_publishing(self):
        duty = self._generate(date(2026, 2, 1)).filtered(
            lambda one: one.item_id == self.receipts_item
        )
        action = duty.with_user(self.clerk).action_draft()
        self.assertEqual(duty.with_user(self.clerk).action_draft()["res_id"], action["res_id"])
        disclosure = self.env["yangguang.disclosure"].browse(action["res_id"])
        self.assertEqual(disclosure.duty_id, duty)
        self.assertEqual(disclosure.period_key, "2026-01")

    def test_published_before_its_duty_is_known(self):
        item = self._item("XC01")
        disclosure = self._draft(item, period_key="2026-02")
        disclosure.action_submit(POINTS)
        for user in (self.chair, self.supervisor):
            disclosure.with_user(user).action_vote(True)
        if item.needs_signature:
            self._sign(disclosure)
        disclosure.action_publish()
        duty = self._generate(date(2026, 2, 1)).filtered(
            lambda one: one.item_id == item and one.period_key == "2026-02"
        )
        self.assertEqual(duty.published_on, clock.today())

    def test_running_period_is_known_beforehand(self):
        duties = self._generate(date(2026, 1, 25))
        roster = duties.filtered(lambda one: one.item_id.code == "GK08")
        self.assertIn("2026-02", roster.mapped("period_key"))

    def test_event_brings_its_duty(self):
        disclosure = self._draft(self._item("HY02"), {"zero": "1"}, event_date="2026-03-02")
        self.assertEqual(disclosure.duty_id.due, date(2026, 3, 7))

    def test_cron(self):
        cron = self.env.ref("yangguang_cunwu.ir_cron_generate_duties")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertTrue(
            self.env["yangguang.duty"].search_count([("division_id", "=", self.far_village.id)])
        )
