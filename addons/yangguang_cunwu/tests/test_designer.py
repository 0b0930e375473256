import base64
from dataclasses import replace
from datetime import timedelta

import psycopg2

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..lib import catalogue, clock, excel
from ..lib.catalogue import yaml_text
from ..lib.tables import Rule, Template
from .common import PASSWORD
from .disclosure_common import POINTS, RECEIPTS, DisclosureCommon


@tagged("post_install", "-at_install")
class TestDesigner(DisclosureCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.administrator = new_test_user(
            cls.env,
            "administrator_of_forms",
            groups="yangguang_cunwu.group_administrator",
            password=PASSWORD,
        )

    def _design(self, item=None, user=None):
        """A design of the next form of `item` (the month's receipts and payments)."""
        item = (item or self.receipts_item).with_user(user or self.district_officer)
        design = self.env["yangguang.template.draft"].browse(item.action_design()["res_id"])
        return design.with_user(item.env.user)

    def _rule(self, design, kind, expression, message="提示"):
        values = {"kind": kind, "expression": expression, "message": message, "sequence": 99}
        design.write({"rule_ids": [(0, 0, values)]})

    def test_a_design_is_the_form_as_lines(self):
        for item in self.edition.item_ids.filtered("template_id"):
            with self.subTest(item=item.code):
                design = self._design(item)
                self.assertEqual(design._template(), item.template_id._layout())

    def test_new_version_takes_effect_on_its_day(self):
        old = self.receipts_item.template_id
        before = self._draft()
        for user in (self.district_officer, self.administrator):
            design = self._design(user=user)
            design.date_from = clock.today()
            with Form(design) as form, form.column_ids.new() as column:
                column.key = f"remark_{user.id}"
                column.label = "补充说明"
            template = self.env["yangguang.template"].browse(design.action_put_in_force()["res_id"])
            self.assertFalse(design.exists())
            self.assertEqual(template.code, old.code)
            self.assertEqual(template._layout().columns[-1].label, "补充说明")
            self.assertEqual(self.receipts_item._template_on(clock.today()), template)
        self.assertEqual(template.version, old.version + 2)
        # a sheet begun before keeps its form, one begun after has the new one
        self.assertEqual(before.template_id, old)
        self.assertEqual(self._draft(period_key="2026-02").template_id, template)

    def test_a_later_day(self):
        design = self._design()
        tomorrow = clock.today() + timedelta(days=1)
        design.write({"date_from": tomorrow, "note": "新备注"})
        design.action_put_in_force()
        item = self.receipts_item
        self.assertEqual(item._template_on(clock.today()), item.template_id)
        self.assertEqual(item._template_on(tomorrow)._layout().note, "新备注")
        self.assertEqual(self._draft().template_id, item.template_id)

    def test_first_form_of_an_item(self):
        design = self._design(self.notice_item)
        design.write(
            {
                "date_from": clock.today(),
                "column_ids": [(0, 0, {"key": "amount", "label": "金额", "type": "money"})],
                "rule_ids": [
                    (0, 0, {"kind": "check", "expression": "amount > 0", "message": "须大于零"})
                ],
                "sample": "rows:\n- {content: 水费, amount: '12.00'}\n",
            }
        )
        self.assertFalse(design.problem_text)
        self.assertIn("通过", design.effects)
        self.assertIn("12.00", design.preview)
        design.action_put_in_force()
        sheet = self._draft(self.notice_item, {"rows": [{"content": "水费", "amount": "0.00"}]})
        with self.assertRaisesRegex(UserError, "须大于零"):
            sheet.action_submit(POINTS)
        exported = self.edition._amended(clock.today())
        self.assertEqual(catalogue.validate(exported), [])
        self.assertEqual(catalogue.load(catalogue.dump(exported)), exported)

    def test_a_wrong_rule_is_not_saved(self):
        for kind, expression, sentence in (
            ("check", "(receipt > 0", "规则5：公式第1个字附近写法有误"),
            ("check", "nothing > 0", "规则5：没有「nothing」这一列"),
            ("check", "summary > 0", "规则5：.*此处应为文字"),
            ("check", "receipt + payment", "规则5：公式的结果应为是非判断"),
            ("compute", "receipt = balance", "计算公式互相循环"),
            ("check", "__import__('os')", "规则5：没有「__import__」这个函数"),
        ):
            with self.subTest(expression=expression):
                design = self._design()
                with self.assertRaisesRegex(ValidationError, sentence), self.cr.savepoint():
                    self._rule(design, kind, expression)
                self.assertEqual(len(design.rule_ids), 4)

    def test_the_sample_has_to_pass(self):
        design = self._design()
        self._rule(design, "check", "receipt < 100", "收入应小于一百")
        self.assertIn("样例：第1行「收入金额」：收入应小于一百", design.problem_text)
        self.assertIn("第1行 不通过", design.effects)
        with self.assertRaisesRegex(UserError, "收入应小于一百"):
            design.action_put_in_force()
        self.assertEqual(self.receipts_item._template_on("2099-01-01").version, 1)

    def test_what_a_cross_check_needs_stays(self):
        design = self._design(self._item("CW03"))
        design.rule_ids.unlink()
        closing = design.column_ids.filtered(lambda column: column.key == "closing")
        closing.key = "closing_balance"
        design.sample = (design.sample or "").replace("closing:", "closing_balance:")
        with self.assertRaisesRegex(UserError, "GJ01：.*没有「closing」"):
            design.action_put_in_force()

    def test_not_before_today_and_not_unchanged(self):
        design = self._design()
        with self.assertRaisesRegex(UserError, "Nothing differs"):
            design.action_put_in_force()
        design.date_from = clock.today() - timedelta(days=1)
        with self.assertRaisesRegex(UserError, "is before today"):
            design.action_put_in_force()

    def test_not_for_a_list_that_another_replaces(self):
        design = self._design()
        design.write({"note": "新备注", "date_from": "2028-06-01"})
        newer = replace(self.edition._catalogue(), effective="2028-01-01")
        self.env["yangguang.edition"]._take_in(newer).action_make_effective()
        with self.assertRaisesRegex(UserError, "another edition of the list"):
            design.action_put_in_force()

    def test_changes_are_shown(self):
        design = self._design()
        self.assertFalse(design.change_text)
        design.title = "收支表"
        self.assertIn("标题：货币资金收支明细表 → 收支表", design.change_text)

    def test_a_header_field_agrees_with_the_list(self):
        design = self._design()
        design.header_ids[0].label = "村名"
        self.assertIn("表头「村名」与目录登记的", design.problem_text)

    def test_sample_from_a_filled_form(self):
        design = self._design()
        template = design._template()
        header = {**template.sample_header, **RECEIPTS["header"]}
        filled = excel.form(template, header=header, rows=RECEIPTS["rows"])
        design.sample_file = base64.b64encode(filled)
        self.assertEqual(design._template().sample_rows[0]["voucher_no"], "银收001")
        self.assertFalse(design.problem_text)
        with self.assertRaisesRegex(UserError, "xlsx"):
            design.sample_file = base64.b64encode(b"no workbook")

    def test_others_do_not_design(self):
        for user in (self.clerk, self.town_officer, self.auditor, self.chair):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._design(user=user)
        design = self._design()
        for call in (
            lambda: design.with_user(self.clerk).action_put_in_force(),
            lambda: design.with_user(self.clerk).write({"title": "x"}),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_through_rpc(self):
        design = self._design()
        design.write({"note": "新备注", "date_from": clock.today()})

        def put_in_force(login):
            self.authenticate(login, PASSWORD)
            return self.make_jsonrpc_request(
                "/web/dataset/call_kw/yangguang.template.draft/action_put_in_force",
                {
                    "model": "yangguang.template.draft",
                    "method": "action_put_in_force",
                    "args": [design.ids],
                    "kwargs": {"context": {"tracking_disable": True, "install_mode": True}},
                },
            )

        with self.assertRaisesRegex(Exception, "AccessError"), mute_logger("odoo.http"):
            put_in_force(self.clerk.login)
        self.assertEqual(put_in_force(self.administrator.login)["res_model"], "yangguang.template")
        self.assertEqual(self.receipts_item._template_on(clock.today())._layout().note, "新备注")

    def test_a_version_never_changes(self):
        template = self.receipts_item.template_id
        for statement in (
            "UPDATE yangguang_template SET definition = '{}' WHERE id = %s",
            "UPDATE yangguang_template SET version = 9 WHERE id = %s",
            "DELETE FROM yangguang_template WHERE id = %s",
        ):
            with (
                self.subTest(statement=statement),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.InsufficientPrivilege),
                self.cr.savepoint(),
            ):
                self.cr.execute(statement, [template.id])

    def _import(self, template, user=None):
        content = template if isinstance(template, str) else yaml_text.dump(template.to_dict())
        return (
            self.env["yangguang.template.import"]
            .with_user(user or self.district_officer)
            .create({"file": base64.b64encode(content.encode()), "file_name": "form.yaml"})
        )

    def test_import_with_its_changes(self):
        template = replace(self.receipts_item.template_id._layout(), note="新备注")
        wizard = self._import(template)
        wizard.action_check()
        self.assertFalse(wizard.has_errors, wizard.report)
        self.assertIn("说明：", wizard.report)
        wizard.action_apply()
        design = self.env["yangguang.template.draft"].search([])
        self.assertEqual(design._template(), template)

    def test_import_of_wrong_forms_stores_nothing(self):
        template = self.receipts_item.template_id._layout()
        number = len(template.rules) + 1

        def with_rule(kind, expression):
            return replace(template, rules=(*template.rules, Rule(kind, expression, "提示")))

        for wrong, sentence in (
            (with_rule("compute", "receipt = balance"), "计算公式互相循环"),
            (with_rule("check", "nothing > 0"), f"规则{number}：没有「nothing」这一列"),
            (with_rule("check", "(receipt > 0"), f"规则{number}：公式第1个字附近"),
            (with_rule("check", "receipt > 10000000"), "样例：第1行"),
            (replace(template, item_code="XX99"), "The list has no item XX99."),
            ("columns: [", "写法有误"),
        ):
            with self.subTest(sentence=sentence):
                wizard = self._import(wrong)
                wizard.action_check()
                self.assertTrue(wizard.has_errors)
                self.assertIn(sentence, wizard.report)
                with self.assertRaisesRegex(UserError, sentence):
                    wizard.action_apply()
                self.assertFalse(self.env["yangguang.template.draft"].search([]))

    def test_downloads(self):
        design = self._design()
        template = self.receipts_item.template_id
        self.authenticate(self.district_officer.login, PASSWORD)
        answer = self.url_open(f"/yangguang/template-draft/{design.id}.xlsx")
        self.assertEqual(excel.read(template._layout(), answer.content).problems, [])
        for path in (f"template/{template.id}.yaml", f"template-draft/{design.id}.yaml"):
            answer = self.url_open(f"/yangguang/{path}")
            self.assertEqual(Template.from_dict(yaml_text.load(answer.text)), template._layout())
        self.authenticate(self.clerk.login, PASSWORD)
        answer = self.url_open(f"/yangguang/template-draft/{design.id}.yaml")
        self.assertEqual(answer.status_code, 404)
