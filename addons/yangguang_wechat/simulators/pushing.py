"""How WeChat pushes a message: XML or JSON, plain, compatible or secure."""

import base64
import hashlib
import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request
from xml.sax.saxutils import escape

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_SECONDS = 5


def sign(*parts: str) -> str:
    """The SHA-1 of the sorted parts."""
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()


def encrypt(text: str, appid: str, encoding_key: str, random: bytes = b"") -> str:
    """AES-256-CBC over 16 random bytes, the length, the message and the appid."""
    key = base64.b64decode(encoding_key + "=")
    message = text.encode()
    plain = (random or os.urandom(16)) + len(message).to_bytes(4, "big") + message + appid.encode()
    missing = 32 - len(plain) % 32
    plain += bytes([missing] * missing)
    machine = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(machine.update(plain) + machine.finalize()).decode()


def as_xml(message: dict, inner: bool = False) -> str:
    """XML as WeChat writes it: texts in CDATA, numbers bare, a list as repeated elements."""
    pieces = []
    for name, value in message.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                content = as_xml(one, inner=True)
            elif isinstance(one, int):
                content = str(one)
            else:
                content = f"<![CDATA[{one}]]>" if "]]>" not in one else escape(one)
            pieces.append(f"<{name}>{content}</{name}>")
    text = "".join(pieces)
    return text if inner else f"<xml>{text}</xml>"


# the name of the wrapper that a list has in XML alone
WRAPPERS = {
    "subscribe_msg_popup_event": "SubscribeMsgPopupEvent",
    "subscribe_msg_change_event": "SubscribeMsgChangeEvent",
    "subscribe_msg_sent_event": "SubscribeMsgSentEvent",
}


def written(message: dict, form: str) -> str:
    """The message as text: in JSON a list with one entry is that entry; in XML it stands one level
    deeper."""
    entries = message.get("List")
    if entries is None:
        return as_xml(message) if form == "xml" else json.dumps(message, ensure_ascii=False)
    rest = {name: value for name, value in message.items() if name != "List"}
    if form == "xml":
        return as_xml({**rest, WRAPPERS[message["Event"]]: {"List": entries}})
    return json.dumps(
        {**rest, "List": entries[0] if len(entries) == 1 else entries}, ensure_ascii=False
    )


def request_of(message: dict, app) -> tuple[str, bytes]:
    """The query and the body of one push to `app`."""
    text = written(message, app.form)
    stamp, nonce = str(int(time.time())), str(int.from_bytes(os.urandom(4), "big"))
    query = {
        "signature": sign(app.token, stamp, nonce),
        "timestamp": stamp,
        "nonce": nonce,
        "openid": message.get("FromUserName", ""),
    }
    if app.mode != "plain":
        sealed = encrypt(text, app.appid, app.aes_key)
        query |= {
            "encrypt_type": "aes",
            "msg_signature": sign(app.token, stamp, nonce, sealed),
        }
        outer = {"ToUserName": message.get("ToUserName", ""), "Encrypt": sealed}
        body = {**message, **outer} if app.mode == "compatible" else outer
        text = written(body, app.form)
    return urllib.parse.urlencode(query), text.encode()


def post(address: str, query: str, body: bytes, form: str) -> tuple[int, str]:
    """Send one push; the status (0 when nobody answers in five seconds) and what was answered."""
    kind = "text/xml" if form == "xml" else "application/json"
    request = urllib.request.Request(
        f"{address}?{query}", data=body, headers={"Content-Type": kind}
    )
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(errors="replace")
    except OSError:
        return 0, ""
