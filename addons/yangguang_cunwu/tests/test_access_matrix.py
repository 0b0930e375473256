"""Role × model × operation, generated from one table.

`OWN` says who may do what with a record of the village 东岸村 (临溪镇); `FAR` with one of a
village of another town. Whatever is not in a table is refused.
"""

from odoo.tests import tagged

from ..lib.roles import ROLES
from .matrix_common import (
    COMMITTEE,
    DISTRICT,
    DRAFTERS,
    EVERYBODY,
    INTERNAL,
    MANAGERS,
    STAFF,
    AccessMatrix,
)
from .question_common import QuestionCommon

CATALOGUE = "district_officer administrator"

# model -> operation -> who; "*" stands for read, write, create and unlink
OWN = {
    "yangguang.division": {
        "read": EVERYBODY,
        "write": CATALOGUE,
        "create": CATALOGUE,
        "unlink": "administrator",
    },
    "yangguang.department": {"read": EVERYBODY, "*": "administrator"},
    "yangguang.collective": {
        "read": STAFF,
        "write": "town_officer district_officer",
        "create": "town_officer district_officer",
    },
    "yangguang.relation": {"read": "town_officer district_officer auditor"}
    | dict.fromkeys(("write", "create", "unlink"), "town_officer district_officer"),
    "yangguang.appointment": {"read": f"{STAFF} administrator"}
    | dict.fromkeys(("write", "create", "unlink"), MANAGERS),
    "yangguang.account.event": {"read": "town_officer district_officer auditor"},
    "yangguang.edition": {"read": EVERYBODY, "*": CATALOGUE},
    "yangguang.category": {"read": EVERYBODY, "*": CATALOGUE},
    "yangguang.item": {"read": EVERYBODY, "*": CATALOGUE},
    "yangguang.template": {"read": f"{INTERNAL} {COMMITTEE} villager"},
    "yangguang.template.draft": {"*": CATALOGUE},
    "yangguang.template.draft.column": {"*": CATALOGUE},
    "yangguang.template.draft.header": {"*": CATALOGUE},
    "yangguang.template.draft.rule": {"*": CATALOGUE},
    "yangguang.template.draft.row": {"*": CATALOGUE},
    "yangguang.template.use": {"read": INTERNAL},
    "yangguang.cross.check": {"read": INTERNAL, "*": CATALOGUE},
    "yangguang.duty": {"read": f"{STAFF} department_officer"},
    "yangguang.disclosure": {
        "read": f"{STAFF} {COMMITTEE} department_officer",
        "write": DRAFTERS,
        "create": DRAFTERS,
        "unlink": DRAFTERS,
    },
    "yangguang.disclosure.event": {"read": f"{STAFF} {COMMITTEE} department_officer"},
    "yangguang.review": {"read": "town_officer auditor"},
    "yangguang.review.vote": {"read": "town_officer auditor supervisor_chair"},
    "yangguang.signature": {"read": STAFF},
    "yangguang.content.check": {"read": f"{STAFF} {COMMITTEE}"},
    "yangguang.exemption": {"read": f"{STAFF} {COMMITTEE}"},
    "yangguang.file": {"read": f"{STAFF} {COMMITTEE}"},
    "yangguang.notice": {"read": "supervisor_chair"},
    "yangguang.filing": {"read": STAFF},
    "yangguang.rendition": {"read": STAFF},
    "yangguang.publication": {"read": EVERYBODY},
    "yangguang.publication.event": {"read": EVERYBODY},
    "yangguang.public.page": {"read": EVERYBODY},
    "yangguang.display.day": {"read": EVERYBODY},
    "yangguang.public.file": {"read": EVERYBODY},
    "yangguang.resident": {"read": f"{DRAFTERS} town_officer", "*": DRAFTERS},
    "yangguang.question": {"read": STAFF},
    "yangguang.question.event": {"read": STAFF},
    "yangguang.question.picture": {"read": STAFF},
    "yangguang.question.asker": {"read": f"{DRAFTERS} town_officer"},
    "yangguang.question.counter": {},
    "yangguang.question.quota": {},
    "yangguang.public.question": {"read": EVERYBODY},
    "res.partner": {
        "read": f"{STAFF} administrator",
        "write": MANAGERS,
        "create": MANAGERS,
    },
    "res.users": {"read": f"{STAFF} administrator"},
}
# the same record seen from another town's side: these still reach it
FAR_READERS = {
    "yangguang.division": EVERYBODY,
    "yangguang.collective": DISTRICT,
    "yangguang.relation": "district_officer",
    "yangguang.appointment": f"{DISTRICT} administrator",
    "yangguang.account.event": "district_officer",
    "yangguang.duty": f"{DISTRICT} department_officer",
    "yangguang.disclosure": f"{DISTRICT} department_officer",
    "yangguang.disclosure.event": f"{DISTRICT} department_officer",
    "yangguang.review": "",
    "yangguang.review.vote": "supervisor_chair",  # his own
    "yangguang.signature": DISTRICT,
    "yangguang.content.check": DISTRICT,
    "yangguang.exemption": DISTRICT,
    "yangguang.file": DISTRICT,
    "yangguang.notice": "supervisor_chair",  # his own
    "yangguang.filing": DISTRICT,
    "yangguang.rendition": DISTRICT,
    "yangguang.resident": "",
    "yangguang.question": DISTRICT,
    "yangguang.question.event": DISTRICT,
    "yangguang.question.picture": DISTRICT,
    "yangguang.question.asker": "",
    "yangguang.public.question": EVERYBODY,
    "res.partner": f"{DISTRICT} administrator",
    "res.users": f"{DISTRICT} administrator",
}


