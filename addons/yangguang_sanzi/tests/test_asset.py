from psycopg2 import DatabaseError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PIXEL
from .register_common import RegisterCommon


@tagged("post_install", "-at_install")
class TestAsset(RegisterCommon):
    """The clock stands at 5 January 2027."""

    def _refused_by_database(self, query, *parameters):
        self.env.flush_all()
        with (
            self.subTest(query=query),
            mute_logger("odoo.sql_db"),
            self.assertRaises(DatabaseError),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(query, parameters)

    def test_a_shop_is_depreciated_and_a_pond_measured(self):
        shop, pond = self._shop(), self._pond()
        self.assertEqual((shop.years, shop.residual, shop.monthly), (20, 5, 950.0))
        self.assertEqual(shop.accumulated, 132 * 950.0)
        self.assertEqual(shop.net, 240000.0 - 132 * 950.0)
        self.assertEqual(pond.area, 18.6)
        self.assertEqual((shop.state, pond.state), ("kept", "kept"))
        self.assertRecordValues(shop.event_ids, [{"kind": "built", "original": 240000.0}])
        self.assertFalse(pond.event_ids, "resources are kept by area")

    def test_what_is_incomplete_is_not_entered(self):
        with self._refused("looks after"):
            self._shop(keeper=False)
        for values in ({"original": 0.0}, {"acquired": False}, {"quantity_unit": False}):
            with mute_logger("odoo.sql_db"), self.assertRaises(DatabaseError):
                self._shop(code="固002", **values).flush_recordset()

    def test_what_was_entered_is_fixed(self):
        shop = self._shop()
        for values in ({"original": 1.0}, {"code": "固009"}, {"acquired": "2020-01-01"}):
            with self.assertRaises(UserError):
                shop.write(values)
            ((name, value),) = values.items()
            query = f"UPDATE yangguang_asset SET {name} = %s WHERE id = %s"
            self._refused_by_database(query, value, shop.id)
        for values in ({"state": "draft"}, {"state": "gone"}):
            with self.assertRaises(AccessError):
                shop.write(values)
        with self.assertRaises(UserError):
            shop.unlink()
        self._refused_by_database("DELETE FROM yangguang_asset WHERE id = %s", shop.id)
        self._refused_by_database("TRUNCATE yangguang_asset CASCADE")
        shop.write({"condition": "worn", "keeper": "赵六"})

    def test_a_step_is_not_chosen_by_a_default(self):
        self.env["ir.default"].set("yangguang.asset", "state", "kept", user_id=self.clerk.id)
        shop = self._shop(enter=False)
        self.assertEqual(shop.state, "draft")
        with self.assertRaises(AccessError):
            self._shop(enter=False, code="固003", state="kept")

    def test_what_leaves_stays_as_it_was(self):
        shop = self._shop()
        photo = self.env["yangguang.register.photo"].with_user(self.clerk)
        photo = photo.create({"asset_id": shop.id, "image": PIXEL})
        wizard = self.env["yangguang.asset.disposal"].with_user(self.clerk)
        values = {"asset_id": shop.id, "kind": "sold", "price": 90000.0, "resolution": "代决1号"}
        with self._refused("days to come"):
            wizard.create({**values, "day": "2027-02-01"}).action_dispose()
        wizard.create({**values, "day": "2026-01-20"}).action_dispose()
        self.assertEqual(shop.state, "gone")
        sold = shop.event_ids.filtered("leaves")
        self.assertRecordValues(sold, [{"price": 90000.0, "accumulated": 114000.0}])
        self.assertEqual(shop.accumulated, 114000.0, "not beyond the month in which it left")
        with self.assertRaises(UserError):
            shop.write({"note": "x"})
        with self.assertRaises(UserError):
            photo.note = "x"
        self._refused_by_database("DELETE FROM yangguang_register_photo WHERE id = %s", photo.id)
        self._refused_by_database("UPDATE yangguang_asset SET note = 'x' WHERE id = %s", shop.id)
        self._refused_by_database(
            "UPDATE yangguang_asset_event SET price = 1 WHERE id = %s", sold.id
        )

    def test_what_is_let_is_not_sold(self):
        shop = self._shop()
        self._contract(shop, kind="asset")
        self.assertEqual(shop.use, "rent")
        with self._refused("End the contract first"):
            shop._dispose({"day": "2026-01-20", "kind": "sold", "method": "bid", "resolution": "1"})

    def test_the_yearly_check(self):
        shop = self._shop()
        self._pond()
        self._rent(day="2026-03-02").action_post()
        check = self._entry("yangguang.stocktaking")
        self.assertEqual(check.year, "2026")
        check.action_fill()
        check.action_fill()
        self.assertRecordValues(
            check.line_ids.sorted("category"),
            [
                {"category": "cash", "asset_id": False, "book": 1000.0},
                # eleven years less a month
                {"category": "fixed", "asset_id": shop.id, "book": 240000.0 - 131 * 950.0},
            ],
        )
        found = check.line_ids.filtered("asset_id")
        with self._refused("the book value is the register's"):
            found.book = 1.0
        found.checked = 0.0
        check.resolution = "社决3号"
        with self._refused("村口商铺"):
            check.action_confirm()
        found.write({"reason": "拆除", "handling": "按程序核销"})
        check.action_confirm()
        self.assertEqual(shop.checked_on.isoformat(), "2026-12-31")
        fixed = check._results()[1]
        self.assertEqual((fixed.surplus, fixed.shortage), (0, 115550))
        with self.assertRaises(UserError):
            found.checked = 1.0
        self._refused_by_database(
            "UPDATE yangguang_stocktaking_line SET checked = 1 WHERE id = %s", found.id
        )
        self._refused_by_database("DELETE FROM yangguang_stocktaking_line WHERE id = %s", found.id)
