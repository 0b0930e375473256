from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.yangguang_cunwu.tests.common import PASSWORD

from .common import BooksCommon


@tagged("post_install", "-at_install")
class TestVoucherRemote(BooksCommon, HttpCase):
    def test_no_remote_call_changes_what_is_posted(self):
        bill = self._bill()
        bill.action_post()
        line, period = bill.line_ids[0], bill.period_id
        self.authenticate(self.accountant.login, PASSWORD)
        before = self._read(bill)
        for model, method, arguments in (
            ("yangguang.voucher", "write", [[bill.id], {"date": "2026-03-13"}]),
            ("yangguang.voucher", "write", [[bill.id], {"state": "draft"}]),
            ("yangguang.voucher", "write", [[bill.id], {"line_ids": [[5, 0, 0]]}]),
            ("yangguang.voucher", "web_save", [[bill.id], {"proof": "slip"}, {}]),
            ("yangguang.voucher", "unlink", [[bill.id]]),
            ("yangguang.voucher", "action_post", [[bill.id]]),
            ("yangguang.voucher", "_post_into", [[bill.id], period.id]),
            ("yangguang.voucher.line", "write", [[line.id], {"debit": 1.0}]),
            ("yangguang.voucher.line", "write", [[line.id], {"date": "2026-03-13"}]),
            ("yangguang.voucher.line", "unlink", [[line.id]]),
            ("yangguang.voucher.line", "create", [[{"voucher_id": bill.id, "summary": "x"}]]),
            ("yangguang.book.period", "write", [[period.id], {"last_number": 5}]),
            ("yangguang.book", "write", [[self.book.id], {"period_ids": [[2, period.id, 0]]}]),
        ):
            with self.subTest(model=model, method=method), mute_logger("odoo.http"):
                answer = self.url_open(
                    "/web/dataset/call_kw",
                    json={
                        "params": {
                            "model": model,
                            "method": method,
                            "args": arguments,
                            "kwargs": {"context": {"skip_checks": True, "default_state": "draft"}},
                        }
                    },
                ).json()
                self.assertIn("error", answer)
                self.assertEqual(self._read(bill), before)

    def _read(self, bill):
        self.env.invalidate_all()
        return (
            bill.read(["date", "state", "number", "proof", "period_id"]),
            bill.line_ids.read(["debit", "credit", "date", "account_id"]),
            bill.period_id.read(["last_number", "state"]),
        )
