from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CunwuCommon


@tagged("post_install", "-at_install")
class TestDivision(CunwuCommon):
    def _create(self, **values):
        return self.env["yangguang.division"].create(
            {"name": "新村", "kind": "village", "parent_id": self.town.id, **values}
        )

    def test_same_name_in_two_towns(self):
        self.assertEqual(self.village.name, self.far_village.name)
        self.assertNotEqual(self.village.display_name, self.far_village.display_name)

    def test_code_taken(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._create(code=self.village.code)

    def test_code_shape(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._create(code="99010110120X")

    def test_code_below_another_town(self):
        with self.assertRaisesRegex(ValidationError, "does not belong below"):
            self._create(code="990101102209")

    def test_level_skipped(self):
        with self.assertRaisesRegex(ValidationError, "directly below"):
            self._create(code="990101101209", parent_id=self.district.id)

    def test_group_code(self):
        group = self._create(code="990101101201-01", kind="group", parent_id=self.village.id)
        self.assertEqual(group._ancestor(2), self.town)
        with self.assertRaisesRegex(ValidationError, "groups"):
            self._create(code="990101101203", kind="group", parent_id=self.village.id)
        with self.assertRaisesRegex(ValidationError, "groups"):
            self._create(code="990101101201-02")

    def test_only_a_district_has_no_parent(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._create(code="990101101209", parent_id=False)

    def test_found_by_code(self):
        found = self.env["yangguang.division"].name_search("990101102201")
        self.assertEqual([id_ for id_, _name in found], self.far_village.ids)
