"""One small district for all tests: two towns, three villages, a person for each office."""

from odoo.tests import TransactionCase, new_test_user

PASSWORD = "Correct-horse-7"


class CunwuCommon(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls._make_divisions()
        cls._make_people()

    @classmethod
    def _make_divisions(cls):
        def division(name, code, kind, parent=None):
            return cls.env["yangguang.division"].create(
                {
                    "name": name,
                    "code": code,
                    "kind": kind,
                    "parent_id": parent and parent.id,
                    "discloses_from": "2025-01-01",
                }
            )

        cls.district = division("青禾区", "990101000000", "district")
        cls.town = division("临溪镇", "990101101000", "town", cls.district)
        cls.other_town = division("望山镇", "990101102000", "town", cls.district)
        cls.village = division("东岸村", "990101101201", "village", cls.town)
        cls.sister_village = division("西岸村", "990101101202", "village", cls.town)
        cls.far_village = division("东岸村", "990101102201", "village", cls.other_town)

    @classmethod
    def _make_people(cls):
        cls.clerk = cls._user("clerk", "陈小芳", cls.village)
        cls.deputy = cls._user("deputy_clerk", "林志强", cls.village)
        cls.secretary = cls._user("secretary", "郑国平", cls.village)
        cls.director = cls._user("director", "黄建军", cls.village)
        cls.chair = cls._user("supervisor_chair", "吴桂兰", cls.village)
        cls.supervisor = cls._user("supervisor", "许文彬", cls.village)
        cls.third_supervisor = cls._user("supervisor", "蔡木生", cls.village)
        cls.cadre = cls._user("resident_cadre", "杨晓东", cls.village, home=cls.town)
        cls.town_officer = cls._user("town_officer", "谢丽华", cls.town)
        cls.accountant = cls._user("town_accountant", "罗秀英", cls.town)
        cls.district_officer = cls._user("district_officer", "方明", cls.district)
        cls.inspector = cls._user("inspector", "高远", cls.district)
        cls.auditor = cls._user("auditor", "沈静", cls.town)
        cls.far_clerk = cls._user("clerk", "庄雅琴", cls.far_village)
        cls.department = cls.env["yangguang.department"].search([], limit=1) or cls.env[
            "yangguang.department"
        ].create({"name": "区民政局", "code": "MZJ"})
        cls.department_officer = cls._user(
            "department_officer", "江涛", cls.district, department_id=cls.department.id
        )

    @classmethod
    def _person(cls, name, division):
        return cls.env["res.partner"].create({"name": name, "division_id": division.id})

    @classmethod
    def _appoint(cls, person, role, division, date_from="2024-01-01", **values):
        return cls.env["yangguang.appointment"].create(
            {
                "person_id": person.id,
                "division_id": division.id,
                "role": role,
                "date_from": date_from,
                **values,
            }
        )

    @classmethod
    def _user(cls, role, name, division, home=None, login=None, **appointment):
        """A user whose person holds `role` in `division`; the groups follow from it."""
        person = cls._person(name, home or division)
        user = new_test_user(
            cls.env,
            login or f"{role}_{division.code}_{person.id}",
            groups="base.group_portal",
            password=PASSWORD,
            name=name,
            partner_id=person.id,
            lang="en_US",
            tz="Asia/Shanghai",
        )
        cls._appoint(person, role, division, **appointment)
        return user
