from psycopg2 import DatabaseError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .register_common import RegisterCommon


@tagged("post_install", "-at_install")
class TestRegisters(RegisterCommon):
    def test_a_clerk_keeps_the_registers_of_his_village_alone(self):
        with self.assertRaises(AccessError):
            self._entry("yangguang.donation", collective_id=self.far_collective.id, **self._gift())
        with self.assertRaises(AccessError):
            self._entry("yangguang.donation", user=self.secretary, **self._gift())
        gift = self._entry("yangguang.donation", user=self.accountant, **self._gift())
        with self.assertRaises(UserError):
            gift.collective_id = self.far_collective

    def _gift(self):
        return {"day": "2026-09-10", "donor": "某乡贤", "value": 20000.0, "receipt": "No.000456"}

    def test_a_grant_from_the_paper_to_what_is_left(self):
        grant = self._grant()
        self.assertEqual((grant.received, grant.spent, grant.left), (150000.0, 60000.0, 90000.0))
        self.assertFalse(grant.problem)
        grant.movement_ids = [
            Command.create({"day": "2026-02-01", "kind": "used", "amount": 90000.01})
        ]
        self.assertIn("超支0.01元", grant.problem)
        with self.assertRaises(UserError):
            grant.promised = 1.0
        grant.action_close()
        with self.assertRaises(UserError):
            grant.movement_ids[0].amount = 1.0
        self.env.flush_all()
        with mute_logger("odoo.sql_db"), self.assertRaises(DatabaseError), self.cr.savepoint():
            self.cr.execute("DELETE FROM yangguang_grant_movement WHERE grant_id = %s", [grant.id])

    def test_land_compensation_goes_somewhere(self):
        taken = self._entry(
            "yangguang.land.compensation",
            name="批次一",
            code="字〔2025〕1号",
            granted_on="2025-11-01",
            area=12.4,
            item="land",
            promised=620000.0,
            resolution="社决〔2025〕4号",
            movement_ids=[
                Command.create({"day": "2025-12-05", "amount": 620000.0}),
                Command.create({"day": "2025-12-20", "kind": "to_household", "amount": 496000.0}),
            ],
        )
        taken.action_enter()
        self.assertEqual((taken.left, taken.problem), (124000.0, ""))
        with mute_logger("odoo.sql_db"), self.assertRaises(DatabaseError), self.cr.savepoint():
            taken.movement_ids = [
                Command.create({"day": "2026-01-05", "kind": "used", "amount": 1.0})
            ]
            self.env.flush_all()

    def test_members_and_what_the_law_lets_them_leave_for(self):
        member = self._member("张小一", number=2)
        self.assertEqual((member.state, member.shares), ("member", 2))
        reasons = dict(self.env["yangguang.member"]._fields["left_reason"].selection)
        self.assertFalse({"marriage", "divorce", "study", "work", "prison"} & reasons.keys())
        with self.assertRaises(AccessError):
            member.state = "lost"
        self.env["yangguang.member.leaving"].with_user(self.clerk).create(
            {"member_id": member.id, "reason": "own_will", "resolution": "社决2号"}
        ).action_leave()
        self.assertEqual(member.state, "quit")
        with self.assertRaises(UserError):
            member.share_ids.number = 5

    def test_dividends_and_their_rest_are_the_whole(self):
        self._member("张三", number=2)
        self._member("张小一")
        self._member("李四", household="002", head="李四", number=4)
        self._member("王五", household="003", confirm=False)
        dividend = self._entry("yangguang.dividend", total=1000.0, resolution="社决〔2027〕1号")
        dividend.action_share_out()
        dividend.line_ids[0].deducted = 100.0
        dividend.action_share_out()
        self.assertEqual((dividend.per_share, dividend.rest), (142.85, 0.05))
        self.assertRecordValues(
            dividend.line_ids,
            [
                {"household": "001", "members": 2, "shares": 3, "amount": 428.55, "paid": 328.55},
                {"household": "002", "members": 1, "shares": 4, "amount": 571.4, "paid": 571.4},
            ],
        )
        dividend.action_fix()
        with self.assertRaises(UserError):
            dividend.line_ids[0].deducted = 0.0

    def test_a_project_tells_what_is_missing(self):
        project = self._entry(
            "yangguang.project", code="项2025-02", name="村道硬底化工程", kind="road"
        )
        self.assertEqual(len(project.missing.split("\n")), 2)
        project.write(
            {
                "resolution": "代决〔2025〕7号",
                "fund_above": 150000.0,
                "fund_own": 36000.0,
                "method": "trade",
                "contractor": "某建筑公司",
                "start": "2025-10-20",
                "control_price": 186000.0,
                "contract_amount": 180000.0,
            }
        )
        project.action_begin()
        self.assertEqual(len(project.missing.split("\n")), 1, "a photo")
        project.payment_ids = [Command.create({"day": "2026-01-20", "amount": 60000.0})]
        self.assertEqual((project.paid, project.unpaid), (60000.0, 120000.0))
        project.write(
            {
                "settlement": 182000.0,
                "reduction": 2000.0,
                "finish": "2025-12-31",
                "accepted": "yes",
                "accepted_on": "2026-01-05",
            }
        )
        project.action_finish()
        with self.assertRaises(UserError):
            project.settlement = 1.0
        project.payment_ids = [Command.create({"day": "2027-01-02", "amount": 120000.0})]
        self.assertEqual(project.unpaid, 0.0)

    def test_donations_and_levies(self):
        gift = self._entry("yangguang.donation", **self._gift())
        gift.use_ids = [
            Command.create({"day": "2026-09-20", "amount": 15000.0, "note": "奖励学生十名"})
        ]
        self.assertEqual((gift.used, gift.left), (15000.0, 5000.0))
        levy = self._entry(
            "yangguang.levy",
            matter="村内水渠清淤",
            resolution="代决〔2025〕9号",
            group="第一村民小组",
            households=112,
            persons=430,
            exempt=18,
            per_head=10.0,
            movement_ids=[
                Command.create({"day": "2026-01-05", "amount": 4120.0}),
                Command.create({"day": "2026-01-06", "kind": "award", "amount": 4000.0}),
                Command.create({"day": "2026-02-05", "kind": "used", "amount": 7600.0}),
            ],
        )
        self.assertEqual((levy.due, levy.left), (4120.0, 520.0))

    def test_every_form_opens(self):
        """All views are there for whoever keeps the registers."""
        for name in (
            "asset",
            "contract",
            "tender",
            "stocktaking",
            "grant",
            "land.compensation",
            "member",
            "dividend",
            "project",
            "donation",
            "levy",
        ):
            model = self.env[f"yangguang.{name}"].with_user(self.clerk)
            views = model.get_views([(False, "list"), (False, "form"), (False, "search")])
            self.assertEqual(set(views["views"]), {"list", "form", "search"})
            model.web_search_read([], {"display_name": {}})
