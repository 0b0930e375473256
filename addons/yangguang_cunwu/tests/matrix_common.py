"""Role × model × operation: every role is tried on a record of the village 东岸村 (临溪镇).

An addon's own test has the tables; here is who the roles are and how they are tried.
"""

from odoo.tests import new_test_user

from ..lib.roles import ROLES
from .disclosure_common import DisclosureCommon

VILLAGE = "clerk deputy_clerk secretary director resident_cadre"
COMMITTEE = "supervisor_chair supervisor"
TOWN = "town_officer town_accountant auditor"
DISTRICT = "district_officer inspector"
STAFF = f"{VILLAGE} {TOWN} {DISTRICT}"
INTERNAL = f"{STAFF} department_officer administrator"
EVERYBODY = f"{INTERNAL} {COMMITTEE} villager public"
DRAFTERS = "clerk deputy_clerk"
MANAGERS = "town_officer district_officer administrator"
OPERATIONS = ("read", "write", "create", "unlink")


class AccessMatrix(DisclosureCommon):
    """`OWN`: model -> operation -> who may do it with a record of the village; "*" stands for the
    operations that are not named. `FAR_READERS`: who still reads the same record from another
    town's side. Whatever is not in a table is refused."""

    OWN = {}
    FAR_READERS = {}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            "clerk": cls.clerk,
            "deputy_clerk": cls.deputy,
            "secretary": cls.secretary,
            "director": cls.director,
            "supervisor_chair": cls.chair,
            "supervisor": cls.supervisor,
            "resident_cadre": cls.cadre,
            "town_officer": cls.town_officer,
            "town_accountant": cls.accountant,
            "district_officer": cls.district_officer,
            "department_officer": cls.department_officer,
            "inspector": cls.inspector,
            "auditor": cls.auditor,
            "administrator": new_test_user(
                cls.env, "it-office", "yangguang_cunwu.group_administrator"
            ),
            "villager": new_test_user(cls.env, "villager", "base.group_portal"),
            "public": cls.env.ref("base.public_user"),
        }
        # the department guides the items used here
        cls.relief_item.department_ids |= cls.department

    def _models_of(self, addon):
        """The names of the tables that `addon` brings."""
        return {
            name
            for name, model in self.env.items()
            if name.startswith("yangguang.")
            and not model._abstract
            and not model._transient
            and model._original_module == addon
        }

    def _check_own_village(self, records):
        """Tries every role on its own village's `records`, `{model: record}`."""
        for model, record in records.items():
            self.assertTrue(record, model)
            for operation in OPERATIONS:
                allowed = self.OWN[model].get(operation, self.OWN[model].get("*", "")).split()
                for name, user in self.users.items():
                    self._check(record, operation, name, user, name in allowed)

    def _check(self, record, operation, name, user, allowed):
        with self.subTest(model=record._name, operation=operation, user=name):
            self.assertEqual(record.with_user(user).has_access(operation), allowed)

    def _check_another_town(self, records):
        """All users move to the other town and look at the same records."""
        far = {
            key: user
            for key, user in self.users.items()
            if key in ROLES and ROLES[key].levels != frozenset({1})
        }
        empty_village = self.env["yangguang.division"].create(
            {
                "name": "北坑村",
                "code": "990101102202",
                "kind": "village",
                "parent_id": self.other_town.id,
            }
        )
        places = {self.village: empty_village, self.town: self.other_town}
        for appointment in self.env["yangguang.appointment"].search(
            [("person_id", "in", [user.partner_id.id for user in far.values()])]
        ):
            self.cr.execute(
                "UPDATE yangguang_appointment SET division_id = %s WHERE id = %s",
                [places.get(appointment.division_id, appointment.division_id).id, appointment.id],
            )
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        for model, readers in self.FAR_READERS.items():
            for name, user in self.users.items():
                self._check(records[model], "read", name, user, name in readers.split())
                if name in far:
                    for operation in ("write", "unlink"):
                        self._check(records[model], operation, name, user, False)
