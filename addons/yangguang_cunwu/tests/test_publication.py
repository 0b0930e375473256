import itertools

from psycopg2 import Error

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..lib import canonical
from .disclosure_common import NOTHING, PARTY_POINTS, DisclosureCommon

FROZEN = (
    "yangguang_publication",
    "yangguang_publication_event",
    "yangguang_public_page",
    "yangguang_rendition",
    "yangguang_disclosure_event",
    "yangguang_review_vote",
    "yangguang_signature",
    "yangguang_content_check",
    "yangguang_account_event",
)


class PublicationCommon(DisclosureCommon):
    def _relief(self, **values):
        """A published list of households in need; its names are masked on the open web."""
        status = self.relief_item.template_id._layout().column("status").options[0].value
        row = {
            "group": "第一组",
            "head": "赵大明",
            "id_no": "110101199003077758",
            "persons": "2",
            "monthly": "900.00",
            "since": "2025-01-01",
            "status": status,
        }
        return self._published(
            self.relief_item, {"rows": [row]}, **{"period_key": "2026Q1", **values}
        )


@tagged("post_install", "-at_install")
class TestPublication(PublicationCommon):
    def test_masked_page_and_full_rendition(self):
        publication = self._relief().publication_id
        page = publication.page_ids
        rendition = self.env["yangguang.rendition"].search(
            [("publication_id", "=", publication.id)]
        )
        self.assertNotIn("赵大明", page.content)
        self.assertIn("赵**", page.content)
        self.assertEqual(rendition.audience, "village")
        self.assertIn("赵大明", rendition.content)
        self.assertNotIn("赵大明", publication.envelope)
        self.assertNotIn("大明", page.terms)

    def test_internal_columns_never_leave(self):
        publication = self._relief().publication_id
        rendition = self.env["yangguang.rendition"].search(
            [("publication_id", "=", publication.id)]
        )
        for content in (publication.page_ids.content, rendition.content):
            self.assertNotIn("id_no", content)
            self.assertNotIn("身份证", content)

    def test_names_cannot_be_guessed_from_digests(self):
        """All that is public of a masked list, tried against every likely name."""
        publication = self._relief().publication_id
        page = canonical.parse(publication.page_ids.content.encode())
        published = set(canonical.parse(publication.envelope.encode())["digests"].values())
        full = canonical.parse(
            self.env["yangguang.rendition"]
            .search([("publication_id", "=", publication.id)])
            .content.encode()
        )
        salt = full.pop("salt")
        self.assertEqual(len(salt), 32)
        names = ["赵" + "".join(given) for given in itertools.product("大小明红国", repeat=2)]
        self.assertIn("赵大明", names)
        matching = 0
        for name in names:
            for audience in (page["audience"], full["audience"]):
                guess = {**full, "audience": audience, "rows": [list(full["rows"][0])]}
                guess["rows"][0][1] = name
                if name == "赵大明" and audience == full["audience"]:
                    self.assertEqual(guess, full)
                matching += canonical.digest(canonical.canonical(guess)) in published
        self.assertEqual(matching, 0)
        # the guess is the right one: with the salt, which is not public, it fits
        self.assertIn(canonical.digest(canonical.canonical({**full, "salt": salt})), published)

    def test_phones_cannot_be_guessed_from_digests(self):
        """Every phone that fits the mask, in each form in which the sheet was ever digested."""
        phone = "13800001234"
        row = {
            "role": "head",
            "group": "第一村民小组",
            "name": "王五",
            "gender": "m",
            "households": "42",
            "term_end": "2029-03-09",
            "phone": phone,
        }
        disclosure = self._published(
            self._item("GK04"), {"rows": [row]}, event_date=fields.Date.to_date("2026-02-10")
        )
        publication = disclosure.publication_id
        masked = publication.page_ids.content
        self.assertEqual(masked.count("138****1234"), 1)
        self.assertNotIn(phone, masked + publication.envelope + publication.page_ids.terms)
        digests = {
            *canonical.parse(publication.envelope.encode())["digests"].values(),
            publication.page_ids.digest,
            publication.link,
        }
        forms = [
            masked.replace("138****1234", "%s").encode(),
            disclosure.content.replace(phone, "%s").encode(),
        ]
        for form in forms:
            self.assertEqual(form.count(b"%s"), 1)
            guesses = (b"138%04d1234" % middle for middle in range(10_000))
            tried = {canonical.digest(form.replace(b"%s", guess)) for guess in guesses}
            self.assertEqual(len(tried), 10_000)
            self.assertFalse(tried & digests)
        # the trial is a fair one: with the mask in place it is the very page
        self.assertIn(canonical.digest(forms[0].replace(b"%s", b"138****1234")), digests)

    def test_party_item_has_no_page(self):
        document = {
            "rows": [
                {
                    "name": "赵六",
                    "gender": "f",
                    "stage": "target",
                    "stage_date": "2025-11-20",
                    "sponsors": "张三、李四",
                    "pub_start": "2025-11-21",
                    "pub_end": "2025-11-28",
                }
            ]
        }
        disclosure = self._draft(self.party_item, document)
        disclosure.action_submit(PARTY_POINTS)
        for user in (self.chair, self.supervisor):
            disclosure.with_user(user).action_vote(True)
        self._sign(disclosure)
        publication = disclosure.action_publish()
        self.assertFalse(publication.page_ids)
        public = self.env["yangguang.publication"].with_user(self.env.ref("base.public_user"))
        self.assertFalse(public.search([("id", "=", publication.id)]))

    def test_chain_of_a_village(self):
        first = self._published(period_key="2026-01").publication_id
        second = self._published(period_key="2026-02").publication_id
        self.assertEqual((first.position, second.position), (1, 2))
        self.assertEqual(second.previous, first.link)
        self.assertEqual(first._verify_all(), [])

    def test_tampering_is_found(self):
        publication = self._relief().publication_id
        self.env.flush_all()
        for table, column, reported in (
            ("yangguang_publication", "envelope", "broken at position 1"),
            ("yangguang_public_page", "content", "public of"),
            ("yangguang_rendition", "content", "village of"),
        ):
            with self.subTest(table=table), self.cr.savepoint() as savepoint:
                self.cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
                self.cr.execute(
                    f"UPDATE {table} SET {column} = replace({column}, '东岸村', '西岸村')"
                )
                self.env.invalidate_all()
                self.assertIn(reported, "\n".join(publication._verify_all()))
                savepoint.rollback()
                self.env.invalidate_all()
        self.assertEqual(publication._verify_all(), [])

    def test_cut_end_is_found(self):
        publication = self._relief().publication_id
        self.cr.execute(
            "UPDATE yangguang_chain SET position = 2 WHERE division_id = %s", [self.village.id]
        )
        self.env.invalidate_all()
        self.assertIn("missing after position 1", "\n".join(publication._verify_all()))

    def test_frozen_tables(self):
        self._relief()
        self.env["yangguang.account.event"]._record("issued", self.clerk.partner_id)
        self.env.flush_all()
        for table in FROZEN:
            for statement in (
                f"UPDATE {table} SET id = id",
                f"DELETE FROM {table}",
                f"TRUNCATE {table} CASCADE",
            ):
                with (
                    self.subTest(statement=statement),
                    mute_logger("odoo.sql_db"),
                    self.assertRaises(Error),
                    self.cr.savepoint(),
                ):
                    self.cr.execute(statement)

    def test_not_removed_by_the_program(self):
        publication = self._relief().publication_id
        with self.assertRaisesRegex(UserError, "stays"):
            publication.sudo().unlink()
        module = self.env["ir.module.module"].search([("name", "=", "yangguang_cunwu")])
        for uninstall in (module.button_uninstall, module.module_uninstall):
            with self.assertRaisesRegex(UserError, "Publications exist"):
                uninstall()

    def test_correction_walks_the_whole_way(self):
        wrong = self._published().publication_id
        with self.assertRaises(Error), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self._draft(corrects_id=wrong.id)
        right = self._published(
            document=NOTHING, corrects_id=wrong.id, correction_reason="金额录入有误"
        ).publication_id
        self.assertEqual(wrong.state, "superseded")
        event = wrong.event_ids[-1]
        self.assertEqual((event.note, event.successor_id), ("金额录入有误", right))
        self.assertEqual(right.corrects_id, wrong)
        self.assertTrue(wrong.page_ids)

    def test_correction_of_another_item(self):
        publication = self._published().publication_id
        with self.assertRaisesRegex(UserError, "same item"):
            self._draft(self.notice_item, corrects_id=publication.id, correction_reason="x")

    def test_withdrawal(self):
        publication = self._relief().publication_id
        taking_down = publication.with_user(self.clerk)
        for reason in ("display", "correction", None):
            with self.assertRaisesRegex(UserError, "taken down for privacy"):
                taking_down.action_withdraw(reason, "x")
        with self.assertRaisesRegex(UserError, "no emergency"):
            taking_down.action_withdraw("lifted", "x")
        with self.assertRaisesRegex(UserError, "sentence"):
            taking_down.action_withdraw("privacy", " ")
        with self.assertRaises(AccessError):
            publication.with_user(self.director).action_withdraw("privacy", "x")
        taking_down.action_withdraw("privacy", "涉及个人隐私,已撤下")
        self.assertEqual(publication.state, "withdrawn")
        self.assertFalse(publication.page_ids)
        self.assertFalse(
            self.env["yangguang.rendition"].search([("publication_id", "=", publication.id)])
        )
        self.assertEqual(publication._verify_all(), [])
        with self.assertRaisesRegex(UserError, "Somebody else"):
            taking_down.action_confirm_withdrawal()
        publication.with_user(self.town_officer).action_confirm_withdrawal()
        with self.assertRaisesRegex(UserError, "nothing to confirm"):
            publication.with_user(self.secretary).action_confirm_withdrawal()

    def test_states_are_searched(self):
        shown = self._published(period_key="2026-01").publication_id
        wrong = self._published(period_key="2026-02").publication_id
        right = self._published(
            period_key="2026-02",
            document=NOTHING,
            corrects_id=wrong.id,
            correction_reason="金额录入有误",
        ).publication_id
        gone = self._relief().publication_id
        gone.with_user(self.clerk).action_withdraw("court", "法院要求撤下")
        expected = {"published": shown | right, "superseded": wrong, "withdrawn": gone}
        for state, publications in expected.items():
            found = self.env["yangguang.publication"].search([("state", "=", state)])
            self.assertEqual(found, publications.sorted("id", reverse=True))
            self.assertEqual(set(publications.mapped("state")), {state})


