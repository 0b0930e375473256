import base64
import io

import openpyxl

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..lib import resident_list
from .public_common import PublicCommon


@tagged("post_install", "-at_install")
class TestResident(PublicCommon):
    def _resident(self, **values):
        return (
            self.env["yangguang.resident"]
            .with_user(self.clerk)
            .create(
                {
                    "division_id": self.village.id,
                    "household": "014",
                    "name": "王五六",
                    "phone": "138 0013 8000",
                    **values,
                }
            )
        )

    def _find(self, *arguments):
        public = self.env.ref("base.public_user")
        return self.env["yangguang.resident"].with_user(public)._find(*arguments)

    def test_found_by_name_and_phone_alone(self):
        resident = self._resident()
        self.assertEqual(resident.phone, "13800138000")
        for name, phone in (("王五六", "13800138000"), (" 王五六 ", "+86 138-0013-8000")):
            self.assertEqual(self._find(self.village, name, phone), resident)
        for name, phone in (
            ("王五七", "13800138000"),
            ("王五六", "13800138001"),
            ("王五六", ""),
            ("", "13800138000"),
            ("王五六", "abc"),
            ("王", None),
        ):
            self.assertFalse(self._find(self.village, name, phone), (name, phone))
        self.assertFalse(self._find(self.far_village, "王五六", "13800138000"))
        self._resident(household="015")
        self.assertFalse(self._find(self.village, "王五六", "13800138000"), "which of the two?")

    def test_struck_off_is_not_found(self):
        self._resident().active = False
        self.assertFalse(self._find(self.village, "王五六", "13800138000"))

    def test_wrong_phone_is_said(self):
        with self.assertRaises(ValidationError):
            self._resident(phone="123")

    def test_village_keeps_its_own(self):
        resident = self._resident()
        with self.assertRaises(AccessError):
            self._resident(division_id=self.far_village.id)
        with self.assertRaises(ValidationError):
            resident.division_id = self.far_village
        resident.write({"division_id": self.village.id, "phone": ""})
        for user in (self.far_clerk, self.secretary, self.chair, self.inspector):
            with self.assertRaises(AccessError):
                resident.with_user(user).read(["name"])
        self.assertEqual(resident.with_user(self.town_officer).name, "王五六")
        with self.assertRaises(AccessError):
            resident.with_user(self.town_officer).name = "王五七"

    def _audiences(self, publication, resident, **options):
        return set(publication._renditions_for(resident, **options).mapped("audience"))

    def test_renditions(self):
        for_village = self._relief()
        party = self._party()
        villager = self._resident()
        member = self._resident(name="赵七", is_collective_member=True)
        stranger = self.env["yangguang.resident"].create(
            {"division_id": self.sister_village.id, "household": "1", "name": "钱八"}
        )
        self.assertEqual(self._audiences(for_village, villager), {"village"})
        self.assertEqual(self._audiences(for_village, stranger), set())
        self.assertEqual(self._audiences(for_village, villager.browse()), set())
        self.assertEqual(self._audiences(party, villager), set())
        self.assertEqual(self._audiences(party, villager, is_party=True), {"party"})
        self.assertEqual(self._audiences(party, stranger, is_party=True), set())
        for publication, audience in ((for_village, "member"), (party, "member")):
            rendition = self.env["yangguang.rendition"].create(
                {
                    "publication_id": publication.id,
                    "division_id": self.village.id,
                    "audience": audience,
                    "content": "{}",
                    "digest": "0",
                }
            )
            self.assertIn(rendition, publication._renditions_for(member))
            self.assertNotIn(rendition, publication._renditions_for(villager))
        villager.active = False
        self.assertEqual(self._audiences(for_village, villager), set())

    def test_taken_down_goes_for_residents_too(self):
        publication = self._relief()
        resident = self._resident()
        self.assertTrue(publication._renditions_for(resident))
        publication.with_user(self.clerk).action_withdraw("privacy", "正文涉及个人信息。")
        self.assertFalse(publication._renditions_for(resident))

    def _wizard(self, *rows, columns=4):
        book = openpyxl.load_workbook(io.BytesIO(resident_list.form()))
        book.active.delete_cols(columns + 1, len(resident_list.COLUMNS))
        for row in rows:
            book.active.append(row)
        content = io.BytesIO()
        book.save(content)
        return (
            self.env["yangguang.resident.import"]
            .with_user(self.clerk)
            .create({"file": base64.b64encode(content.getvalue()), "file_name": "x.xlsx"})
        )

    def test_import(self):
        rows = [("王五六", "014", "13800138000", "是"), ("赵七", "014", "", "否")]
        wizard = self._wizard(*rows)
        wizard.action_check()
        self.assertFalse(wizard.has_errors)
        wizard.action_apply()
        residents = self.env["yangguang.resident"].search([("division_id", "=", self.village.id)])
        self.assertEqual(
            {(one.name, one.household, one.is_collective_member) for one in residents},
            {("王五六", "014", True), ("赵七", "014", False)},
        )
        again = self._wizard(rows[0], ("赵七", "014", "13900139000", "是"))
        again.action_apply()
        self.assertEqual(residents.filtered(lambda one: one.name == "赵七").phone, "13900139000")
        self.assertEqual(
            self.env["yangguang.resident"].search_count([("division_id", "=", self.village.id)]), 2
        )

    def test_import_of_names_alone_takes_nothing_away(self):
        resident = self._resident(is_collective_member=True)
        self._wizard((resident.name, resident.household), columns=2).action_apply()
        self.assertRecordValues(resident, [{"phone": "13800138000", "is_collective_member": True}])

    def test_import_with_errors_takes_nothing_in(self):
        wizard = self._wizard(("王五六", "", "123", "也许"), ("赵七", "014", "", ""))
        wizard.action_check()
        self.assertTrue(wizard.has_errors)
        for part in ("第2行", "户号或户主", "手机号", "集体经济组织成员"):
            self.assertIn(part, wizard.report)
        with self.assertRaises(UserError):
            wizard.action_apply()
        self.assertFalse(self.env["yangguang.resident"].search([]))

    def test_import_for_another_village_is_refused(self):
        wizard = self._wizard(("王五六", "014", "", ""))
        wizard.division_id = self.far_village
        with self.assertRaises(AccessError):
            wizard.action_apply()
