"""Role × model × operation for screens; whatever is not in the table is refused."""

from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.yangguang_cunwu.lib import clock
from odoo.addons.yangguang_cunwu.tests.matrix_common import DISTRICT, STAFF, AccessMatrix

from .common import ScreenCommon

OFFICERS = "town_officer district_officer"
UPKEEP = f"{OFFICERS} administrator"
NOBODY = ""

OWN = {
    "yangguang.screen": {
        "read": f"{STAFF} administrator",
        "write": UPKEEP,
        "create": UPKEEP,
    },
    "yangguang.screen.group": {
        "read": STAFF,
        "*": OFFICERS,
    },
    "yangguang.screen.brightness": {"read": f"{STAFF} administrator", "*": UPKEEP},
    "yangguang.screen.daypart": {"read": f"{STAFF} administrator", "*": UPKEEP},
    "yangguang.screen.contact": {"read": f"{STAFF} administrator"},
    "yangguang.screen.task": {"read": f"{STAFF} administrator"},
    "yangguang.programme": {"read": STAFF},
    "yangguang.screen.message": {"read": STAFF, "create": OFFICERS},
    "yangguang.screen.decision": {"read": STAFF},
    "yangguang.screen.recall": {"read": STAFF},
    "yangguang.driver.trial": {
        "read": f"{STAFF} department_officer administrator",
        "create": UPKEEP,
    },
    "yangguang.screen.ticket": {"read": STAFF, "write": OFFICERS, "create": STAFF},
    "yangguang.screen.showing": {"read": STAFF},
    "yangguang.display.proof": {"read": STAFF},
    "yangguang.player": {"read": f"{STAFF} administrator"},
    "yangguang.player.alarm": {"read": f"{STAFF} administrator"},
    "yangguang.screen.shot": {"read": STAFF},
    "yangguang.agent": {
        "read": f"{STAFF} administrator",
        "write": UPKEEP,
        "create": UPKEEP,
    },
    "yangguang.picture": {"read": NOBODY},
    "yangguang.rendering": {"read": NOBODY},
    "yangguang.manifest.key": {"read": NOBODY},
    "yangguang.player.pairing": {"read": NOBODY},
    "yangguang.player.attempt": {"read": NOBODY},
}
FAR_READERS = {
    "yangguang.screen": f"{DISTRICT} administrator",
    "yangguang.screen.group": DISTRICT,
    "yangguang.screen.brightness": f"{DISTRICT} administrator",
    "yangguang.screen.contact": f"{DISTRICT} administrator",
    "yangguang.screen.task": f"{DISTRICT} administrator",
    "yangguang.programme": DISTRICT,
    "yangguang.screen.message": DISTRICT,
    "yangguang.screen.decision": DISTRICT,
    "yangguang.screen.recall": DISTRICT,
    "yangguang.screen.ticket": DISTRICT,
    "yangguang.screen.showing": DISTRICT,
    "yangguang.display.proof": DISTRICT,
    "yangguang.player": f"{DISTRICT} administrator",
    "yangguang.screen.shot": DISTRICT,
    "yangguang.agent": f"{DISTRICT} administrator",
}


@tagged("post_install", "-at_install")
class TestScreenAccess(AccessMatrix, ScreenCommon):
    OWN = OWN
    FAR_READERS = FAR_READERS

    def _records(self):
        """A record of each model that belongs to 东岸村."""
        screen = self._screen(driver="web")
        publication = self._published(self.notice_item).publication_id
        screen._arrange()
        now, person = clock.now(), self.town_officer.partner_id.id
        of_screen = {"screen_id": screen.id}
        message = (
            self.env["yangguang.screen.message"]
            .with_user(self.town_officer)
            .create(
                {
                    "title": "停水通知",
                    "text": "明日上午停水。",
                    "division_id": self.village.id,
                    "ends": now + timedelta(hours=6),
                }
            )
        ).sudo()
        player = self.env["yangguang.player"].create(
            {
                **of_screen,
                "token_digest": "0",
                "paired_on": now,
                "paired_by_id": self.town_officer.id,
            }
        )
        values = {
            "yangguang.screen.group": {"name": "集市", "division_id": self.village.id},
            "yangguang.screen.brightness": {**of_screen, "hour": 6, "percent": 80},
            "yangguang.screen.daypart": {**of_screen, "hour": 18},
            "yangguang.screen.task": {**of_screen, "kind": "power", "wanted": "on"},
            "yangguang.screen.decision": {
                "message_id": message.id,
                "kind": "refused",
                "person_id": person,
                "time": now,
            },
            "yangguang.screen.recall": {
                "publication_id": publication.id,
                "division_id": self.village.id,
                "kind": "recalled",
                "reason": "x",
                "person_id": person,
                "time": now,
            },
            "yangguang.agent": {"name": "办公室小主机", "division_id": self.village.id},
            "yangguang.driver.trial": {"driver": "onbon_k", "model": "BX-5K1"},
            "yangguang.screen.ticket": {**of_screen, "kind": "other"},
            "yangguang.screen.showing": {
                **of_screen,
                "grade": "device",
                "digest": "0",
                "begins": now,
                "ends": now,
                "counted": now,
                "lap": 500,
                "shares": [[publication.id, 500, 1]],
            },
            "yangguang.display.proof": {
                **of_screen,
                "publication_id": publication.id,
                "day": clock.today(),
                "grade": "player",
                "seconds": 60,
                "plays": 1,
                "hours": [0] * 24,
            },
            "yangguang.player.alarm": {
                **of_screen,
                "player_id": player.id,
                "kind": "proof",
                "time": now,
            },
            "yangguang.screen.shot": {
                **of_screen,
                "time": now,
                "picture": "eA==",
                "digest": "0",
            },
            "yangguang.player.pairing": {
                "code_hash": "0",
                "token_digest": "0",
                "address_hash": "0",
                "time": now,
            },
            "yangguang.player.attempt": {"user_id": self.town_officer.id, "time": now},
        }
        return {
            "yangguang.screen": screen,
            "yangguang.screen.contact": screen.contact_ids,
            "yangguang.programme": screen.programme_id,
            "yangguang.screen.message": message,
            "yangguang.player": player,
            "yangguang.picture": self.env["yangguang.picture"].search([], limit=1),
            "yangguang.rendering": self.env["yangguang.rendering"].search([], limit=1),
            "yangguang.manifest.key": self.env["yangguang.manifest.key"].search([], limit=1)
            or self.env["yangguang.manifest.key"].create({"public": "x", "private": "x"}),
            **{model: self.env[model].create(row) for model, row in values.items()},
        }

    def test_every_model_is_in_the_table(self):
        self.assertEqual(self._models_of("yangguang_led"), set(OWN))

    def test_own_village(self):
        self._check_own_village(self._records())

    def test_village_of_another_town(self):
        self._check_another_town(self._records())
