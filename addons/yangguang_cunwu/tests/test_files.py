import io

from PIL import Image
from psycopg2 import Error
from reportlab.pdfgen.canvas import Canvas

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..lib import canonical
from .disclosure_common import PARTY_POINTS, POINTS, DisclosureCommon

PHONE = "13800001234"
TEXT = "一、村民会议讨论通过。二、自公布之日起施行。"


def picture(colour="green"):
    """A picture that tells where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = PHONE
    exif.get_ifd(0x8825)[1] = "N"
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


def document(text):
    """A PDF with a text layer."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(72, 700, text)
    canvas.save()
    return buffer.getvalue()


class FilesCommon(DisclosureCommon):
    def _with_file(self, code="GK07", name="公约.jpg", content=None, **values):
        disclosure = self._draft(self._item(code), {"text": TEXT}, **values)
        disclosure.attach(disclosure.revision, name, content or picture())
        return disclosure


@tagged("post_install", "-at_install")
class TestFiles(FilesCommon):
    def test_a_picture_loses_its_place(self):
        disclosure = self._with_file()
        (file,) = disclosure.file_ids
        content = file._bytes()
        self.assertNotIn(PHONE.encode(), content)
        self.assertFalse(dict(Image.open(io.BytesIO(content)).getexif()))
        self.assertEqual(disclosure._document()["files"], [file._entry()])
        self.assertEqual(file.mimetype, "image/jpeg")

    def test_the_signature_covers_the_files(self):
        disclosure = self._with_file()
        before = disclosure._digest()
        disclosure.attach(disclosure.revision, "第二页.jpg", picture("blue"))
        self.assertNotEqual(disclosure._digest(), before)
        disclosure.detach(disclosure.revision, disclosure.file_ids[1].id)
        self.assertEqual(disclosure._digest(), before)

    def test_text_and_files_do_not_touch_each_other(self):
        disclosure = self._with_file()
        disclosure.save_content(disclosure.revision, {"text": "改过的文字"})
        self.assertEqual(disclosure._document()["text"], "改过的文字")
        self.assertEqual(len(disclosure._document()["files"]), 1)
        with self.assertRaises(UserError):
            disclosure.save_content(disclosure.revision, {"text": "x", "files": []})
        disclosure.detach(disclosure.revision, disclosure.file_ids.id)
        self.assertNotIn("files", disclosure._document())

    def test_what_is_not_taken(self):
        disclosure = self._draft(self._item("GK07"), {"text": TEXT})
        for name, content in (
            ("照片.jpg", b"MZ" + bytes(2000)),
            ("照片.png", picture()),
            ("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
            ("空.pdf", b""),
        ):
            with self.subTest(name=name), self.assertRaisesRegex(UserError, "[\u4e00-\u9fff]{4}"):
                disclosure.attach(disclosure.revision, name, content)
        with self.assertRaisesRegex(UserError, "attached already"):
            for _time in range(2):
                disclosure.attach(disclosure.revision, "公约.jpg", picture())
        table = self._draft()
        with self.assertRaisesRegex(UserError, "不附文件"):
            table.attach(table.revision, "公约.jpg", picture())
        only_files = self._draft(self._item("GK05"), {"text": TEXT})
        with self.assertRaisesRegex(UserError, "只能附文件"):
            only_files.attach(only_files.revision, "公约.jpg", picture())

    def test_by_whom_and_when(self):
        disclosure = self._with_file()
        revision, (file,) = disclosure.revision, disclosure.file_ids
        for user in (self.secretary, self.supervisor, self.far_clerk, self.town_officer):
            with self.assertRaises(AccessError):
                disclosure.with_user(user).attach(revision, "另一张.jpg", picture("red"))
            with self.assertRaises(AccessError):
                disclosure.with_user(user).detach(revision, file.id)
        with self.assertRaisesRegex(UserError, "Changed by"):
            disclosure.attach(revision - 1, "另一张.jpg", picture("red"))
        with self.assertRaises(AccessError):
            file.with_user(self.clerk).write({"name": "x"})
        disclosure.action_submit(POINTS)
        with self.assertRaisesRegex(UserError, "draft"):
            disclosure.attach(disclosure.revision, "另一张.jpg", picture("red"))

    def test_personal_data_in_a_file_blocks(self):
        disclosure = self._with_file("GK05", "章程.pdf", document(f"tel {PHONE}"))
        with self.assertRaisesRegex(UserError, "手机号"):
            disclosure.action_submit(POINTS)
        disclosure.attach(disclosure.revision, "附则.pdf", document("no number"))
        disclosure.detach(disclosure.revision, disclosure.file_ids[0].id)
        disclosure.action_submit(POINTS)
        self.assertEqual(disclosure.state, "review")

    def test_supervisors_see_submitted_files_of_their_village(self):
        disclosure = self._with_file()
        (file,) = disclosure.file_ids
        files = self.env["yangguang.file"]
        self.assertFalse(files.with_user(self.supervisor).search([("id", "=", file.id)]))
        disclosure.action_submit(POINTS)
        self.assertTrue(files.with_user(self.supervisor).search([("id", "=", file.id)]))
        self.assertFalse(files.with_user(self.far_clerk).search([("id", "=", file.id)]))


@tagged("post_install", "-at_install")
class TestPublicFiles(FilesCommon, HttpCase):
    def _publish(self, disclosure, points=POINTS):
        disclosure.action_submit(points)
        for user in (self.chair, self.supervisor):
            disclosure.with_user(user).action_vote(True)
        if disclosure.needs_signature:
            self._sign(disclosure)
        return disclosure.action_publish()

    def test_anybody_reads_it(self):
        publication = self._publish(self._with_file())
        page = self.url_open(f"/p/{publication.code}")
        self.assertIn(f'src="/p/{publication.code}/files/1"', page.text)
        answer = self.url_open(f"/p/{publication.code}/files/1")
        self.assertEqual(answer.headers["Content-Type"], "image/jpeg")
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        self.assertNotIn("Set-Cookie", answer.headers)
        face = publication.page_ids._face()
        self.assertEqual(canonical.digest(answer.content), face["files"][0]["digest"])
        part = self.url_open(f"/p/{publication.code}/files/1", headers={"Range": "bytes=2-5"})
        self.assertEqual((part.status_code, part.content), (206, answer.content[2:6]))
        self.assertEqual(self.url_open(f"/p/{publication.code}/files/2").status_code, 404)

    def test_documents_are_saved_not_run(self):
        publication = self._publish(self._with_file("GK05", "章程.pdf", document("rules")))
        answer = self.url_open(f"/p/{publication.code}/files/1")
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertIn("default-src 'self'", answer.headers["Content-Security-Policy"])

    def test_gone_when_taken_down(self):
        publication = self._publish(self._with_file())
        publication.with_user(self.clerk).action_withdraw("privacy", "照片中有村民个人信息")
        self.assertEqual(self.url_open(f"/p/{publication.code}/files/1").status_code, 410)
        self.assertFalse(publication.file_ids)
        self.assertFalse(
            self.env["ir.attachment"].search(
                [("res_model", "=", "yangguang.public.file"), ("res_field", "=", "content")]
            )
        )
        self.assertEqual(publication._verify_all(), [])

    @mute_logger("odoo.sql_db")
    def test_the_bytes_are_frozen(self):
        publication = self._publish(self._with_file())
        self.env.flush_all()
        where = "res_model = 'yangguang.public.file' AND res_field = 'content'"
        for statement in (
            f"UPDATE ir_attachment SET checksum = 'x' WHERE {where}",
            f"DELETE FROM ir_attachment WHERE {where}",
            "UPDATE yangguang_public_file SET name = 'x'",
            "DELETE FROM yangguang_public_file",
            "TRUNCATE yangguang_public_file",
        ):
            with self.subTest(statement), self.assertRaises(Error), self.env.cr.savepoint():
                self.env.cr.execute(statement)
        self.assertEqual(publication._verify_all(), [])
        self.env.cr.execute("ALTER TABLE yangguang_public_file DISABLE TRIGGER USER")
        self.env.cr.execute("DELETE FROM yangguang_public_file")
        self.env.invalidate_all()
        (problem,) = publication._verify_all()
        self.assertIn("a file", problem)

    def test_files_of_what_the_web_must_not_show(self):
        disclosure = self._draft(self._item("DW02"), {"text": TEXT})
        disclosure.item_id.sudo().open_web = "nothing"
        disclosure.attach(disclosure.revision, "名单.pdf", document("list"))
        publication = self._publish(disclosure, PARTY_POINTS)
        self.assertFalse(publication.file_ids)
