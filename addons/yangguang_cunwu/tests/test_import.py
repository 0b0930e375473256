import base64
import csv
import io

import openpyxl

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..lib import roster
from .common import CunwuCommon

HEAD = ("code12", "name", "kind", "parent_code12", "in_use")


def division_list():
    """240 invented units of the shape of the State list, with what must be left out."""
    rows = [
        ("980000000000", "云天省", "province", "", "yes"),
        ("980100000000", "云天市", "prefecture", "980000000000", "yes"),
        ("980101000000", "云溪区", "district", "980100000000", "yes"),
    ]
    rows += [
        (f"9801011{number:02}000", f"镇{number}", "town", "980101000000", "yes")
        for number in range(1, 14)
    ]
    for number in range(1, 4):
        rows.append((f"9801014{number:02}000", f"农场{number}", "farm", "980101000000", "yes"))
        rows.append(
            (f"9801015{number:02}000", f"园区{number}", "zone", "980101000000", "statistical_only")
        )
    for number in range(212):
        town = number % 13 + 1
        kind = "community" if number % 7 == 0 else "village"
        # a name that exists in every town
        name = "东寮村" if number < 13 else f"第{number}村"
        rows.append((f"9801011{town:02}{number + 1:03}", name, kind, f"9801011{town:02}000", "yes"))
    for number in range(1, 4):
        for prefix, ending in (("4", "598"), ("5", "498")):
            parent = f"980101{prefix}{number:02}000"
            rows.append((f"{parent[:9]}{ending}", "虚拟社区", "virtual", parent, "no"))
    return rows


def as_csv(rows):
    buffer = io.StringIO()
    csv.writer(buffer).writerows([HEAD, *rows])
    return base64.b64encode(buffer.getvalue().encode())


@tagged("post_install", "-at_install")
class TestDivisionImport(CunwuCommon):
    def _import(self, rows, user=None):
        return (
            self.env["yangguang.division.import"]
            .with_user(user or self.district_officer)
            .create({"file": as_csv(rows), "file_name": "divisions.csv"})
        )

    def _count(self):
        return self.env["yangguang.division"].search_count([("code", "=like", "98%")])

    def test_whole_list(self):
        rows = division_list()
        self.assertEqual(len(rows), 240)
        wizard = self._import(rows)
        wizard.action_check()
        self.assertFalse(wizard.has_errors)
        self.assertEqual(self._count(), 0)
        wizard.action_apply()
        # left out: province, prefecture, three statistical zones, six virtual units
        self.assertEqual(self._count(), 229)
        self.assertEqual(wizard.report.count("虚拟单位"), 0)
        names = self.env["yangguang.division"].search([("name", "=", "东寮村")])
        self.assertEqual(len(names.parent_id), 13)

    def test_again_changes_nothing(self):
        self._import(division_list()).action_apply()
        again = self._import(division_list())
        again.action_apply()
        self.assertTrue(again.report.startswith("0 new, 0 changed"))

    def test_renamed(self):
        self._import(division_list()).action_apply()
        rows = [list(row) for row in division_list()]
        rows[30][1] = "改名村"
        wizard = self._import(rows)
        wizard.action_apply()
        self.assertTrue(wizard.report.startswith("0 new, 1 changed"))

    def test_virtual_units_are_named(self):
        wizard = self._import(division_list())
        wizard.action_check()
        self.assertEqual(wizard.report.count("虚拟单位，不设公开单位"), 6)

    def test_errors_by_line_and_nothing_half_done(self):
        rows = [list(row) for row in division_list()]
        rows[40][0] = "98010110"
        rows[41][1] = ""
        rows[42][2] = "hamlet"
        wizard = self._import(rows)
        wizard.action_check()
        self.assertTrue(wizard.has_errors)
        for line in (42, 43, 44):
            self.assertIn(f"第{line}行", wizard.report)
        with self.assertRaisesRegex(UserError, "第42行"):
            wizard.action_apply()
        self.assertEqual(self._count(), 0)

    def test_only_the_district(self):
        for user in (self.clerk, self.town_officer, self.auditor):
            with self.assertRaises(AccessError):
                self._import(division_list(), user)

    def test_wizard_is_one_s_own(self):
        wizard = self._import(division_list())
        other = self._user("district_officer", "温如玉", self.district)
        with self.assertRaises(AccessError):
            wizard.with_user(other).read(["file"])


