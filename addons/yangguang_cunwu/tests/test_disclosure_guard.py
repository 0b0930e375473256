"""Every path past the steps is closed: write, create, import, mass edit, context, defaults."""

from psycopg2 import Error

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..models.yangguang_disclosure import STEP_DEFAULTS
from .common import PASSWORD
from .disclosure_common import DisclosureCommon

HOSTILE = {
    "default_state": "published",
    "default_round": 3,
    "skip_checks": True,
    "install_mode": True,
    "tracking_disable": True,
    "import_file": True,
}


@tagged("post_install", "-at_install")
class TestDisclosureGuard(DisclosureCommon, HttpCase):
    def _values(self, **values):
        return {"division_id": self.village.id, "item_id": self.notice_item.id, **values}

    def _hostile_values(self):
        publication = self._published(period_key="2025-12").publication_id
        return {
            "state": "published",
            "content": '{"text": "x"}',
            "revision": 7,
            "round": 2,
            "content_digest": "0" * 64,
            "template_id": self.receipts_item.template_id.id,
            "drafter_ids": [Command.clear()],
            "unread": '[[0, "date", "x"]]',
            "last_event_id": publication._disclosure().last_event_id.id,
            "publication_id": publication.id,
            "published_first": True,
            "ratify_until": "2030-01-01 00:00:00",
        }

    def test_write_and_create(self):
        hostile = self._hostile_values()
        self.assertEqual(set(hostile), set(STEP_DEFAULTS))
        disclosure = self._draft(self.notice_item)
        model = disclosure.with_context(**HOSTILE)
        for name, value in hostile.items():
            with self.subTest(field=name):
                with self.assertRaises(AccessError):
                    model.write({name: value})
                with self.assertRaises(AccessError):
                    model.create(self._values(**{name: value}))

    def test_beginning_does_not_change(self):
        disclosure = self._draft(self.notice_item)
        for values in (
            {"period_key": "2020-01"},
            {"item_id": self.emergency_item.id},
            {"carried_over": True},
            {"division_id": self.sister_village.id},
        ):
            with self.assertRaises(UserError):
                disclosure.write(values)

    def test_import(self):
        result = (
            self.env["yangguang.disclosure"]
            .with_user(self.clerk)
            .with_context(**HOSTILE)
            .load(
                ["division_id/.id", "item_id/.id", "state"],
                [[str(self.village.id), str(self.notice_item.id), "published"]],
            )
        )
        self.assertFalse(result["ids"])
        self.assertTrue(result["messages"])

    def test_context_defaults(self):
        with self.assertRaises(AccessError):
            self.env["yangguang.disclosure"].with_user(self.clerk).with_context(**HOSTILE).create(
                self._values()
            )

    def test_personal_defaults(self):
        defaults = self.env["ir.default"].with_user(self.clerk)
        for name, value in (("state", "published"), ("round", 4), ("revision", 9)):
            defaults.set("yangguang.disclosure", name, value, user_id=True)
        disclosure = self.env["yangguang.disclosure"].with_user(self.clerk).create(self._values())
        self.assertRecordValues(disclosure, [{"state": "draft", "round": 0, "revision": 0}])

    def test_one2many_commands(self):
        disclosure = self._submitted(self.notice_item)
        event = {
            "disclosure_id": disclosure.id,
            "position": 2,
            "kind": "agree",
            "state_before": "review",
            "state_after": "agreed",
            "round": 1,
            "date": "2026-01-01",
            "sealed": "{}",
            "previous": "0" * 64,
            "link": "1" * 64,
        }
        with self.assertRaises(AccessError):
            disclosure.write({"event_ids": [Command.create(event)]})
        with self.assertRaises(AccessError):
            disclosure.write({"event_ids": [Command.clear()]})
        with self.assertRaises(AccessError):
            self.env["yangguang.disclosure.event"].with_user(self.clerk).create(event)

    def test_copy(self):
        copied = self._published(period_key="2026-01").copy({"period_key": "2026-02"})
        self.assertRecordValues(
            copied,
            [{"state": "draft", "round": 0, "revision": 0, "content": "{}", "event_ids": []}],
        )
        self.assertFalse(copied.publication_id)

    def test_through_remote_calls(self):
        disclosure = self._submitted(self.notice_item)
        self.authenticate(self.clerk.login, PASSWORD)
        calls = [
            ("write", [[disclosure.id], {"state": "agreed"}]),
            ("web_save", [[disclosure.id], {"state": "agreed"}, {}]),
            ("action_publish", [[disclosure.id]]),
            ("action_vote", [[disclosure.id], True]),
            ("_finish_step", [[disclosure.id], "agree"]),
            ("_close_review", [[disclosure.id], True]),
            ("action_sign", [[disclosure.id], PASSWORD, {}]),
            ("unlink", [[disclosure.id]]),
        ]
        for method, arguments in calls:
            with self.subTest(method=method), mute_logger("odoo.http"):
                answer = self.url_open(
                    "/web/dataset/call_kw",
                    json={
                        "params": {
                            "model": "yangguang.disclosure",
                            "method": method,
                            "args": arguments,
                            "kwargs": {"context": HOSTILE},
                        }
                    },
                ).json()
                self.assertIn("error", answer)
        self.assertEqual(disclosure.state, "review")

    def test_database_refuses_below_the_program(self):
        disclosure = self._submitted(self.notice_item)
        self.env.flush_all()
        for statement in (
            "UPDATE yangguang_disclosure SET state = 'agreed' WHERE id = %s",
            "UPDATE yangguang_disclosure SET state = 'published' WHERE id = %s",
            "UPDATE yangguang_disclosure SET content = '{}' WHERE id = %s",
            "UPDATE yangguang_disclosure SET division_id = 0 WHERE id = %s",
        ):
            with self.assertRaises(Error), mute_logger("odoo.sql_db"), self.cr.savepoint():
                self.cr.execute(statement, [disclosure.id])

    def test_nothing_is_back_dated(self):
        disclosure = self._submitted(self.notice_item)
        self.env.flush_all()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(Error, "back-dated"),
            self.cr.savepoint(),
        ):
            self.cr.execute(
                """
                INSERT INTO yangguang_disclosure_event (disclosure_id, position, kind,
                    state_before, state_after, round, date, time, sealed, previous, link)
                VALUES (%s, 2, 'reopen', 'signed', 'draft', 1, '2025-01-01',
                    '2025-01-01 00:00:00', '{}', 'x', 'y')
                """,
                [disclosure.id],
            )
