from psycopg2 import DatabaseError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .register_common import RegisterCommon


@tagged("post_install", "-at_install")
class TestContract(RegisterCommon):
    """The clock stands at 5 January 2027."""

    def test_a_contract_begins_with_its_instalments(self):
        contract = self._contract()
        self.assertEqual(
            contract.instalment_ids.mapped("amount"),
            [30000.0, 30000.0, 30900.0, 30900.0, 31827.0],
        )
        self.assertEqual(contract.total, 153627.0)
        self.assertEqual((contract.standing, contract.term), ("run", 5))
        self.assertEqual(contract.asset_id.mode, "other")
        with self.assertRaises(UserError):
            contract.annual = 1.0
        with self.assertRaises(AccessError):
            contract.instalment_ids[0].amount = 1.0

    def test_it_begins_by_resolution(self):
        with self._refused("resolution"):
            self._contract(resolution=False)

    def test_the_term_is_checked_by_the_law(self):
        shop = self._shop()
        long = self._contract(shop, begin=False, kind="asset", end="2044-01-01")
        self.assertIn("2043-12-31以后的部分无效", long.term_problem)
        long.end = "2043-12-31"
        self.assertFalse(long.term_problem)
        outsider = self._contract(
            begin=False, code="合2", kind="land", is_member=False, votes_for=29, votes_all=45
        )
        self.assertEqual(outsider.term_problem.count("第五十二条"), 2)

    def test_arrears_by_age(self):
        contract = self._contract()
        self._receipt(contract, "2024-01-08", 30000.0)
        self._receipt(contract, "2026-12-20", 35000.0)
        self.assertEqual(contract.arrears, 25900.0)
        self.assertEqual((contract.days_180, contract.older), (0.0, 25900.0))
        self.assertEqual(contract.instalment_ids[2].paid, 5000.0)
        self.assertEqual(contract.instalment_ids[2].overdue_days, 360)
        owing = self.env["yangguang.contract"].search([("arrears", ">", 0)])
        self.assertEqual(owing, contract)
        self._receipt(contract, "2026-12-21", 25900.0, instalment_id=contract.instalment_ids[4].id)
        self.assertEqual(contract.arrears, 25900.0, "it was told to pay another year")
        self.assertEqual(self.env["yangguang.contract"].search([("arrears", ">", 0)]), contract)
        self._receipt(contract, "2026-12-22", 25900.0)
        self.assertFalse(self.env["yangguang.contract"].search([("arrears", ">", 0)]))

    def test_a_receipt_agrees_with_the_ledger(self):
        contract = self._contract()
        voucher = self._rent(day="2026-03-02", amount=1000.0)
        line = voucher.sudo().line_ids[1]
        with self._refused("posted line"):
            self._receipt(contract, "2026-03-02", 600.0, voucher_line_id=line.id)
        voucher.action_post()
        receipt = self._receipt(contract, None, 600.0, voucher_line_id=line.id)
        self.assertEqual(receipt.day.isoformat(), "2026-03-02")
        self.assertEqual(line.display_name, "2026-03-02 付村委会电费 1000.00")
        with self._refused("more than the line"):
            self._receipt(contract, None, 400.01, voucher_line_id=line.id)
        with self._refused("day is that"):
            self._receipt(contract, "2026-03-03", 1.0, voucher_line_id=line.id)
        self.env.flush_all()
        self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
        self.env.cr.execute("SET CONSTRAINTS ALL DEFERRED")
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(DatabaseError),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "UPDATE yangguang_contract_receipt SET amount = 1000.01 WHERE id = %s", [receipt.id]
            )
            self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
        owed = contract.arrears
        voucher.action_reverse("2026-03-05")
        self.env.invalidate_all()
        self.assertEqual(contract.arrears, owed + 600.0, "what the books took back is not paid")
        self._receipt(contract, "2026-03-06", owed, number="No.000126")
        self.assertEqual(self.env["yangguang.contract"].search([("arrears", ">", 0)]), contract)

    def test_a_deposit_is_not_paid_back_twice(self):
        contract = self._contract()
        self._receipt(contract, "2024-01-08", 3000.0, kind="deposit")
        self.assertEqual((contract.deposit_held, contract.arrears), (3000.0, 90900.0))
        self._receipt(contract, "2024-02-08", 3000.0, kind="deposit_back")
        with self._refused("paid back"):
            self._receipt(contract, "2024-02-09", 0.01, kind="deposit_back")

    def test_an_early_end(self):
        contract = self._contract()
        with self._refused("why"):
            contract.action_end("2026-07-01")
        wizard = self.env["yangguang.contract.ending"].with_user(self.clerk)
        wizard.create(
            {"contract_id": contract.id, "day": "2026-07-01", "reason": "欠租解除"}
        ).action_end()
        self.assertEqual((contract.state, contract.asset_id.mode), ("ended", "idle"))
        # 182 of 365 days of 30,900.00
        self.assertEqual(contract.instalment_ids.mapped("amount"), [30000.0, 30000.0, 15407.67])
        contract.receipt_ids = [
            Command.create({"day": "2027-01-04", "amount": 30000.0, "number": "No.000125"})
        ]
        self.assertEqual(contract.arrears, 45407.67, "what is owed may still be paid")
        self.env.flush_all()
        for query in (
            "UPDATE yangguang_contract SET name = 'x' WHERE id = %s",
            "UPDATE yangguang_contract_instalment SET amount = 1 WHERE contract_id = %s",
            "DELETE FROM yangguang_contract_instalment WHERE contract_id = %s",
        ):
            with (
                self.subTest(query=query),
                mute_logger("odoo.sql_db"),
                self.assertRaises(DatabaseError),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(query, [contract.id])

    def test_a_renewal_goes_on_where_the_contract_ends(self):
        contract = self._contract(end="2026-12-31")
        self.assertEqual(contract.standing, "expire")
        renewal = self.env["yangguang.contract"].browse(contract.action_renew()["res_id"])
        self.assertRecordValues(renewal, [{"state": "draft", "renews_id": contract.id}])
        self.assertEqual(
            (renewal.start.isoformat(), renewal.end.isoformat()), ("2027-01-01", "2029-12-31")
        )
        with self._refused("once"):
            contract.action_renew()
        renewal = renewal.with_user(self.clerk)
        renewal.resolution = "代决〔2026〕9号"
        renewal.action_begin()
        self.assertEqual(len(renewal.instalment_ids), 3)

    def test_a_letting_is_closed_with_its_result(self):
        tender = self._entry(
            "yangguang.tender",
            code="交2025-006",
            name="村口商铺二号",
            notice_start="2025-11-01",
            notice_end="2025-11-15",
            base_price=18000.0,
        )
        with mute_logger("odoo.sql_db"), self.assertRaises(DatabaseError), self.cr.savepoint():
            tender.action_close()
            tender.flush_recordset()
        tender.invalidate_recordset()
        tender.write(
            {
                "bidders": 3,
                "deal_price": 20700.0,
                "winner": "某商行",
                "term": 5,
                "result_start": "2025-11-18",
                "result_end": "2025-11-25",
            }
        )
        tender.action_close()
        with self.assertRaises(UserError):
            tender.winner = "别的商行"
