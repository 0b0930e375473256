from decimal import Decimal

from odoo.addons.yangguang_sanzi.lib.stocktaking import Counted, problems, results

PUMP = Counted("fixed", "抽水机", Decimal("1500.00"), Decimal(0))
EXPLAINED = Counted(
    "fixed", "抽水机", Decimal("1500.00"), Decimal(0), reason="丢失一台", handling="按程序核销"
)
SHOP = Counted("fixed", "商铺", Decimal("126000.00"), Decimal("126000.00"), income_earning=True)
FOUND = Counted("fixed", "音响", Decimal(0), Decimal("800.00"), reason="未入账", handling="补记")
CASH = Counted("cash", "现金", Decimal("321.50"), Decimal("321.50"))


def test_surplus_and_shortage_are_not_netted():
    cash, fixed = results([EXPLAINED, SHOP, FOUND, CASH])
    assert cash.category == "cash", "in the order of the form"
    assert (cash.book, cash.difference) == (Decimal("321.50"), 0)
    assert (fixed.book, fixed.checked) == (Decimal("127500.00"), Decimal("126800.00"))
    assert (fixed.surplus, fixed.shortage, fixed.difference) == (800, 1500, -700)
    assert fixed.income_earning == 126000
    assert fixed.reasons == ("丢失一台", "未入账")
    assert fixed.handlings == ("按程序核销", "补记")


def test_a_difference_is_explained_before_it_is_confirmed():
    assert problems([EXPLAINED, SHOP, FOUND, CASH]) == []
    (problem,) = problems([PUMP, SHOP])
    assert "抽水机" in problem
    assert "-1500.00" in problem
