"""What the server believes of what a web player says it showed."""

import io
from datetime import UTC, timedelta

from PIL import Image

from odoo.tests import tagged

from odoo.addons.yangguang_cunwu.lib import clock

from .player_common import PlayerCommon


@tagged("post_install", "-at_install")
class TestPlayerProof(PlayerCommon):
    def setUp(self):
        super().setUp()
        self._paired_long_ago()

    def _prove(self, *claims):
        return self._post("proofs", {"rows": list(claims)})["acknowledged"]

    def _rows(self):
        proofs = self.env["yangguang.display.proof"].search([("screen_id", "=", self.screen.id)])
        proofs.invalidate_recordset()
        return proofs

    def test_every_number_counts_once(self):
        first = [self._claim(1, 2, 600, 60), self._claim(2, 1, 300, 30)]
        self.assertEqual(self._prove(*first), 2)
        self.assertEqual(self._prove(*first), 2)
        self.assertEqual(self._prove(*first, self._claim(3, 1, 30, 3)), 3)
        self.assertEqual(sum(self._rows().mapped("seconds")), 930)
        self.assertEqual(sum(self._rows().mapped("plays")), 93)
        self.assertEqual(sum(map(sum, self._rows().mapped("hours"))), 930)

    def test_one_row_a_day(self):
        hour = clock.to_local(clock.now()).replace(minute=0, second=0) - timedelta(days=1)
        morning = hour.replace(hour=9).astimezone(UTC).replace(tzinfo=None)
        claims = [
            self._claim(n, seconds=n * 100, hour=f"{moment:%Y-%m-%dT%H:00:00Z}")
            for n, moment in enumerate([morning, morning, morning + timedelta(hours=14)], 1)
        ]
        self._prove(*claims)
        self.assertRecordValues(
            self._rows(),
            [
                {
                    "day": hour.date(),
                    "grade": "player",
                    "publication_id": self.publication.id,
                    "seconds": 600,
                    "plays": 180,
                }
            ],
        )
        hours = self._rows().hours
        self.assertEqual((hours[9], hours[23], sum(hours)), (300, 300, 600))

    def test_what_cannot_be_true_is_an_alarm(self):
        other = self._published(self.notice_item).publication_id
        self.assertEqual(
            self._prove(
                self._claim(1, publication=other.code),
                self._claim(2, serial=77),
                self._claim(3, hours_ago=-1),
                self._claim(4, hours_ago=24 * 4),
                self._claim(5, seconds=3700),
                self._claim(6, plays=601),
            ),
            6,
        )
        self.assertFalse(self._rows())
        self.assertEqual(
            [alarm.detail.split()[0] for alarm in self.screen.alarm_ids.sorted("id")],
            ["unknown", "unknown", "future", "old", "overlap", "plays"],
        )
        # an hour has 3600 seconds over several messages, too
        self._prove(self._claim(7, seconds=3000))
        self._prove(self._claim(8, seconds=1000))
        self.assertEqual(sum(self._rows().mapped("seconds")), 3000)

    def test_a_message_costs_the_same_for_many_claims(self):
        claims = [self._claim(n, hours_ago=n % 20 + 1, seconds=10, plays=1) for n in range(1, 51)]
        self._prove(self._claim(1, seconds=10, plays=1))
        self._player().sudo().sequence = 0
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            self._prove(*claims)

    def test_grades_are_apart(self):
        now = clock.to_local(clock.now())
        showing = [(self.screen.id, self.publication.id, now, 5, 1)]
        for grade in ("device", "sent", "device"):
            self.env["yangguang.display.proof"]._count(grade, showing)
        self.assertEqual(
            self._rows().sorted("grade").mapped(lambda one: (one.grade, one.seconds)),
            [("device", 10), ("sent", 5)],
        )

    def test_a_picture_of_the_page_is_a_proof(self):
        content = self.screen.programme_id._content()
        page = content["entries"][self.publication.code]["pages"][0]["digest"]
        picture = self.env["yangguang.picture"].search([("digest", "=", page)])._bytes()
        self._post(f"screenshot?page={page}", picture, 429)
        self.screen.with_user(self.clerk).action_ask_shot()
        self.env.flush_all()
        self.assertTrue(self._beat()["screenshot"])
        self._post(f"screenshot?page={page}", b"no picture", 400)
        self._post(f"screenshot?page={page}", picture)
        self.assertFalse(self._beat()["screenshot"])
        shot = self.screen.shot_ids
        self.assertEqual(shot.publication_id, self.publication)
        self.assertEqual(self._rows().mapped("grade"), ["screenshot"])
        # another picture is kept, and proves nothing
        self.screen.action_ask_shot()
        self.env.flush_all()
        buffer = io.BytesIO()
        Image.new("RGB", (192, 64), "blue").save(buffer, "PNG")
        self._post(f"screenshot?page={page}", buffer.getvalue())
        self.assertEqual(self._rows().plays, 1)

    def test_the_last_pictures_are_kept(self):
        buffer = io.BytesIO()
        Image.new("RGB", (8, 8)).save(buffer, "PNG")
        for _number in range(25):
            self.env["yangguang.screen.shot"]._keep(self.screen.id, buffer.getvalue())
        self.assertEqual(len(self.screen.shot_ids), 20)
