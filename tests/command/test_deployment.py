"""docker-compose.yml refers to what is there; nginx does with public pages what it should."""

import contextlib
import http.server
import json
import os
import ssl
import string
import subprocess
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import yaml

from scripts.odoo_process import free_port
from scripts.settings import ROOT, STATE

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES = COMPOSE["services"]
NGINX = STATE / "nginx" / "usr" / "sbin" / "nginx"


def test_files_that_compose_mounts_are_there():
    mounts = [
        source
        for service in SERVICES.values()
        for source in (mount.split(":")[0] for mount in service.get("volumes", []))
        if source.startswith("./")
    ]
    assert mounts
    build = SERVICES["odoo"]["build"]
    for path in [*mounts, build["dockerfile"], f"{build['dockerfile']}.dockerignore"]:
        assert (ROOT / path).is_file(), path


def test_dockerfile_copies_what_is_there():
    lines = (ROOT / "docker" / "Dockerfile").read_text().splitlines()
    sources = [line.split()[-2] for line in lines if line.startswith("COPY")]
    assert sources
    assert all((ROOT / source).exists() for source in sources)


def test_names_in_compose_are_declared():
    for service in SERVICES.values():
        assert set(service["secrets"]) <= COMPOSE["secrets"].keys()
        assert set(service["networks"]) <= COMPOSE["networks"].keys()
        assert set(service.get("depends_on", {})) <= SERVICES.keys()
        for mount in service.get("volumes", []):
            assert mount.startswith("./") or mount.split(":")[0] in COMPOSE["volumes"]


def test_every_service_is_watched_and_only_nginx_is_reachable():
    assert all("healthcheck" in service for service in SERVICES.values())
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["nginx"]
    assert COMPOSE["networks"]["inside"]["internal"]
    assert SERVICES["postgres"]["networks"] == ["inside"]


def test_secrets_are_files_that_git_ignores():
    for secret in COMPOSE["secrets"].values():
        assert secret.keys() == {"file"}
        assert Path(secret["file"]).parent == Path("docker/secrets")
    assert "*" in (ROOT / "docker" / "secrets" / ".gitignore").read_text().splitlines()
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            assert "PASSWORD" not in name or value.startswith("/run/secrets/")


def test_nginx_gets_every_variable_it_needs():
    template = string.Template(_template())
    wanted = {name for name in template.get_identifiers() if name.isupper()}
    assert wanted == SERVICES["nginx"]["environment"].keys()


class Odoo(http.server.BaseHTTPRequestHandler):
    """Stands for Odoo: tells what it was asked, with the headers that the path names."""

    def do_GET(self):
        self.server.requests.append((self.path, dict(self.headers)))
        self.send_response(self.server.status)
        if "cached" in self.path:
            self.send_header("Cache-Control", "public, max-age=1")
        if "cookie" in self.path:
            self.send_header("Set-Cookie", "session_id=1; Path=/")
        body = f"answer {len(self.server.requests)}".encode()
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        """Say nothing."""


@pytest.fixture
def odoo():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Odoo)
    server.requests = []
    server.status = 200
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def site(odoo, tmp_path):
    """`site(path, **headers)` asks a real nginx before `odoo`; gives status, body, headers."""
    _make_certificate(tmp_path)
    port = free_port()
    values = {
        "ODOO_ADDRESS": f"127.0.0.1:{odoo.server_port}",
        "ODOO_EVENTS_ADDRESS": f"127.0.0.1:{odoo.server_port}",
        "PLAIN_PORT": f"127.0.0.1:{free_port()}",
        "TLS_PORT": f"127.0.0.1:{port}",
        "SECRETS": str(tmp_path),
        "CACHE_DIRECTORY": str(tmp_path / "cache"),
        "LOG_DIRECTORY": str(tmp_path),
    }
    (tmp_path / "site.conf").write_text(string.Template(_template()).safe_substitute(values))
    temporary = "\n".join(
        f"{kind}_temp_path {tmp_path}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    (tmp_path / "nginx.conf").write_text(
        f"daemon off; pid {tmp_path}/pid; error_log {tmp_path}/error.log; {user}"
        f"events {{}} http {{ access_log off; {temporary} include {tmp_path}/site.conf; }}"
    )
    command = [NGINX, "-p", tmp_path, "-c", tmp_path / "nginx.conf"]
    process = subprocess.Popen(command, stderr=(tmp_path / "stderr").open("w"))
    try:
        yield _client(port, process, tmp_path)
    finally:
        process.terminate()
        process.wait()


def _template() -> str:
    return (ROOT / "docker" / "nginx" / "yangguang.conf.template").read_text("utf-8")


def _make_certificate(directory: Path) -> None:
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1"
    names = ["-subj", "/CN=localhost", "-keyout", "tls_key", "-out", "tls_certificate"]
    subprocess.run([*command.split(), *names], cwd=directory, check=True, capture_output=True)


