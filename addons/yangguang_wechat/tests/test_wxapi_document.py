"""What the interface answers is what its document says."""

from odoo.tests import tagged

from odoo.addons.yangguang_cunwu.tests.openapi import problems

from .wxapi_common import API, WxCommon
from .wxapi_question_common import picture

_PUBLIC = "/api/v1/openapi.json"


@tagged("post_install", "-at_install")
class TestDocument(WxCommon):
    def setUp(self):
        super().setUp()
        self.document = self._get_json("/openapi.json")
        self.public = self._get(_PUBLIC).json()
        self.tried = set()

    def _try(self, method, path, body=None, token=None, status=200, **parts):
        """Calls `path` of the document with its `parts`; the answer is as described there."""
        address = path.format(**parts)
        bare = address.partition("?")[0]
        described = self.document["paths"][path.partition("?")[0]][method.lower()]
        answer = self._call(method, address, body, token, status)
        self.assertIn(str(status), described["responses"], f"{method} {bare}")
        content = described["responses"][str(status)].get("content", {})
        schema = content.get("application/json", {}).get("schema")
        if schema:
            document = self.document
            if schema["$ref"].startswith(_PUBLIC):
                schema = {"$ref": schema["$ref"].removeprefix(_PUBLIC)}
                document = self.public
            found = list(problems(answer.json(), schema, document))
            self.assertEqual(found, [], f"{method} {address}")
        self.tried.add((method, path.partition("?")[0]))
        return answer.json() if schema else answer

    def test_every_call_answers_as_documented(self):
        self.setting.shows_household = True
        relief, receipts = self._relief(), self._receipts()
        sheet = self._submitted(period_key="2026-02", document=None)
        self.env["yangguang.duty"].create(
            {
                "division_id": self.village.id,
                "item_id": self.receipts_item.id,
                "period_key": "2025-01",
                "due": "2025-02-10",
            }
        )
        filing = self.env["yangguang.filing"].search([("publication_id", "=", receipts.id)])
        self._resident()
        code = self.village.code
        self.assertEqual(self.document["openapi"], "3.1.0")
        self.tried.add(("GET", "/openapi.json"))
        self._try("POST", "/login", {}, status=422)
        token = self._try("POST", "/login", {"code": self._code("v")})["token"]
        self._try("GET", "/me", status=401)
        self._try("GET", "/me", token=token)
        self._try("POST", "/phone", {"code": self._code("13800000001")}, token)
        self._try("POST", "/village", {"village": code}, token)
        self._try("POST", "/residence", {"village": code, "name": "赵小明"}, token)
        self._try("GET", "/household", token=token, status=403)
        self._try("POST", "/residence", {"village": code, "name": "赵大明"}, token)
        self._try("GET", "/me", token=token)
        self._try("GET", "/household", token=token)
        self._try("GET", "/publications/{code}", token=token, code=relief.code)
        self._try("GET", "/publications/{code}", token=token, code=receipts.code, status=404)
        number = self._try("POST", "/pictures", picture(), token)["picture"]
        asked = {"village": code, "text": "路灯什么时候修好？", "key": "key-00000001"}
        self._try("POST", "/questions", {**asked, "key": "x"}, token, 400)
        self._try("POST", "/questions", {**asked, "text": ""}, token, 422)
        told = self._try("POST", "/questions", {**asked, "pictures": [number]}, token)
        self._try("GET", "/questions", token=token)
        self._try("GET", "/questions?after=1", token=token)
        self._try("GET", "/questions/{code}", token=token, code=told["code"])
        self._try("GET", "/questions/{code}", token=token, code="x", status=404)
        question = self.env["yangguang.question"].search([("code", "=", told["code"])])
        clerk = question.with_user(self.clerk)
        clerk.action_accept()
        clerk.action_answer("路灯本周五修好。", question.last_event_id.id)
        words = {"text": "还是没有修好，什么时候？"}
        self._try("POST", "/questions/{code}/reopen", words, token, code=told["code"])
        clerk.action_answer("明天一定修好。", question.last_event_id.id)
        solved = {"solved": True, "words": "谢谢，已经修好了"}
        self._try("POST", "/questions/{code}/verdict", solved, token, code=told["code"])
        self._try("GET", "/messages", token=token)
        address = self.env["yangguang.wechat.check"].search([])._address().partition(API)[2]
        self.assertEqual(self._call("GET", address).status_code, 200)
        self.tried.add(("GET", "/media/{picture}"))
        self._try_officials(sheet, filing, token)
        self._try("POST", "/phone/forget", {}, token)
        self._try("POST", "/logout", {}, token)
        token = self._login("v")
        self._try("POST", "/account/close", {}, token)
        documented = {
            (method.upper(), path)
            for path, methods in self.document["paths"].items()
            for method in methods
        }
        self.assertEqual(self.tried, documented)
        self.assertEqual(self._routes(), documented)

    def _try_officials(self, sheet, filing, villager):
        self._try("GET", "/official/todo", token=villager, status=403)
        code = self.env["yangguang.wechat.binding"].with_user(self.chair)._begin()
        self._try("POST", "/official/bind", {"code": "x"}, villager, 422)
        chair = self._try("POST", "/official/bind", {"code": code}, villager)["token"]
        self._try("POST", "/official/login", {"code": self._code("v")})
        self._try("GET", "/me", token=chair)
        self._try("GET", "/official/todo", token=chair)
        self._try("GET", "/official/disclosures/{sheet}", token=chair, sheet=sheet.id)
        vote = {"agree": True, "revision": sheet.revision}
        path = "/official/disclosures/{sheet}/vote"
        self._try("POST", path, {**vote, "revision": 0}, chair, 409, sheet=sheet.id)
        self._try("POST", path, vote, chair, sheet=sheet.id)
        town, clerk = self._bind(self.town_officer), self._bind(self.clerk)
        for token in (town, clerk):
            self._try("GET", "/official/todo", token=token)
            self._try("GET", "/official/overdue", token=token)
            self._try("GET", "/official/overdue?after=30", token=token)
            self._try("GET", "/official/screens", token=token)
            self._try("GET", "/official/search?q=鱼塘", token=token)
        self._try("POST", "/official/filings/{filing}", {"receive": True}, town, filing=filing.id)

    def _routes(self):
        """(method, path) of every address that the framework knows below ours."""
        found = set()
        for rule in self.env["ir.http"].routing_map().iter_rules():
            if not rule.rule.startswith(API):
                continue
            path = rule.rule.removeprefix(API)
            for kind in ("string:", "int:"):
                path = path.replace(f"<{kind}", "{")
            path = path.replace(">", "}")
            found |= {(method, path) for method in rule.methods - {"HEAD", "OPTIONS"}}
        return found