@tagged("post_install", "-at_install")
class TestRosterImport(CunwuCommon):
    def _form(self, rows, user=None):
        """The product's own empty form, filled with `rows`."""
        user = user or self.town_officer
        wizard = self.env["yangguang.roster.import"].with_user(user).create({"file": b"x"})
        wizard.action_form()
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(wizard.file)))
        sheet = book.active
        head = next(
            row for row in sheet.iter_rows() if (row[0].value or "").startswith(roster.NAME)
        )
        columns = {(cell.value or "").rstrip("*"): cell.column for cell in head}
        for line, row in enumerate(rows, start=head[0].row + 1):
            for name, value in row.items():
                sheet.cell(line, columns[name], value)
        buffer = io.BytesIO()
        book.save(buffer)
        wizard.file = base64.b64encode(buffer.getvalue())
        return wizard

    def _row(self, name="马小明", role="Resident cadre", **values):
        return {
            roster.NAME: name,
            roster.PHONE: "13900000001",
            roster.DIVISION_CODE: self.village.code,
            roster.ROLE: role,
            roster.DATE_FROM: "2026-01-01",
            **values,
        }

    def test_persons_and_offices(self):
        wizard = self._form([self._row()])
        wizard.action_check()
        self.assertFalse(wizard.has_errors, wizard.report)
        wizard.action_apply()
        person = self.env["res.partner"].search([("name", "=", "马小明")])
        self.assertRecordValues(person, [{"division_id": self.village.id}])
        self.assertEqual(person.appointment_ids.role, "resident_cadre")
        again = self._form([self._row()])
        again.action_apply()
        self.assertTrue(again.report.startswith("0 new"))

    def test_errors_by_line(self):
        wizard = self._form(
            [
                self._row(),
                self._row(**{roster.DATE_FROM: "soon"}),
                self._row(role="Emperor"),
                self._row(**{roster.DIVISION_CODE: "990101101999"}),
            ]
        )
        wizard.action_check()
        for line in (3, 4, 5):
            self.assertIn(f"第{line}行", wizard.report)
        self.assertFalse(self.env["res.partner"].search([("name", "=", "马小明")]))

    def test_second_clerk_is_refused(self):
        wizard = self._form([self._row(), self._row(role="Clerk")])
        refusal = "Line 3: A village has exactly one clerk at a time"
        refused = self.assertRaisesRegex(ValidationError, refusal)
        with mute_logger("odoo.sql_db"), refused, self.cr.savepoint():
            wizard.action_apply()
        self.assertFalse(self.env["res.partner"].search([("name", "=", "马小明")]))

    def test_not_for_another_town(self):
        wizard = self._form([self._row(**{roster.DIVISION_CODE: self.far_village.code})])
        with self.assertRaises(AccessError):
            wizard.action_apply()


@tagged("post_install", "-at_install")
class TestAccountWizard(CunwuCommon):
    def test_slips(self):
        person = self._person("马小明", self.village)
        person.phone = "139 0000 0001"
        wizard = (
            self.env["yangguang.account.issue"]
            .with_user(self.town_officer)
            .with_context(active_model="res.partner", active_ids=person.ids)
            .create({})
        )
        self.assertEqual(wizard.line_ids.login, "13900000001")
        wizard.action_issue()
        code = wizard.line_ids.code
        page = self.env["ir.qweb"]._render("yangguang_cunwu.account_slips", {"docs": wizard})
        self.assertIn(code, str(page))
        with self.assertRaisesRegex(UserError, "issued already"):
            wizard.action_issue()
        other = self._user("town_officer", "温如玉", self.town)
        with self.assertRaises(AccessError):
            wizard.line_ids.with_user(other).read(["code"])

    def test_person_without_phone(self):
        person = self._person("马小明", self.village)
        wizard = (
            self.env["yangguang.account.issue"]
            .with_user(self.town_officer)
            .create({"line_ids": [Command.create({"person_id": person.id})]})
        )
        with self.assertRaisesRegex(UserError, "no login"):
            wizard.action_issue()
