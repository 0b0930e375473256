import re
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PASSWORD
from .public_common import PublicCommon


@tagged("post_install", "-at_install")
class TestPublicAnswers(PublicCommon):
    """What holds for every answer, whatever it says."""

    def setUp(self):
        super().setUp()
        self.publication = self._receipts()
        code = self.publication.code
        self.paths = {
            "/v": 200,
            f"/v/{self.village.code}": 200,
            f"/v/{self.village.code}?debug=1": 200,
            f"/p/{code}": 200,
            f"/p/{code}.pdf": 200,
            f"/p/{code.lower()}": 301,
            f"/verify/{code}": 200,
            "/api/v1/publications": 200,
            "/api/v1/openapi.json": 200,
            "/v/": 200,
            "/v//x": 404,
            "/v/000000000000": 404,
            "/v/x/y/z/9": 404,
            "/p/": 404,
            "/p/UNKNOWN": 404,
            "/api/v1/nothing": 404,
            "/api/v1/publications?limit=x": 400,
        }

    def test_no_cookie(self):
        self.authenticate(self.clerk.login, PASSWORD)
        session = self.session.sid
        for cookies in (None, {"session_id": session}, {"frontend_lang": "en_US"}):
            for path, status in self.paths.items():
                answer = self._get(path, status, cookies=cookies)
                self.assertNotIn("Set-Cookie", answer.headers, path)
            for method in ("POST", "PUT", "DELETE"):
                for path in ("/v", "/api/v1/publications"):
                    answer = self._get(path, 405, method=method, cookies=cookies)
                    self.assertNotIn("Set-Cookie", answer.headers, path)
                    self.assertIn("GET", answer.headers["Allow"])

    def test_headers(self):
        for path, status in self.paths.items():
            headers = self._get(path, status).headers
            self.assertRegex(
                headers["Cache-Control"],
                r"^public, max-age=\d+, s-maxage=\d+, stale-while-revalidate=\d+$",
            )
            # five minutes after it was taken down, a sheet is gone from every cache
            self.assertLess(sum(map(int, re.findall(r"\d+", headers["Cache-Control"]))), 300)
            self.assertIn("default-src 'self'", headers["Content-Security-Policy"])
            self.assertIn("frame-ancestors 'self'", headers["Content-Security-Policy"])
            self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
            self.assertEqual(headers["Referrer-Policy"], "same-origin")

    def test_not_modified(self):
        for path, status in self.paths.items():
            tag = self._get(path, status).headers.get("ETag")
            self.assertEqual(bool(tag), status == 200, path)
            for known in filter(None, (tag, tag and f"W/{tag}", tag and f'"x", {tag}')):
                answer = self._get(path, 304, headers={"If-None-Match": known})
                self.assertFalse(answer.content)
                self.assertEqual(answer.headers["ETag"], tag)
            self._get(path, status, headers={"If-None-Match": '"x"'})

    def test_head(self):
        for path, status in self.paths.items():
            answer = self._get(path, status, method="HEAD")
            self.assertFalse(answer.content)
            self.assertEqual(
                answer.headers["Content-Type"], self._get(path, status).headers["Content-Type"]
            )

    def test_same_for_whoever_is_signed_in(self):
        self._party()
        paths = [f"/v/{self.village.code}", f"/v/{self.village.code}/c/3", "/api/v1/publications"]
        anonymous = [self._get(path).content for path in paths]
        for user in (self.clerk, self.chair, self.town_officer):
            self.authenticate(user.login, PASSWORD)
            cookies = {"session_id": self.session.sid}
            for path, content in zip(paths, anonymous, strict=True):
                answer = self._get(path, cookies=cookies, headers={"Accept-Language": "en"})
                self.assertEqual(answer.content, content, (user.name, path))

    def test_error_pages(self):
        for path in ("/v/000000000000", "/v/x/y/z/9", "/v//x", "/p/UNKNOWN"):
            text = self._text(path, 404)
            self.assertIn("没有这个页面", text)
            self.assertIn("阳光村务", text)
        self.assertIn("只能读取", self._get("/v", 405, method="POST").text)
        self.assertIn("文件已撤下", self._text(f"/p/{self._taken_down().code}.pdf", 410))

    def test_failure(self):
        with (
            patch.object(
                self.registry["yangguang.publication"], "_newest", side_effect=RuntimeError
            ),
            mute_logger("odoo.http"),
        ):
            answer = self._get(f"/v/{self.village.code}", 500)
        self.assertIn("系统暂时不能使用", answer.text)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertNotIn("Set-Cookie", answer.headers)
        self.assertNotIn("Traceback", answer.text)

    def test_strange_arguments(self):
        home = f"/v/{self.village.code}"
        with self.assertNoLogs("odoo.http", "WARNING"):
            for path in (
                f"{home}?self=1&code=2&utm_source=x",
                f"{home}/c/7?before=abc&year=%00",
                f"{home}/c/7?before=-1",
                f"{home}/c/7?before=99999999999999999999",
                f"{home}/i/CW02?before=²",
                f"{home}/search?q=%00&before=1",
                f"/p/{self.publication.code}?publication=1",
                f"/verify/{self.publication.code}?sha256=%00%FF",
                "/v?q=%00",
                "/api/v1/publications?self=1&x=y",
            ):
                self._get(path)
            for path in (f"{home}/c/-1", "/p/%00", "/v/%00", "/verify/%FF", "/v/1/i/a%2Fb"):
                self._get(path, 404)

    def test_upload_is_no_argument(self):
        self._get("/v", files={"q": ("q", b"x")}, method="GET")

    def test_search_engines_may_read(self):
        robots = self._get("/robots.txt").text
        self.assertIn("Allow: /v/", robots)
        self.assertIn("Allow: /p/", robots)

    def test_demo_is_said(self):
        self.assertNotIn("演示系统", self._text("/v"))
        with patch.object(self.registry["yangguang.publication"], "_is_demo", lambda _self: True):
            self.assertIn("演示系统", self._text("/v"))
