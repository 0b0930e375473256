"""What a village owes and is owed, pays its people, and gets from above."""

from decimal import Decimal

from .cashbook import account_number
from .ledger import BANK, OPERATING_INCOME, PAYABLES, RECEIVABLES
from .maker import NIL, BookMaker, added
from .people import Names
from .shipped import shipped

RETENTION = Decimal("1300.00")


class Obligations(BookMaker):
    """Pay, claims, debts, contracts and grants."""

    TABLES = {
        "CW07": "_pay",
        "CW08": "_receivables",
        "CW09": "_payables",
        "SZ01": "_accounts",
        "SZ06": "_contract_money",
        "BK03": "_grant",
    }

    def _pay(self, month):
        grant = {each["item"]: each for each in shipped("books")["grant"]}
        paid = [
            ("pay", "salary", "month", name, position)
            for name, position in self._cadres(grant["pay"]["persons"])
        ]
        paid += [
            ("vsc", "lost", "time", self.words[key], "监督委员会误工")
            for key in ("chair", "supervisor", "supervisor2")
        ]
        paid.append(("clerk", "bonus", "month", self.words["clerk"], "村务公开专职人员补贴"))
        return [
            {
                "name": name,
                "position": position,
                "kind": kind,
                "qty": "1",
                "qty_unit": unit,
                "standard": str(grant[item]["each"]),
                "deduct": NIL,
                "fund": "fiscal",
                "resolution_no": self.words["resolution"],
            }
            for item, kind, unit, name, position in paid
        ]

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
                "account": RECEIVABLES,
                "contract_no": f"{self.village.short}合〔2024〕3号",
                "formed": "2024-12-31",
                "reason": "第三鱼塘承包款",
                "opening": str(opening),
                "increase": NIL,
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
                "account": PAYABLES,
                "formed": "2025-11-30",
                "purpose": purpose,
                "opening": str(before),
                "increase": NIL,
                "repaid": f"{paid:.2f}",
                "due_date": "2027-06-30",
            }
            for creditor, purpose, before, paid in debts
        ]

    def _accounts(self, month):
        return [
            {
                "bank": "青禾农商银行",
                "account_name": self.village.collective,
                "account_no": account_number(self.village),
                "kind": "basic",
                "owner_kind": "org",
                "opened": "2018-05-02",
                "closing": str(self.ledger.closing(month, BANK)),
                "approval": "镇级核准",
            }
        ]

    def _contract_money(self, month):
        arrears, recovered = self.ledger.arrears(month)
        pond, shop = (
            sum(
                one.amount
                for one in self.ledger.entries(month)
                if (one.line, one.account) == (line, OPERATING_INCOME)
            )
            for line in ("in_contract", "in_lease")
        )
        short = self.village.short
        contracts = (
            (f"{short}合〔2024〕3号", self.ledger.tenant, arrears, pond, pond + recovered),
            (f"{short}合〔2023〕2号", "惠民商行", Decimal(0), shop, shop),
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
        payments = self.ledger.payments(month)
        spent = {
            "office": added(one.amount for one in payments if one.expense),
            "service": added(one.amount for one in payments if one.line == "out_public"),
        }
        rows = []
        for part in shipped("books")["grant"]:
            granted = Decimal(part.get("persons", 1) * part["each"])
            used = min(Decimal(spent.get(part["item"], granted)), granted)
            rows.append(
                {
                    "period": month.label,
                    "item": part["item"],
                    "persons": str(part["persons"]) if "persons" in part else None,
                    "standard": str(part["each"]),
                    "allocated": str(granted),
                    "received": str(granted),
                    "spent": str(used),
                }
            )
        return rows