@tagged("post_install", "-at_install")
class TestAccessMatrix(QuestionCommon, AccessMatrix):
    OWN = OWN
    FAR_READERS = FAR_READERS

    def _records(self):
        """A record of each model that belongs to 东岸村 and its committee's chair."""
        disclosure = self._published(
            self.relief_item,
            {
                "rows": [
                    {
                        "group": "第一组",
                        "head": "赵六",
                        "persons": "2",
                        "monthly": "900.00",
                        "since": "2025-01-01",
                        "status": self.relief_item.template_id._layout()
                        .column("status")
                        .options[0]
                        .value,
                    }
                ]
            },
            period_key="2026Q1",
        )
        publication = disclosure.publication_id
        villager = self._person("马小明", self.village)
        duty = self.env["yangguang.duty"].create(
            {
                "division_id": self.village.id,
                "item_id": self.relief_item.id,
                "period_key": "2026Q2",
                "due": "2026-07-20",
            }
        )
        search = self._search_of(disclosure)
        question = self._on_wall(pictures=[self._photo()])
        design = self.env["yangguang.template.draft"]._begin(self._item("CW11"))
        return {
            "yangguang.division": self.village,
            "yangguang.department": self.department,
            "yangguang.collective": self.env["yangguang.collective"].search(
                [("division_id", "=", self.village.id)]
            ),
            "yangguang.relation": self.env["yangguang.relation"].create(
                {
                    "person_id": villager.id,
                    "relative_id": self.clerk.partner_id.id,
                    "kind": "sibling",
                }
            ),
            "yangguang.appointment": self._appoint(
                villager, "resident_cadre", self.village, date_from="2099-01-01"
            ),
            "yangguang.account.event": self.env["yangguang.account.event"]._record(
                "issued", villager
            ),
            "yangguang.edition": self.edition,
            "yangguang.category": self.relief_item.category_id,
            "yangguang.item": self.relief_item,
            "yangguang.template": self.relief_item.template_id,
            "yangguang.template.use": self.env["yangguang.template.use"].create(
                {
                    "item_id": self.relief_item.id,
                    "template_id": self.relief_item.template_id.id,
                    "date_from": "2099-01-01",
                }
            ),
            "yangguang.template.draft": design,
            "yangguang.template.draft.column": design.column_ids[0],
            "yangguang.template.draft.header": design.header_ids[0],
            "yangguang.template.draft.rule": design.rule_ids[:1]
            or self.env["yangguang.template.draft.rule"].create(
                {"draft_id": design.id, "kind": "table", "expression": "1 == 1", "message": "x"}
            ),
            "yangguang.template.draft.row": design.fixed_row_ids[0],
            "yangguang.cross.check": self.env["yangguang.cross.check"].create(
                {
                    "edition_id": self.edition.id,
                    "code": "ZJ01",
                    "message": "x",
                    "left_item_id": self.receipts_item.id,
                    "left_key": "closing_balance",
                    "right_item_id": self._item("CW03").id,
                    "right_key": "closing",
                }
            ),
            "yangguang.duty": duty,
            "yangguang.disclosure": disclosure,
            "yangguang.disclosure.event": disclosure.event_ids[0],
            "yangguang.review": search("yangguang.review"),
            "yangguang.review.vote": self.env["yangguang.review.vote"].search(
                [("person_id", "=", self.chair.partner_id.id)], limit=1
            ),
            "yangguang.content.check": disclosure.content_check_ids,
            "yangguang.exemption": self.env["yangguang.exemption"].create(
                {
                    "disclosure_id": disclosure.id,
                    "division_id": self.village.id,
                    "key": "0",
                    "finding": "x",
                    "legal_basis": "x",
                    "kind": "asked",
                    "person_id": self.clerk.partner_id.id,
                    "person_name": "x",
                    "time": self.env.cr.now(),
                }
            ),
            "yangguang.signature": self.env["yangguang.signature"].create(
                {
                    "disclosure_id": disclosure.id,
                    "division_id": self.village.id,
                    "round": 9,
                    "person_id": self.secretary.partner_id.id,
                    "person_name": "x",
                    "method": "password",
                    "digest": "0",
                    "time": self.env.cr.now(),
                }
            ),
            "yangguang.notice": self.env["yangguang.notice"].search(
                [("person_id", "=", self.chair.partner_id.id)], limit=1
            ),
            "yangguang.filing": search("yangguang.filing"),
            "yangguang.rendition": self.env["yangguang.rendition"].search(
                [("publication_id", "=", publication.id)]
            ),
            "yangguang.publication": publication,
            "yangguang.publication.event": publication.event_ids,
            "yangguang.public.page": publication.page_ids,
            "yangguang.display.day": self.env["yangguang.display.day"].create(
                {
                    "publication_id": publication.id,
                    "division_id": self.village.id,
                    "day": "2026-03-05",
                    "screens": 1,
                    "seconds": 60,
                    "grade": "player",
                    "counts": True,
                }
            ),
            "yangguang.file": self.env["yangguang.file"].create(
                {
                    "disclosure_id": disclosure.id,
                    "division_id": self.village.id,
                    "name": "x.pdf",
                    "mimetype": "application/pdf",
                    "digest": "0",
                    "size": 1,
                    "content": "eA==",
                    "findings": "[]",
                }
            ),
            "yangguang.public.file": self.env["yangguang.public.file"].create(
                {
                    "publication_id": publication.id,
                    "number": 1,
                    "name": "x.pdf",
                    "mimetype": "application/pdf",
                    "digest": "0",
                    "content": "eA==",
                }
            ),
            "yangguang.resident": self.env["yangguang.resident"].create(
                {"division_id": self.village.id, "household": "1", "name": "马小明"}
            ),
            "yangguang.question": question,
            "yangguang.question.event": question.event_ids[0],
            "yangguang.question.picture": question.picture_ids,
            "yangguang.question.asker": question.asker_ids,
            "yangguang.question.counter": self.env["yangguang.question.counter"].search(
                [], limit=1
            ),
            "yangguang.question.quota": self.env["yangguang.question.quota"].create(
                {"subject": "x", "begins": self.env.cr.now(), "taken": 1}
            ),
            "yangguang.public.question": self._public(question),
            "res.partner": villager,
            "res.users": self._user("resident_cadre", "牛小红", self.village),
        }

    def _search_of(self, disclosure):
        return lambda model: self.env[model].search([("disclosure_id", "=", disclosure.id)])

    def test_every_role_is_in_the_table(self):
        self.assertLessEqual(set(ROLES), set(self.users))
        self.assertEqual(set(EVERYBODY.split()), set(self.users))

    def test_every_model_is_in_the_table(self):
        models = self._models_of("yangguang_cunwu")
        self.assertEqual(models - set(OWN), {"yangguang.chain"})

    def test_own_village(self):
        self._check_own_village(self._records())

    def test_village_of_another_town(self):
        self._check_another_town(self._records())