def _client(port: int, process: subprocess.Popen, directory: Path):
    context = ssl.create_default_context(cafile=directory / "tls_certificate")
    context.check_hostname = False

    def get(path: str, **headers: str):
        request = urllib.request.Request(f"https://127.0.0.1:{port}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, context=context) as response:
                return response.status, response.read().decode(), response.headers
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(), error.headers

    for _attempt in range(50):
        assert process.poll() is None, (directory / "stderr").read_text()
        with contextlib.suppress(urllib.error.URLError):
            get("/web/database/manager")
            return get
        time.sleep(0.1)
    raise AssertionError("nginx does not answer")


def test_public_pages_are_cached_as_long_as_they_say(site, odoo):
    first = site("/v/cached")
    assert site("/v/cached")[1] == first[1]
    time.sleep(2.1)
    site("/v/cached")  # gets the old copy, and has it renewed in the background
    time.sleep(0.5)
    assert site("/v/cached")[1] == "answer 2"
    assert len(odoo.requests) == 2


def test_pages_that_do_not_allow_it_are_not_cached(site):
    for path in ("/v/plain", "/web/cached"):
        assert site(path)[1] != site(path)[1]


def test_last_copy_serves_while_odoo_fails(site, odoo):
    first = site("/verify/cached")
    odoo.status = 503
    time.sleep(2.1)
    assert site("/verify/cached")[:2] == (200, first[1])


PUBLIC = ["/v/cookie", "/p/cookie", "/verify/cookie", "/api/v1/cookie"]
PUBLIC_FILES = ["/robots.txt?cookie", "/favicon.ico?cookie"]


@pytest.mark.parametrize("path", [*PUBLIC, *PUBLIC_FILES])
def test_cookies_pass_neither_way_on_public_pages(site, odoo, path):
    answer = site(path, Cookie="session_id=secret")
    assert "Set-Cookie" not in answer[2]
    assert "Cookie" not in odoo.requests[-1][1]


def test_cookies_of_staff_pass_and_stay_on_encrypted_lines(site, odoo):
    answer = site("/web/cookie", Cookie="session_id=secret")
    assert odoo.requests[-1][1]["Cookie"] == "session_id=secret"
    assert "secure" in answer[2]["Set-Cookie"].lower()


def test_answer_to_a_token_is_not_shared(site):
    own = site("/api/v1/cached", Authorization="Bearer one")
    assert site("/api/v1/cached")[1] != own[1]
    assert site("/api/v1/cached", Authorization="Bearer two")[1] != own[1]


def test_forwarded_address_is_not_the_clients_claim(site, odoo):
    site("/web", **{"X-Forwarded-For": "203.0.113.9"})
    assert odoo.requests[-1][1]["X-Forwarded-For"] == "127.0.0.1"
    assert odoo.requests[-1][1]["X-Forwarded-Proto"] == "https"


@pytest.mark.parametrize("path", ["/web/database/manager", "/xmlrpc/2/common", "/json/2/res.users"])
def test_doors_that_stay_shut(site, odoo, path):
    assert site(path)[0] == 404
    assert not [asked for asked, _headers in odoo.requests if asked == path]


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/v/ask/ABCD2345?new=1", "GET /v/ask/***"),
        ("/v/ask?code=ABCD2345", "GET /v/ask?***"),
        ("/wxapi/v1/media/7?expires=1&signature=ABCD2345", "GET /wxapi/v1/media/7?***"),
        ("/wxapi/callback?openid=ABCD2345", "GET /wxapi/callback?***"),
        ("/v/320000000001/ask?item=ABCD2345", "GET /v/320000000001/ask?item=ABCD2345 HTTP/1.1"),
    ],
)
def test_logs_have_nothing_that_opens_something(site, odoo, tmp_path, path, logged):
    site(path, Referer="https://cunwu.example/v/ask/ABCD2345")
    odoo.shutdown()
    odoo.server_close()
    site(path)
    log = (tmp_path / "access.log").read_text()
    assert f'"{logged}"' in log
    assert '"https://cunwu.example/v/ask/***"' in log
    if "***" in logged:
        assert "ABCD2345" not in log + (tmp_path / "error.log").read_text()


def test_too_many_logins_are_slowed_down(site):
    assert 429 in [site("/web/login")[0] for _attempt in range(15)]


def test_one_telephone_is_slowed_down_in_the_words_of_the_mini_program(site):
    own = {"Authorization": "Bearer one"}
    answers = [site("/wxapi/v1/me", **own)[:2] for _attempt in range(200)]
    refused = [body for status, body in answers if status == 429]
    assert refused
    assert json.loads(refused[0])["error"].keys() == {"code", "message"}
    assert site("/wxapi/v1/me", Authorization="Bearer two")[0] == 200
