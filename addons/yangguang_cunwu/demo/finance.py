"""The finance tables of one village as views of its ledger: documents without computed cells."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from ..lib.periods import Period
from .ledger import ACCOUNTS, BANK, CASH, GRANT, POND_RENT, SHOP_RENT, Ledger
from .people import Names

# yuan a year by public line; receipts first
PLAN = {
    "in_running": ("村级组织运转经费补助", "248400.00", "284400.00"),
    "in_contract": ("鱼塘承包款", "30000.00", "36000.00"),
    "in_lease": ("村口商铺租金", "21600.00", "21600.00"),
    "in_other": ("存款利息", "402.18", "400.00"),
    "out_pay": ("干部报酬和补贴", "196800.00", "200400.00"),
    "out_office": ("办公、水电、网络", "24960.00", "27000.00"),
    "out_press": ("报刊费", "1180.00", "1300.00"),
    "out_public": ("环卫、照明、慰问等公益支出", "43200.00", "48000.00"),
    "out_asset": ("村道硬底化工程尾款", "0.00", "10000.00"),
}
_VILLAGE_LINES = frozenset({"in_contract", "in_lease", "out_asset"})
RETENTION = Decimal("1300.00")
_NIL = "0.00"


class Finance:
    """Documents of the finance items for one `ledger`; `words` names the people of the village
    (`secretary`, `director`, `clerk`, `chair`, `supervisor` …) and its resolution."""

    def __init__(self, ledger: Ledger, words: dict[str, str]):
        self.ledger = ledger
        self.words = words
        self.village = ledger.village
        self._tables: dict[str, Callable[[Period], list[dict]]] = {
            "CW01": self._budget,
            "CW02": self._receipts_and_payments,
            "CW03": self._balances,
            "CW04": lambda month: self._summary(month, "in_"),
            "CW05": lambda month: self._summary(month, "out_"),
            "CW06": self._running_costs,
            "CW07": self._pay,
            "CW08": self._receivables,
            "CW09": self._payables,
            "CW10": self._vouchers,
            "SZ01": self._accounts,
            "SZ06": self._contract_money,
            "BK03": self._grant,
            "JD04": self._voucher_review,
        }

    def covers(self, code: str) -> bool:
        """Whether the item `code` is one of those made here."""
        return code in self._tables

    def document(self, code: str, period: Period) -> dict:
        """The document of the item `code` for `period`, one of the ledger's months (for CW01 the
        year); KeyError for another item."""
        document = {"rows": self._tables[code](period)}
        if code == "CW02":
            opening, closing = self.ledger.opening(period), self.ledger.closing(period)
            document["header"] = {"opening_balance": str(opening), "closing_balance": str(closing)}
        if self.village.is_community:
            document["header"] = {"org": self.village.collective, **document.get("header", {})}
            document["rows"] = [self._without_accounts(row, code) for row in document["rows"]]
        return document

    def _without_accounts(self, row, code):
        """A community keeps no accounts of the collective: its forms lack those columns."""
        dropped = {"account", "line2011"} if code in ("CW01", "CW02") else set()
        return {key: value for key, value in row.items() if key not in dropped}

    def _lines(self, direction):
        return [
            line
            for line in PLAN
            if line.startswith(direction)
            and not (self.village.is_community and line in _VILLAGE_LINES)
        ]

    def _budget(self, year):
        return [
            {
                "side": line.partition("_")[0],
                "line": PLAN[line][0],
                "account": ACCOUNTS[line],
                "last_actual": PLAN[line][1],
                "income_plan": PLAN[line][2] if line.startswith("in_") else _NIL,
                "expense_plan": PLAN[line][2] if line.startswith("out_") else _NIL,
                "basis": "现行合同和上级核定数" if line.startswith("in_") else "参照上年实际",
                "resolution_no": self.words["resolution"],
            }
            for line in (*self._lines("in_"), *self._lines("out_"))
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
                "receipt": str(entry.amount) if entry.is_receipt else _NIL,
                "payment": _NIL if entry.is_receipt else str(entry.amount),
            }
            for number, entry in enumerate(self.ledger.entries(month), start=1)
        ]

    def _balances(self, month):
        places = {CASH: ("库存现金", None), BANK: ("青禾农商银行", self._account_number)}
        rows = []
        for channel, (place, number) in places.items():
            moved = [one for one in self.ledger.entries(month) if one.channel == channel]
            rows.append(
                {
                    "place": place,
                    "account_no": number,
                    "opening": str(self.ledger.opening(month, channel)),
                    "receipts": _sum(one.amount for one in moved if one.is_receipt),
                    "payments": _sum(one.amount for one in moved if not one.is_receipt),
                    "statement": str(self.ledger.closing(month, channel)),
                }
            )
        return rows

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
            return _sum(one.amount for one in entries if (one.line, one.account) == (line, account))

        # what was budgeted is shown once, with the first account of the line
        return {
            "line2011": line,
            "account": account,
            "current": total(month),
            "ytd": total(*months),
            "plan": PLAN[line][2] if account != "112" else None,
            "remark": "收回往年欠款" if account == "112" else None,
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

    def _pay(self, month):
        unit = {"qty": "1", "deduct": _NIL, "fund": "fiscal"}
        unit["resolution_no"] = self.words["resolution"]
        persons, each = GRANT["pay"]
        rows = [
            {**unit, "name": name, "position": position, "kind": "salary", "qty_unit": "month"}
            | {"standard": str(each)}
            for name, position in self._cadres(persons)
        ]
        _persons, each = GRANT["vsc"]
        rows += [
            {**unit, "name": self.words[key], "position": "监督委员会误工", "kind": "lost"}
            | {"qty_unit": "time", "standard": str(each)}
            for key in ("chair", "supervisor", "supervisor2")
        ]
        _persons, each = GRANT["clerk"]
        extra = {"name": self.words["clerk"], "position": "村务公开专职人员补贴", "kind": "bonus"}
        return [*rows, {**unit, **extra, "qty_unit": "month", "standard": str(each)}]

    def _cadres(self, count):
        """Names and posts of those who are paid: the offices we know, then other members."""
        cadres = {self.words["secretary"]: "党组织书记"}
        cadres.setdefault(self.words["director"], "主任")
        cadres[self.words["clerk"]] = "党群服务中心工作人员"
        names = Names(f"cadres {self.village.code}")
        while len(cadres) < count:
            cadres.setdefault(names.draw()[0], "“两委”委员")
        return cadres.items()

    def _receivables(self, month):
        opening, recovered = self.ledger.arrears(month)
        return [
            {
                "debtor": self.ledger.tenant,
                "account": "112",
                "contract_no": f"{self.village.short}合〔2024〕3号",
                "formed": "2024-12-31",
                "reason": "第三鱼塘承包款",
                "opening": str(opening),
                "increase": _NIL,
                "decrease": str(recovered),
                "due_date": "2025-06-30",
                "aging": "y3",
                "action": "plan",
            }
        ]

    def _payables(self, month):
        opening, repaid = self.ledger.debt(month)
        debts = (
            ("青禾建筑工程有限公司", "村道硬底化工程尾款", opening, repaid),
            ("青禾明光照明工程队", "路灯工程质保金", RETENTION, Decimal(0)),
        )
        return [
            {
                "creditor": creditor,
                "account": "211",
                "formed": "2025-11-30",
                "purpose": purpose,
                "opening": str(before),
                "increase": _NIL,
                "repaid": f"{paid:.2f}",
                "due_date": "2027-06-30",
            }
            for creditor, purpose, before, paid in debts
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
            row["slip_reason"] = "农户临时务工,无法开具发票"
            row["rectify"] = "wait"
            row["rectify_due"] = (entry.day + timedelta(days=30)).isoformat()
        return row

    def _accounts(self, month):
        return [
            {
                "bank": "青禾农商银行",
                "account_name": self.village.collective,
                "account_no": self._account_number,
                "kind": "basic",
                "owner_kind": "org",
                "opened": "2018-05-02",
                "closing": str(self.ledger.closing(month, BANK)),
                "approval": "镇级核准",
            }
        ]

    @property
    def _account_number(self):
        return f"8002{self.village.code}0"

    def _contract_money(self, month):
        arrears, recovered = self.ledger.arrears(month)
        lines = [entry.line for entry in self.ledger.entries(month) if entry.account == "501"]
        pond = POND_RENT if "in_contract" in lines else Decimal(0)
        shop = SHOP_RENT if "in_lease" in lines else Decimal(0)
        contracts = (
            (f"{self.village.short}合〔2024〕3号", self.ledger.tenant, arrears, pond, pond + recovered),
            (f"{self.village.short}合〔2023〕2号", "惠民商行", Decimal(0), shop, shop),
        )
        return [
            {
                "contract_no": number,
                "party_b": party,
                "period": month.label,
                "due_date": month.start.replace(day=10).isoformat(),
                "arrears_opening": f"{before:.2f}",
                "receivable": f"{due:.2f}",
                "received": f"{received:.2f}",
                "receipt_no": f"收{month.start:%m}{place:02}" if received else None,
                "overdue_days": "365" if before else "0",
                "action": "plan" if before else "paid",
            }
            for place, (number, party, before, due, received) in enumerate(contracts, start=1)
        ]

    def _grant(self, month):
        entries = self.ledger.payments(month)
        costs = sum((one.amount for one in entries if one.expense), Decimal(0))
        public = sum((one.amount for one in entries if one.line == "out_public"), Decimal(0))
        rows = []
        for item, (persons, each) in GRANT.items():
            granted = (persons or 1) * each
            spent = {"office": costs, "service": public}.get(item, granted)
            rows.append(
                {
                    "period": month.label,
                    "item": item,
                    "persons": str(persons) if persons else None,
                    "standard": str(each),
                    "allocated": str(granted),
                    "received": str(granted),
                    "spent": str(min(spent, granted)),
                }
            )
        return rows

    def _voucher_review(self, month):
        payments = self.ledger.payments(month)
        members = (self.words[key] for key in ("chair", "supervisor", "supervisor2"))
        return [
            {
                "date": (month.end + timedelta(days=5)).isoformat(),
                "period": month.label,
                "members": "、".join(members),
                "passed_count": str(len(payments)),
                "passed_amount": _sum(entry.amount for entry in payments),
                "rejected_count": "0",
                "rejected_amount": _NIL,
            }
        ]


def _sum(amounts):
    return f"{sum(amounts, Decimal(0)):.2f}"
