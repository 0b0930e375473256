"""The cashbook tables of a village: plan, receipts and payments, balances, sums, vouchers."""

from datetime import timedelta

from ..lib.periods import Period
from .ledger import BANK, CASH, RECEIVABLES
from .maker import NIL, BookMaker, added
from .shipped import shipped


class Cashbook(BookMaker):
    """What came in and went out, in the views that are published every month."""

    TABLES = {
        "CW01": "_budget",
        "CW02": "_receipts_and_payments",
        "CW03": "_balances",
        "CW04": "_receipts",
        "CW05": "_payments",
        "CW06": "_running_costs",
        "CW10": "_vouchers",
        "JD04": "_voucher_review",
    }
    # a community keeps no accounts of a collective: its forms lack these columns
    _WITHOUT = {"CW01": {"account"}, "CW02": {"account", "line2011"}}

    def document(self, code: str, period: Period) -> dict:
        """As in `BookMaker`, with the balances of the cashbook."""
        document = super().document(code, period)
        if code == "CW02":
            opening, closing = self.ledger.opening(period), self.ledger.closing(period)
            balances = {"opening_balance": str(opening), "closing_balance": str(closing)}
            document["header"] = {**document.get("header", {}), **balances}
        if self.village.is_community:
            dropped = self._WITHOUT.get(code, set())
            document["rows"] = [
                {key: value for key, value in row.items() if key not in dropped}
                for row in document["rows"]
            ]
        return document

    def _budget(self, _year):
        return [
            {
                "side": planned["line"].partition("_")[0],
                "line": planned["label"],
                "account": str(planned["account"]),
                "last_actual": planned["actual"],
                "income_plan": planned["plan"] if planned["line"].startswith("in_") else NIL,
                "expense_plan": planned["plan"] if planned["line"].startswith("out_") else NIL,
                "basis": "现行合同、上级核定数和上年实际",
                "resolution_no": self.words["resolution"],
            }
            for planned in shipped("books")["plan"]
            if not (planned.get("collective") and self.village.is_community)
        ]

    def _receipts_and_payments(self, month):
        return [
            {
                "seq": str(number),
                "date": entry.day.isoformat(),
                "voucher_no": entry.voucher,
                "channel": entry.channel,
                "account": entry.account,
                "line2011": entry.line,
                "summary": entry.summary,
                "counterparty": entry.party,
                "proof": entry.proof,
                "handler": self.words["clerk"],
                "receipt": str(entry.amount) if entry.is_receipt else NIL,
                "payment": NIL if entry.is_receipt else str(entry.amount),
            }
            for number, entry in enumerate(self.ledger.entries(month), start=1)
        ]

    def _balances(self, month):
        places = {CASH: ("库存现金", None), BANK: ("青禾农商银行", account_number(self.village))}
        rows = []
        for channel, (place, number) in places.items():
            moved = [one for one in self.ledger.entries(month) if one.channel == channel]
            rows.append(
                {
                    "place": place,
                    "account_no": number,
                    "opening": str(self.ledger.opening(month, channel)),
                    "receipts": added(one.amount for one in moved if one.is_receipt),
                    "payments": added(one.amount for one in moved if not one.is_receipt),
                    "statement": str(self.ledger.closing(month, channel)),
                }
            )
        return rows

    def _receipts(self, month):
        return self._summary(month, "in_")

    def _payments(self, month):
        return self._summary(month, "out_")

    def _summary(self, month, direction):
        months = self.ledger.year_to(month)
        groups = {
            (entry.line, entry.account): None
            for entry in self.ledger.entries(*months)
            if entry.line.startswith(direction)
        }
        return [self._summary_row(month, months, line, account) for line, account in sorted(groups)]

    def _summary_row(self, month, months, line, account):
        def total(*within):
            entries = self.ledger.entries(*within)
            return added(
                one.amount for one in entries if (one.line, one.account) == (line, account)
            )

        plans = {planned["line"]: planned["plan"] for planned in shipped("books")["plan"]}
        # money that clears an old claim was not planned as income
        cleared = account == RECEIVABLES
        return {
            "line2011": line,
            "account": account,
            "current": total(month),
            "ytd": total(*months),
            "plan": None if cleared else plans[line],
            "remark": "收回往年欠款" if cleared else None,
        }

    def _running_costs(self, month):
        return [
            {
                "date": entry.day.isoformat(),
                "voucher_no": entry.voucher,
                "kind": entry.expense,
                "summary": entry.summary,
                "amount": str(entry.amount),
                "fund": "fiscal",
                "proof": entry.proof,
                "handler": self.words["clerk"],
                "witness": self.words["supervisor"],
                "approver": self.words["secretary"],
            }
            for entry in self.ledger.payments(month)
            if entry.expense
        ]

    def _vouchers(self, month):
        return [self._voucher(entry) for entry in self.ledger.payments(month)]

    def _voucher(self, entry):
        row = {
            "date": entry.day.isoformat(),
            "voucher_no": entry.voucher,
            "attachments": "1",
            "proof": entry.proof,
            "payee": entry.party,
            "payee_kind": "person" if entry.proof == "slip" else "unit",
            "summary": entry.summary,
            "amount": str(entry.amount),
            "pay_method": "cash" if entry.channel == CASH else "transfer",
            "handler": self.words["clerk"],
            "witness": self.words["supervisor"],
            "approver": self.words["secretary"],
            "supervisor": self.words["chair"],
            "rectify": "na",
        }
        if entry.proof == "slip":
            row["slip_reason"] = "农户临时务工，无法开具发票"
            row["rectify"] = "wait"
            row["rectify_due"] = (entry.day + timedelta(days=30)).isoformat()
        return row

    def _voucher_review(self, month):
        payments = self.ledger.payments(month)
        members = (self.words[key] for key in ("chair", "supervisor", "supervisor2"))
        return [
            {
                "date": (month.end + timedelta(days=5)).isoformat(),
                "period": month.label,
                "members": "、".join(members),
                "passed_count": str(len(payments)),
                "passed_amount": added(entry.amount for entry in payments),
                "rejected_count": "0",
                "rejected_amount": NIL,
            }
        ]


def account_number(village) -> str:
    """The number of the village's bank account: no bank issues it."""
    return f"8002{village.code}0"
