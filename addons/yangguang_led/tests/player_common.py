"""A web player that is paired, and what it says."""

import json
from datetime import timedelta

from odoo.tests import HttpCase

from odoo.addons.yangguang_cunwu.lib import clock

from .common import ScreenCommon


class PlayerCommon(ScreenCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.publication = self._published().publication_id
        self.screen = self._screen(name="网页屏", driver="web", address=False)
        self.screen._arrange()
        self.headers = self._pair(self.screen)

    def _begin(self):
        answer = self.url_open("/led/v1/pairing", data="{}", method="POST")
        self.assertEqual(answer.status_code, 200)
        return answer.json()

    def _enter(self, code, screen, user=None):
        """What the wizard answers."""
        wizards = self.env["yangguang.player.pair"].with_user(user or self.town_officer)
        return wizards.create({"screen_id": screen.id, "code": code}).action_confirm()

    def _pair(self, screen):
        """Pairs a player; gives the headers it calls with."""
        begun = self._begin()
        self.assertEqual(self._enter(begun["code"], screen)["type"], "ir.actions.act_window_close")
        return {"Authorization": f"Bearer {begun['token']}"}

    def _post(self, path, body, status=200, headers=None):
        data = body if isinstance(body, bytes) else json.dumps(body)
        answer = self.url_open(
            f"/led/v1/{path}", data=data, headers=headers or self.headers, method="POST"
        )
        self.assertEqual(answer.status_code, status, answer.text)
        self.assertNotIn("Set-Cookie", answer.headers)
        return answer.json()

    def _get(self, path, status=200, **headers):
        answer = self.url_open(f"/led/v1/{path}", headers={**self.headers, **headers})
        self.assertEqual(answer.status_code, status, answer.text[:300])
        return answer

    def _beat(self, status=200, **said):
        return self._post("heartbeat", {"waiting": 0, "alarms": [], **said}, status)

    def _player(self):
        return self.screen.player_id

    def _claim(self, sequence, hours_ago=1, seconds=600, plays=60, publication=None, **values):
        hour = clock.now().replace(minute=0, second=0) - timedelta(hours=hours_ago)
        return {
            "sequence": sequence,
            "serial": self.screen.programme_id.number,
            "publication": publication or self.publication.code,
            "hour": f"{hour:%Y-%m-%dT%H:00:00Z}",
            "seconds": seconds,
            "plays": plays,
            **values,
        }

    def _paired_long_ago(self):
        self._player().sudo().paired_on = clock.now() - timedelta(days=3)
