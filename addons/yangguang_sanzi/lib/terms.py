"""How long a contract may run, and what the law says about what is beyond.

Contracting of land (承包) and lease (租赁) are two things: the first is limited by the law on the
contracting of rural land, the second by the Civil Code. What is beyond a limit is void for the
excess alone; so a longer contract is kept as it is and the excess is named.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from .dates import years_later


@dataclass(frozen=True)
class Limit:
    """`longest` and `shortest` in years, None without one; `source` is what says so."""

    longest: int | None
    source: str
    shortest: int | None = None


_LEASE = Limit(20, "《民法典》第七百零五条")
_LAND = "《农村土地承包法》第二十一条"
# kind of land -> limits of contracting by households
_FAMILY = {
    "arable": Limit(30, _LAND, 30),
    "grass": Limit(50, _LAND, 30),
    "forest": Limit(70, _LAND, 30),
}
# the law leaves other contracting to the parties (art. 49); a circular of the State Council sets
# a limit for waste land alone
_WASTE = Limit(50, "国办发〔1999〕102号关于「四荒」资源承包、租赁、拍卖使用权的规定")
_AGREED = Limit(None, "《农村土地承包法》第四十九条")
# contracts that hand something over for use
LEASES = ("asset", "construction")
CONTRACTED = ("land", "water")


def limit(kind: str, land: str | None = None) -> Limit | None:
    """Return the limit for a contract of `kind` (as in the ledger of contracts) over `land` (as in
    the ledger of resources); None for what no law limits, such as works."""
    if kind == "family":
        return _FAMILY.get(land, _FAMILY["arable"])
    if kind in LEASES:
        return _LEASE
    if kind in CONTRACTED:
        return _WASTE if land == "waste" else _AGREED
    return None


def years(start: date, end: date) -> int:
    """Return the term in years, a begun one counted whole; `end` is the last day.

    Raises ValueError when it ends before it starts.
    """
    if end < start:
        raise ValueError("终止日期早于起始日期")
    count = end.year - start.year
    return count if years_later(start, count) > end else count + 1


def latest_end(start: date, longest: int) -> date:
    """Return the last day of a term of `longest` years from `start`."""
    return years_later(start, longest) - timedelta(days=1)


def problems(
    kind: str,
    start: date,
    end: date,
    land: str | None = None,
    renewed_on: date | None = None,
    head_lease_ends: date | None = None,
) -> list[str]:
    """Return what is wrong with the term; empty when nothing is.

    A renewal is signed `renewed_on`, and its 20 years count from there (art. 705), not from the
    start, which may be long after. `head_lease_ends` is the last day of the contract out of which
    land is passed on (art. 38).
    """
    found = []
    rule = limit(kind, land)
    if rule and rule.longest:
        counted_from = renewed_on if kind in LEASES and renewed_on else start
        last = latest_end(min(counted_from, start), rule.longest)
        if end > last:
            found.append(
                f"期限超过{rule.longest}年（{rule.source}），{last}以后的部分无效，请核对。"
            )
    if rule and rule.shortest and end < latest_end(start, rule.shortest):
        found.append(f"期限短于{rule.shortest}年（{rule.source}），请核对。")
    if head_lease_ends and end > head_lease_ends:
        found.append(
            f"流转期限超过承包期的剩余期限（到{head_lease_ends}为止，"
            "《农村土地承包法》第三十八条），请核对。"
        )
    return found


def outsider_problems(
    kind: str, is_member: bool, votes_for: int | None, votes_all: int | None, approved: bool
) -> list[str]:
    """Return what is missing when land goes to somebody outside the collective: two thirds of those
    entitled, and the town's approval (《农村土地承包法》第五十二条)."""
    if kind not in CONTRACTED or is_member:
        return []
    found = []
    if not votes_all or (votes_for or 0) * 3 < votes_all * 2:
        found.append(
            "土地发包给本集体以外的单位或者个人，须经应到表决人数三分之二以上同意"
            "（《农村土地承包法》第五十二条）。"
        )
    if not approved:
        found.append(
            "土地发包给本集体以外的单位或者个人，须报镇政府批准（《农村土地承包法》第五十二条）。"
        )
    return found
