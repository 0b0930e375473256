"""What the cards of assets and contracts say, with the labels of the published ledgers."""

from decimal import Decimal

from odoo import models

from ..lib import card
from .yangguang_register import money


class Asset(models.Model):
    _inherit = "yangguang.asset"

    def _card_lines(self):
        lines = [
            card.Line("编号", self.code),
            card.Line("所有者", self.collective_id.name),
            card.Line("类别", self.category_id.name),
            card.Line("坐落", self.location),
        ]
        if self.kind == "resource":
            return [
                *lines,
                card.Line("面积", card.area(Decimal(f"{self.area:.4f}"))),
                card.Line("四至", self.bounds or None),
                card.Line("经营方式", self._chosen("mode")),
                card.Line("权属证号", self.certificate or None),
                card.Line("合同编号", self.contract_id.code or None),
            ]
        return [
            *lines,
            card.Line("经营属性", self._chosen("nature")),
            card.Line("数量", f"{self.quantity} {self.quantity_unit}"),
            card.Line("取得日期", card.day(self.acquired)),
            card.Line("取得来源", self._chosen("source")),
            card.Line("原值", card.money(money(self.original))),
            card.Line("使用状况", self._chosen("use")),
            card.Line("合同编号", self.contract_id.code or None),
        ]


class Contract(models.Model):
    _inherit = "yangguang.contract"

    def _card_lines(self):
        return [
            card.Line("合同编号", self.code),
            card.Line("发包（出租）方", self.collective_id.name),
            card.Line("类别", self._chosen("kind")),
            card.Line("标的", self.subject),
            card.Line("面积", card.area(Decimal(f"{self.area:.4f}"))),
            card.Line("承包（承租）方", self.party, "partial_name"),
            card.Line("起始日期", card.day(self.start)),
            card.Line("终止日期", card.day(self.end)),
            card.Line("年租金（承包款）", card.money(money(self.annual))),
            card.Line("缴款周期", self._chosen("cycle")),
            card.Line("确定方式", self._chosen("method")),
            card.Line("决议号", self.resolution or None),
        ]
