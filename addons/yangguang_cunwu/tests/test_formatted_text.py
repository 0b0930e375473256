import json
from html.parser import HTMLParser

from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..lib import canonical
from .common import PASSWORD
from .disclosure_common import POINTS
from .public_common import PublicCommon

HTML = (
    "<h3>第一章 总则</h3><p>为了<strong>推进</strong>建设，制定本规约。</p>"
    "<ol><li>爱护公物</li><li>维护卫生</li></ol>"
    "<table><tbody><tr><th>组</th><th>负责人</th></tr><tr><td>一组</td><td>张三</td></tr></tbody>"
    "</table>"
)
TEXT = (
    "第一章 总则\n为了推进建设，制定本规约。\n1. 爱护公物\n2. 维护卫生\n"
    "组\u3000负责人\n一组\u3000张三"
)
PASTED = (
    "<div class='MsoNormal' onclick='x()'><script>alert(1)</script><h1 style='color:red'>"
    "第一章 总则<o:p></o:p></h1>"
    "<p>为了<b>推进</b>建设，<a href='javascript:x()'>制定</a>本规约。</p>"
    "<ol><li><p>爱护公物</p></li><li>维护卫生</li></ol><img src=x onerror=alert(1)>"
    "<table border=1><tr><th>组<th>负责人<tr><td>一组<td>张三</table></div>"
)
ATTACKS = (
    "<script>alert(1)</script>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "<scr\0ipt>alert(1)</scr\0ipt>",
    "<img src=x OnErRoR=alert(1)>",
    "<a href='jAvAscript:alert(1)'>a</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>a</a>",
    "<svg onload=alert(1)><p><style><!--</style><img src=x onerror=alert(1)>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;<img src onerror=alert(1)>'>",
    "<template><img src=x onerror=alert(1)></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<style>*{display:none}</style>",
    "<p style='background:url(javascript:x)'>b</p>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<form action=//x.example><input onfocus=alert(1) autofocus></form>",
    "<meta http-equiv=refresh content='0;url=//x.example'>",
    "<![CDATA[<script>alert(1)</script>]]>",
)
BOMBS = {
    "<b>" * 100_000: "嵌套过深",
    "<p>" * 100_000: "过于复杂",
    "长" * 30_000: "文字过长",
    "长" * 3_000_000: "内容过大",
}
ALLOWED = {"p", "h3", "h4", "strong", "br", "ul", "ol", "li", "table", "tbody", "tr", "th", "td"}


