"""What WeChat pushes: whether it is from WeChat and for us, and what it says.

XML and JSON, encrypted or not, come out as the same nested dict of texts. Everything that is wrong
is a CallbackRefusedError.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from .crypto import CallbackRefusedError, check_signature, decrypt

# bytes; the longest messages WeChat documents have a few kilobytes
LARGEST = 256 * 1024
_DEEPEST = 16
PLAIN, COMPATIBLE, SECURE = "plain", "compatible", "secure"
# a document type could only stand before the root element
_OPENING = re.compile(r"\s*(?:<\?xml\s[^<>]*\?>\s*)?(?=<xml[\s>])")
_PARSER = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


@dataclass(frozen=True)
class Channel:
    """How WeChat pushes to one mini-program: what both sides know."""

    appid: str
    token: str
    mode: str = SECURE
    # the present key, the one before
    keys: tuple[bytes, ...] = ()


def check_address(channel: Channel, query: Mapping[str, str]) -> str:
    """Return what WeChat wants to hear when somebody enters our address in its console."""
    _check_plain(channel, query)
    if not query.get("echostr"):
        raise CallbackRefusedError("echostr")
    return query["echostr"]


def receive(channel: Channel, query: Mapping[str, str], body: bytes) -> dict:
    """Return the message in `body`, when query and body are what WeChat sends in this mode."""
    if len(body) > LARGEST:
        raise CallbackRefusedError("size")
    if channel.mode == PLAIN or (channel.mode == COMPATIBLE and "msg_signature" not in query):
        _check_plain(channel, query)
        return parse(body)
    encrypted = parse(body).get("Encrypt")
    if query.get("encrypt_type") != "aes" or not isinstance(encrypted, str):
        raise CallbackRefusedError("not encrypted")
    timestamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
    check_signature(query.get("msg_signature"), channel.token, timestamp, nonce, encrypted)
    return parse(decrypt(encrypted, channel.appid, *channel.keys))


def _check_plain(channel, query):
    check_signature(
        query.get("signature"), channel.token, query.get("timestamp", ""), query.get("nonce", "")
    )


def parse(body: bytes) -> dict:
    """Return XML or JSON as nested dicts and lists of texts, the same for both: keys without
    blanks around them, `List` at the top and always a list."""
    try:
        text = body.decode("utf-8-sig")
        found = json.loads(text) if text.lstrip()[:1] == "{" else _parse_xml(text)
        return _lifted(_plain(found, 0))
    except (ValueError, RecursionError, etree.XMLSyntaxError):
        raise CallbackRefusedError("format") from None


def _parse_xml(text):
    opening = _OPENING.match(text)
    if not opening:
        raise ValueError
    # without its opening, so that no other encoding than ours can be claimed
    root = etree.fromstring(text[opening.end() :].encode(), etree.XMLParser(**_PARSER))
    return _element(root, 0) or {}


def _element(element, depth):
    """The text of an element, a dict of its children; a list where one name comes again."""
    if depth > _DEEPEST:
        raise ValueError
    if not len(element):
        return element.text or ""
    found = {}
    for child in element:
        if not isinstance(child.tag, str):
            raise ValueError
        value = _element(child, depth + 1)
        if child.tag not in found:
            found[child.tag] = value
        elif isinstance(found[child.tag], list):
            found[child.tag].append(value)
        else:
            found[child.tag] = [found[child.tag], value]
    return found


def _plain(value, depth):
    """Numbers as texts, since WeChat sends either; PostgreSQL keeps no NUL."""
    if depth > _DEEPEST:
        raise ValueError
    if isinstance(value, dict):
        return {key.strip().replace("\0", ""): _plain(one, depth + 1) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one, depth + 1) for one in value]
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    text = str(value).replace("\0", "")
    # half of a pair, which JSON can write and no database keeps
    return text.encode("utf-8", "replace").decode()


def _lifted(message):
    """XML has the entries one level deeper than JSON, as `SubscribeMsgPopupEvent/List`; JSON has a
    single one as an object."""
    lifted = {}
    for name, value in message.items():
        if isinstance(value, dict) and value.keys() == {"List"}:
            lifted["List"] = value["List"]
        else:
            lifted[name] = value
    if "List" in lifted and not isinstance(lifted["List"], list):
        lifted["List"] = [lifted["List"]]
    return lifted


def entries(message: Mapping) -> list[dict]:
    """Return the entries that a parsed message is about."""
    return [one for one in message.get("List", ()) if isinstance(one, dict)]


def identity(message: Mapping) -> str:
    """Return what tells one message from another, the same for each time WeChat sends it."""
    number = message.get("MsgId")
    if isinstance(number, str) and number:
        return f"message {number[:64]}"
    content = json.dumps(message, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"event {hashlib.sha256(content.encode()).hexdigest()}"
