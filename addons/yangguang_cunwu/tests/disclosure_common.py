"""A village whose clerk, supervisors and secretary take a sheet through its steps."""

from ..lib import content_check
from .common import PASSWORD, CunwuCommon

POINTS = content_check.required(party=False)
PARTY_POINTS = content_check.required(party=True)

RECEIPTS = {
    "header": {"opening_balance": "120000.00", "closing_balance": "147950.00"},
    "rows": [
        {
            "seq": "1",
            "date": "2026-01-05",
            "voucher_no": "银收001",
            "channel": "bank",
            "account": "501",
            "line2011": "in_contract",
            "summary": "收第三鱼塘2026年度承包款",
            "counterparty": "张三",
            "proof": "fin_receipt",
            "handler": "李四",
            "receipt": "30000.00",
            "payment": "0.00",
        },
        {
            "seq": "2",
            "date": "2026-01-12",
            "voucher_no": "银付001",
            "channel": "bank",
            "account": "513",
            "line2011": "out_office",
            "summary": "付村委会电费",
            "counterparty": "临溪供电所",
            "proof": "vat",
            "handler": "王五",
            "receipt": "0.00",
            "payment": "2050.00",
        },
    ],
}

NOTHING = {
    "zero": "1",
    "header": {"opening_balance": "147950.00", "closing_balance": "147950.00"},
}


class DisclosureCommon(CunwuCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["yangguang.collective"].create(
            {"name": "东岸村股份经济合作联合社", "division_id": cls.village.id}
        )
        cls.village.complaint_phone = "0663-3300000"
        cls.edition = cls.env["yangguang.edition"]._in_force("village", "2026-01-31")
        cls.receipts_item = cls._item("CW02")
        cls.notice_item = cls._item("TG01")
        cls.emergency_item = cls._item("TG03")
        cls.relief_item = cls._item("ZW01")
        cls.party_item = cls._item("DW05")

    @classmethod
    def _item(cls, code):
        return cls.edition.item_ids.filtered(lambda item: item.code == code)

    def _draft(self, item=None, document=None, clerk=None, **values):
        """A filled draft of `item` (the month's receipts and payments, if none is given)."""
        clerk = clerk or self.clerk
        item = item or self.receipts_item
        if item == self.receipts_item:
            values.setdefault("period_key", "2026-01")
            document = document or RECEIPTS
        disclosure = (
            self.env["yangguang.disclosure"]
            .with_user(clerk)
            .create({"division_id": self.village.id, "item_id": item.id, **values})
        )
        if document is None:
            document = {"text": "村民会议定于本月二十日上午九时在文化广场召开。"}
        disclosure.save_content(disclosure.revision, document)
        return disclosure

    def _submitted(self, *args, **kwargs):
        disclosure = self._draft(*args, **kwargs)
        disclosure.action_submit(POINTS)
        return disclosure

    def _agreed(self, *args, **kwargs):
        disclosure = self._submitted(*args, **kwargs)
        for user in (self.chair, self.supervisor):
            disclosure.with_user(user).action_vote(True)
        return disclosure

    def _signed(self, *args, **kwargs):
        disclosure = self._agreed(*args, **kwargs)
        self._sign(disclosure)
        return disclosure

    def _sign(self, disclosures, user=None, password=PASSWORD):
        signing = disclosures.with_user(user or self.secretary)
        signing.action_sign(password, {str(one.id): one._digest() for one in signing})

    def _published(self, *args, **kwargs):
        disclosure = self._signed(*args, **kwargs)
        disclosure.action_publish()
        return disclosure