class _Elements(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.met = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.met.append((tag, attributes))


@tagged("post_install", "-at_install")
class TestFormattedText(PublicCommon):
    def _save_by_rpc(self, disclosure, document):
        self.authenticate(self.clerk.login, PASSWORD)
        arguments = {
            "model": disclosure._name,
            "method": "save_content",
            "args": [disclosure.ids, disclosure.revision, document],
            "kwargs": {},
        }
        return self.make_jsonrpc_request("/web/dataset/call_kw", arguments)

    def _editor(self, disclosure):
        action = disclosure.action_fill()
        model = self.env[action["res_model"]].with_user(self.clerk)
        return Form(model.with_context(**action["context"]))

    def test_the_editor_is_filled_and_saved(self):
        disclosure = self._draft(self.notice_item, {"text": "第一段\n<b>第二段"})
        action = disclosure.action_fill()
        wizard = Form(
            self.env[action["res_model"]].with_user(self.clerk).with_context(**action["context"])
        )
        self.assertEqual(wizard.html, "<p>第一段</p><p>&lt;b&gt;第二段</p>")
        wizard.html = PASTED
        wizard.save().action_save()
        self.assertEqual(disclosure._document(), {"html": HTML, "text": TEXT, "zero": None})

    def test_an_unchanged_editor_changes_nothing(self):
        for document in ({"text": "第一段\n第二段"}, {"html": HTML}):
            disclosure = self._draft(self.notice_item, document)
            before = disclosure.content
            self._editor(disclosure).save().action_save()
            self.assertEqual(disclosure.content, before)

    def test_an_empty_editor_is_refused(self):
        disclosure = self._draft(self.notice_item)
        wizard = self._editor(disclosure)
        wizard.html = "<p><br></p>"
        with self.assertRaisesRegex(UserError, "Write the text"):
            wizard.save().action_save()

    def test_nothing_hostile_passes_by_rpc(self):
        disclosure = self._draft(self.notice_item)
        for attack in (*ATTACKS, "".join(ATTACKS)):
            hostile = f"<p>前</p>{attack}<h2>后</h2>"
            self._save_by_rpc(disclosure, {"html": hostile, "text": "<script>alert(1)</script>"})
            disclosure.invalidate_recordset()
            stored = json.loads(disclosure.content)
            met = _Elements(stored["html"]).met if "html" in stored else []
            self.assertLessEqual({tag for tag, _attributes in met}, ALLOWED, attack)
            self.assertFalse([attributes for _tag, attributes in met if attributes], attack)
            self.assertEqual(stored["text"].partition("\n")[0], "前")
        self._save_by_rpc(disclosure, {"html": HTML + "".join(ATTACKS)})
        disclosure.invalidate_recordset()
        stored = json.loads(disclosure.content)
        disclosure.action_submit(POINTS)
        for user in (self.chair, self.supervisor):
            disclosure.with_user(user).action_vote(True)
        self._sign(disclosure)
        publication = disclosure.action_publish()
        page = self._get(f"/p/{publication.code}").text
        self.assertIn(f'<div class="text">{stored["html"]}</div>', page)

    def test_bombs_are_refused(self):
        disclosure = self._draft(self.notice_item)
        before = disclosure.content
        for bomb, sentence in BOMBS.items():
            with self.assertRaisesRegex(UserError, sentence):
                disclosure.save_content(disclosure.revision, {"html": bomb})
        disclosure.invalidate_recordset()
        self.assertEqual(disclosure.content, before)

    def test_the_editor_keeps_and_shows_nothing_hostile(self):
        disclosure = self._draft(self.notice_item)
        self.authenticate(self.clerk.login, PASSWORD)

        def request(method, *args, **context):
            kwargs = {"context": {"default_disclosure_id": disclosure.id, **context}}
            params = {"model": "yangguang.fill", "method": method, "args": args, "kwargs": kwargs}
            body = {"jsonrpc": "2.0", "method": "call", "params": params}
            return self.url_open("/web/dataset/call_kw", json=body)

        def call(*args, **context):
            return request(*args, **context).json()["result"]

        for attack in ATTACKS:
            (wizard_id,) = call("create", [{"html": f"<p>前</p>{attack}"}])
            call("write", [wizard_id], {"html": f"<p>后</p>{attack}"})
            (values,) = call("read", [wizard_id], ["html"])
            met = _Elements(values["html"]).met
            self.assertLessEqual({tag for tag, _attributes in met}, ALLOWED, attack)
            self.assertFalse([attributes for _tag, attributes in met if attributes], attack)
        for disclosure_id in (disclosure.id, False):
            context = {"default_html": ATTACKS[3], "default_disclosure_id": disclosure_id}
            self.assertNotIn("img", str(call("default_get", ["html"], **context)))
        with mute_logger("odoo.http"):
            for bomb, sentence in BOMBS.items():
                answer = request("create", [{"html": bomb}]).json()
                self.assertIn(sentence, answer["error"]["data"]["message"])

    def test_tags_do_not_hide_personal_data(self):
        disclosure = self._draft(self.notice_item, {"html": "电话138<b>0013</b>80&#48;0。"})
        with self.assertRaisesRegex(UserError, "正文.*手机号"):
            disclosure.action_submit(POINTS)

    def test_every_reader_sees_the_format(self):
        disclosure = self._submitted(self.notice_item, {"html": HTML})
        self.assertIn(HTML, disclosure.preview)
        self.authenticate(self.chair.login, PASSWORD)
        self.assertIn(HTML, self.url_open(f"/my/reviews/{disclosure.id}").text)
        for user in (self.chair, self.supervisor):
            disclosure.with_user(user).action_vote(True)
        self._sign(disclosure)
        publication = disclosure.action_publish()
        self.assertIn(f'<div class="text">{HTML}</div>', self._get(f"/p/{publication.code}").text)
        face = self._get(f"/api/v1/publications/{publication.code}").json()["face"]
        self.assertEqual((face["html"], face["text"]), (HTML, TEXT))
        self.assertIn(publication.code, self._get(f"/v/{self.village.code}/search?q=爱护公物").text)

    def test_the_committee_is_told_of_a_change_in_the_format_alone(self):
        before = self._published(self.notice_item, {"text": TEXT}).publication_id
        values = {"corrects_id": before.id, "correction_reason": "补上标题"}
        sheet = self._submitted(self.notice_item, {"html": HTML}, **values)
        self.assertEqual(sheet._document()["text"], TEXT)
        self.authenticate(self.chair.login, PASSWORD)
        page = self.url_open(f"/my/reviews/{sheet.id}").text
        changes = page.partition("What has changed")[2]
        self.assertNotIn("Nothing has changed", changes)
        self.assertIn("their format has changed", changes)
        self.assertIn("<p>第一章 总则</p><p>为了推进建设", changes)
        self.assertIn(HTML, changes)

    def test_what_was_frozen_before_there_were_formats_stays(self):
        text = "第一段\n<第二段>"
        publication = self._notice(text)
        sheet = publication._page()
        face = canonical.parse(sheet.content.encode())
        self.assertNotIn("html", face)
        self.assertEqual(face["text"], text)
        page = self._get(f"/p/{publication.code}").text
        self.assertIn('<div class="text"><p>第一段</p><p>&lt;第二段&gt;</p></div>', page)