@tagged("post_install", "-at_install")
class TestConfinement(PublicationCommon, HttpCase):
    """Nothing of one village's private zone is reached from another, by any path."""

    def test_no_path_from_another_village(self):
        disclosure = self._relief()
        attachment = self.env["ir.attachment"].create(
            {
                "name": "底稿.txt",
                "raw": b"secret of the village",
                "res_model": "yangguang.disclosure",
                "res_id": disclosure.id,
            }
        )
        for user in (self.far_clerk, self._user("town_officer", "邓云", self.other_town)):
            model = self.env["yangguang.disclosure"].with_user(user)
            self.assertFalse(model.search([("division_id", "=", self.village.id)]))
            self.assertFalse(model.search([("content", "ilike", "赵大明")]))
            self.assertFalse(model.name_search("赵"))
            self.assertEqual(model.search_count([]), 0)
            groups = model._read_group([], ["division_id"], ["__count"])
            self.assertFalse([group for group in groups if group[0] == self.village])
            for read in (
                lambda model=model: model.browse(disclosure.id).read(["content"]),
                lambda model=model: model.browse(disclosure.id).web_read({"preview": {}}),
                lambda model=model: model.browse(disclosure.id).export_data(["content"]),
                lambda model=model: model.browse(disclosure.id)._form_content(),
                lambda model=model: model.browse(disclosure.id).action_publish(),
                lambda user=user: attachment.with_user(user).read(["raw"]),
                lambda user=user: (
                    self.env["res.partner"]
                    .with_user(user)
                    .browse(self.clerk.partner_id.id)
                    .read(["name"])
                ),
            ):
                with self.assertRaises(UserError):
                    read()
            persons = self.env["res.partner"].with_user(user).name_search(self.clerk.name)
            self.assertFalse(persons)
            self.assertFalse(
                self.env["res.users"].with_user(user).search([("id", "=", self.clerk.id)])
            )
        self.authenticate(self.far_clerk.login, "Correct-horse-7")
        for path in (
            f"/yangguang/form/{disclosure.id}",
            f"/web/content/{attachment.id}",
            f"/web/content/yangguang.disclosure/{disclosure.id}/content",
        ):
            answer = self.url_open(path)
            self.assertEqual(answer.status_code, 404, path)
            self.assertNotIn(b"secret", answer.content)

    def test_auditor_there_is_no_drafter_there(self):
        self._appoint(self.clerk.partner_id, "auditor", self.far_village)
        drafts = self.env["yangguang.disclosure"].with_user(self.clerk)
        with self.assertRaises(AccessError):
            drafts.create({"division_id": self.far_village.id, "item_id": self.notice_item.id})
        far = drafts.with_user(self.far_clerk).create(
            {"division_id": self.far_village.id, "item_id": self.notice_item.id}
        )
        self.assertTrue(far.with_user(self.clerk).has_access("read"))
        with self.assertRaises(AccessError):
            far.with_user(self.clerk).save_content(0, {"text": "改写"})
