"""The agent's one file without a server of ours: how it is made, set up, and what it trusts."""

import hashlib
import json
import ssl
import threading
import zipfile
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from village_agent import STOPPED, Box

from scripts import agent
from scripts.settings import ROOT


def test_one_file_always_the_same(agent_file):
    assert agent.build() == agent_file.read_bytes()
    with zipfile.ZipFile(agent_file) as archive:
        for name in archive.namelist():
            if name.startswith("odoo/") and (content := archive.read(name)):
                assert content == (ROOT / name.removeprefix("odoo/")).read_bytes()


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"address": "http://example.net"}, "要用https://"),
        ({"address": "ftp://example.net"}, "要写https://域名"),
        ({"address": "https://"}, "要写https://域名"),
        ({"token": "short"}, "token不对"),
        ({"ca": "nothing.pem"}, "读不了证书文件"),
    ],
)
def test_wrong_settings(agent_file, tmp_path, settings, words):
    values = {"address": "https://127.0.0.1:1", "token": "t" * 43, **settings}
    box = Box(tmp_path, agent_file, **values)
    said, status = box.check()
    assert (status, words in said) == (1, True)
    box.start()
    assert box.ended() == STOPPED


class Stub(BaseHTTPRequestHandler):
    """Answers everything with the same."""

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"place": "村", "agent": "盒", "screens": []}).encode())

    def log_message(self, *_arguments):
        """Nobody reads it."""


def test_the_certificate_is_always_looked_at(agent_file, tmp_path):
    certificate = tmp_path / "own.pem"
    certificate.write_bytes(own_certificate())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with ThreadingHTTPServer(("127.0.0.1", 0), Stub) as server:
        server.daemon_threads = True
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, args=[0.02]).start()
        address = f"https://localhost:{server.server_port}"
        said, _status = Box(tmp_path, agent_file, address, "t" * 43).check()
        assert "证书不可信" in said
        said, _status = Box(tmp_path, agent_file, address, "t" * 43, ca=certificate).check()
        assert "连上了服务器" in said
        server.shutdown()


def own_certificate():
    """A certificate for localhost that only who has it trusts, and its key, as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return certificate.public_bytes(serialization.Encoding.PEM) + private


def test_what_a_disk_has_spoilt(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "agent")
    from yangguang_agent.store import Store

    store = Store(tmp_path)
    digest = hashlib.sha256(b"picture").hexdigest()
    with pytest.raises(ValueError, match="摘要不符"):
        store.keep_file(digest, b"another")
    for wrong in ("../state.json", "x", digest.upper()):
        with pytest.raises(ValueError, match="摘要写得不对"):
            store.file(wrong)
    store.keep_file(digest, b"picture")
    store.wishes["1"] = {"key": 1}
    store.save()
    again = Store(tmp_path)
    assert (again.file(digest), again.wishes) == (b"picture", {"1": {"key": 1}})
    (tmp_path / "files" / digest).write_bytes(b"picturf")
    assert again.file(digest) is None
    (tmp_path / "state.json").write_bytes(b'{"wishes": {"1"')
    assert Store(tmp_path).wishes == {}
