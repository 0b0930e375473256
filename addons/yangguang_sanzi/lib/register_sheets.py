"""Which sheets the registers fill, and what of them is known: nobody types there.

Figures, numbers and days are the register's. Words that explain are proposed, and may be said
better on the sheet. Columns that the form computes from known ones are known too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from odoo.addons.yangguang_cunwu.lib.source import Source


@dataclass(frozen=True)
class Sheet:
    """`model` has the rows, `identity` are the columns by which one is found again, `known` the
    others nobody types; `groups` says that what belongs to the village's groups stands here too.
    """

    model: str
    identity: tuple[str, ...]
    known: str
    groups: bool = False

    def source(self, organisation: str, rows: Sequence[Mapping]) -> Source:
        """Return the rows as what is known of the sheet."""
        columns = frozenset({*self.identity, *self.known.split()})
        return Source(tuple(rows), columns, self.identity, {"org": organisation})


# item of the catalogue -> its sheet
SHEETS = {
    "SZ02": Sheet(
        "yangguang.asset",
        ("asset_code",),
        "name category nature qty qty_unit acquired source original life residual monthly"
        " accumulated net use contract_no",
    ),
    "SZ03": Sheet(
        "yangguang.asset.event",
        ("date", "asset_code", "kind"),
        "name original accumulated net price gain",
    ),
    "SZ04": Sheet(
        "yangguang.asset",
        ("parcel_code",),
        "name kind owner_level area mode operator contract_no start end annual dispute",
        groups=True,
    ),
    "SZ05": Sheet(
        "yangguang.contract",
        ("contract_no",),
        "name kind subject area party_b insider sign_date start end term annual total pay_cycle"
        " deposit method status",
        groups=True,
    ),
    "SZ06": Sheet(
        "yangguang.contract",
        ("contract_no", "due_date"),
        "party_b arrears_opening receivable received arrears_closing receipt_no overdue_days",
    ),
    "SZ08": Sheet(
        "yangguang.tender",
        ("project_no",),
        "name platform notice_start notice_end base_price bidders deal_price premium winner term"
        " method pub_start pub_end",
    ),
    "SZ09": Sheet(
        "yangguang.land.compensation",
        ("batch", "approval_no", "item"),
        "area due received receive_date to_household to_social used balance",
    ),
    "SZ11": Sheet(
        "yangguang.member",
        ("household_no", "member"),
        "head basis change shares confirm_date resolution_no",
    ),
    "SZ12": Sheet(
        "yangguang.stocktaking", ("category",), "book checked diff op_part resolution_no"
    ),
    "BK02": Sheet(
        "yangguang.grant",
        ("doc_no", "fund_name"),
        "source allocated received_date opening received used balance used_total",
    ),
    "BK03": Sheet(
        "yangguang.grant", ("item", "period"), "persons standard allocated received spent balance"
    ),
    "GY01": Sheet(
        "yangguang.project",
        ("project_no",),
        "name kind resolution_no fund_gov fund_own fund_donate fund_raise total contract_amount"
        " start finish settle paid unpaid stage accepted",
    ),
    "GY02": Sheet(
        "yangguang.project",
        ("project_no",),
        "name method winner contract_amount settle reduction final paid payable accept_date",
    ),
    "GY03": Sheet(
        "yangguang.levy",
        ("matter", "resolution_no", "group"),
        "households persons exempt per_capita due received award used balance",
    ),
    "GY04": Sheet(
        "yangguang.donation",
        ("receipt_no",),
        "date donor named kind value used balance",
    ),
    "CW13": Sheet(
        "yangguang.dividend",
        ("household_no",),
        "head group members shares per_share amount deduct paid",
    ),
}
