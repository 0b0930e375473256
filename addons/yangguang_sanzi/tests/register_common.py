"""A shop, a pond and their contracts in the registers of 东岸村's collective, kept by its clerk."""

from contextlib import contextmanager

from odoo.exceptions import UserError
from odoo.fields import Command

from .common import BooksCommon


class RegisterCommon(BooksCommon):
    @contextmanager
    def _refused(self, words):
        """What is done inside is refused with these words, and leaves nothing behind."""
        with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
            yield

    def _entry(self, model, user=None, **values):
        """A draft in a register, made by the village's clerk."""
        values = {"collective_id": self.collective.id, **values}
        return self.env[model].with_user(user or self.clerk).create(values)

    def _category(self, kind, code):
        return self.env["yangguang.asset.category"].search(
            [("kind", "=", kind), ("code", "=", code)]
        )

    def _shop(self, enter=True, **values):
        shop = self._entry(
            "yangguang.asset",
            **{
                "code": "固001",
                "name": "村口商铺",
                "category_id": self._category("fixed", "house").id,
                "location": "村口市场",
                "keeper": "李四",
                "quantity_unit": "间",
                "acquired": "2016-01-01",
                "source": "build",
                "original": 240000.0,
                "resolution": "代决〔2015〕2号",
                **values,
            },
        )
        if enter:
            shop.action_enter()
        return shop

    def _pond(self, enter=True, **values):
        pond = self._entry(
            "yangguang.asset",
            **{
                "code": "资003",
                "name": "第三鱼塘",
                "category_id": self._category("resource", "water").id,
                "location": "村东",
                "area_entered": 12400.0,
                "area_unit": "square_metre",
                "bounds": "东至村道，西至河堤",
                **values,
            },
        )
        if enter:
            pond.action_enter()
        return pond

    def _contract(self, asset=None, begin=True, **values):
        asset = asset or self._pond()
        contract = self._entry(
            "yangguang.contract",
            **{
                "code": "合〔2024〕3号",
                "name": "第三鱼塘承包合同",
                "kind": "water",
                "asset_id": asset.id,
                "subject": asset.name,
                "party": "张三",
                "is_member": True,
                "signed": "2023-12-20",
                "start": "2024-01-01",
                "end": "2028-12-31",
                "annual": 30000.0,
                "due_days": 9,
                "step_kind": "percent",
                "step_years": 2,
                "step_value": 3.0,
                "deposit": 3000.0,
                "resolution": "代决〔2023〕6号",
                **values,
            },
        )
        if begin:
            contract.action_begin()
        return contract

    def _receipt(self, contract, day, amount, **values):
        return (
            self.env["yangguang.contract.receipt"]
            .with_user(self.clerk)
            .create(
                {
                    "contract_id": contract.id,
                    **({"day": day} if day else {}),
                    "amount": amount,
                    "number": "No.000123",
                    **values,
                }
            )
        )

    def _grant(self, enter=True, **values):
        grant = self._entry(
            "yangguang.grant",
            **{
                "code": "财农〔2025〕1号",
                "name": "驻镇帮镇扶村资金",
                "source": "province",
                "purpose": "村道硬底化",
                "granted_on": "2025-09-01",
                "promised": 150000.0,
                "movement_ids": [
                    Command.create({"day": "2025-10-15", "amount": 150000.0}),
                    Command.create({"day": "2026-01-20", "kind": "used", "amount": 60000.0}),
                ],
                **values,
            },
        )
        if enter:
            grant.action_enter()
        return grant

    def _member(self, name, household="001", number=1, confirm=True, **values):
        member = self._entry(
            "yangguang.member",
            **{
                "household": household,
                "head": "张三",
                "group": "第一村民小组",
                "name": name,
                "basis": "origin",
                "confirmed": "2020-01-01",
                "resolution": "社决〔2020〕1号",
                "share_ids": [Command.create({"number": number})],
                **values,
            },
        )
        if confirm:
            member.action_confirm()
        return member
