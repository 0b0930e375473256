"""The calls of WeChat's API that the fake answers; each takes the state, the query and the body."""

import hashlib
import io
import re
import secrets
import threading
import time
import urllib.request

import qrcode

from . import pushing
from .rules import wrong_field
from .state import OWNER

_CODE = re.compile(r"[\w-]+(\.[\w-]+)?")
_SCENE = re.compile(r"[\w!#$&'()*+,/:;=?@.~-]{1,32}", re.ASCII)
_TWO_HOURS = 7200
OK = {"errcode": 0, "errmsg": "ok"}


class Failure(Exception):  # noqa: N818
    """An errcode, as the answer has it."""

    def __init__(self, code, words="failed"):
        super().__init__(code)
        self.code, self.words = code, words


def openid_of(user: str) -> str:
    """The openid that a user of this name always has."""
    return "o" + hashlib.sha256(user.encode()).hexdigest()[:27]


def stable_token(state, query, body):
    """`POST /cgi-bin/stable_token`"""
    _known(state, body)
    if body.get("grant_type") != "client_credential":
        raise Failure(40002, "invalid grant_type")
    token, seconds = state.give_token()
    return {"access_token": token, "expires_in": seconds}


def login(state, query, body):
    """`GET /sns/jscode2session`: a code is `name` or `name.anything`, good once."""
    _known(state, query)
    code = query.get("js_code", "")
    _use_code(state, code)
    openid = openid_of(code.partition(".")[0])
    state.opened[openid] = time.time()
    return {"openid": openid, "session_key": secrets.token_urlsafe(16)}


def phone_number(state, query, body):
    """`POST /wxa/business/getuserphonenumber`: a code is the number, or `number.anything`."""
    code = body.get("code", "")
    if body.get("openid") and body["openid"] not in state.opened:
        raise Failure(40003, "invalid openid")
    _use_code(state, code)
    number = code.partition(".")[0]
    return {
        **OK,
        "phone_info": {
            "phoneNumber": number,
            "purePhoneNumber": number,
            "countryCode": 86,
            "watermark": {"timestamp": int(time.time()), "appid": state.appid},
        },
    }


def send(state, query, body):
    """`POST /cgi-bin/message/subscribe/send`"""
    openid, template = body.get("touser", ""), state.template(body.get("template_id"))
    if openid not in state.opened:
        raise Failure(40003, "invalid openid")
    if not template:
        raise Failure(40037, "invalid template_id")
    page = body.get("page", "")
    if page.startswith("/"):
        raise Failure(41030, "invalid page")
    field = wrong_field(template, body.get("data"))
    if field:
        raise Failure(47003, f"argument invalid! data.{field}.value invalid")
    key = (openid, template["priTmplId"])
    with state.lock:
        if state.in_flight[openid]:
            raise Failure(43108, "concurrent")
        if state.strict_consents and state.consents[key] <= 0:
            raise Failure(43101, "user refuse to accept the msg")
        if template["type"] == 2:
            state.consents[key] -= 1
        state.in_flight[openid] += 1
    try:
        time.sleep(state.sending_seconds)
        number = secrets.randbelow(2**62)
        state.sent.append(
            {**body, "title": template["title"], "time": time.time(), "msgid": number}
        )
    finally:
        with state.lock:
            state.in_flight[openid] -= 1
    return {**OK, "msgid": number}


def check_text(state, query, body):
    """`POST /wxa/msg_sec_check`: 违规 is risky, 存疑 is to be reviewed."""
    _opened(state, body)
    content = body.get("content", "")
    if not content or len(content) > 2500:
        raise Failure(44002, "empty content" if not content else "content too long")
    suggest, label = "pass", 100
    if "违规" in content:
        suggest, label = "risky", 20006
    elif "存疑" in content:
        suggest, label = "review", 21000
    detail = {"strategy": "content_model", "errcode": 0, "suggest": suggest, "label": label}
    return {
        **OK,
        "result": {"suggest": suggest, "label": label},
        "detail": [{**detail, "prob": 90}],
        "trace_id": secrets.token_hex(12),
    }


def check_media(state, query, body):
    """`POST /wxa/media_check_async`: fetches the picture, pushes its verdict later."""
    _opened(state, body)
    if str(body.get("media_type")) not in ("1", "2") or not body.get("media_url"):
        raise Failure(40097, "invalid args")
    trace = secrets.token_hex(16)
    threading.Thread(
        target=_check_media, args=[state, trace, body["openid"], body["media_url"]], daemon=True
    ).start()
    return {**OK, "trace_id": trace}


def _check_media(state, trace, openid, address):
    time.sleep(state.media_seconds)
    code = 0 if _fetched(address) and state.media != "-1008" else -1008
    suggest = state.media if code == 0 else "review"
    label = {"pass": 100, "review": 21000}.get(suggest, 20002)
    push(
        state,
        {
            "ToUserName": OWNER,
            "FromUserName": openid,
            "CreateTime": int(time.time()),
            "MsgType": "event",
            "Event": "wxa_media_check",
            "appid": state.appid,
            "trace_id": trace,
            "version": 2,
            "errcode": code,
            "errmsg": "ok" if code == 0 else "download failed",
            "result": {"suggest": suggest, "label": label},
        },
    )


def _fetched(address):
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.headers.get_content_type().startswith("image/") and answer.read(1)
    except (OSError, ValueError):
        return False


def code_image(state, query, body):
    """`POST /wxa/getwxacodeunlimit`: a QR code in place of WeChat's round one."""
    scene, page = body.get("scene", ""), body.get("page", "")
    if not _SCENE.fullmatch(scene):
        raise Failure(40169, "invalid length for scene")
    if page.startswith("/") or "?" in page:
        raise Failure(41030, "invalid page")
    picture = io.BytesIO()
    qrcode.make(f"{page}?scene={scene}").save(picture, format="PNG")
    return picture.getvalue()


def templates(state, query, body):
    """`GET /wxaapi/newtmpl/gettemplate`"""
    return {**OK, "data": state.templates}


def push_servers(state, query, body):
    """`GET /cgi-bin/getcallbackip`"""
    return {"ip_list": state.push_servers}


# address -> method, whether it wants a token, what answers
CALLS = {
    "/cgi-bin/stable_token": ("POST", False, stable_token),
    "/cgi-bin/getcallbackip": ("GET", True, push_servers),
    "/sns/jscode2session": ("GET", False, login),
    "/wxa/business/getuserphonenumber": ("POST", True, phone_number),
    "/cgi-bin/message/subscribe/send": ("POST", True, send),
    "/wxa/msg_sec_check": ("POST", True, check_text),
    "/wxa/media_check_async": ("POST", True, check_media),
    "/wxa/getwxacodeunlimit": ("POST", True, code_image),
    "/wxaapi/newtmpl/gettemplate": ("GET", True, templates),
}


def push(state, message: dict, times: int = 1) -> list[tuple[int, str]]:
    """Push a message to the callback so often, as WeChat repeats one; what was answered each."""
    answers = []
    for _turn in range(times):
        query, body = pushing.request_of(message, state)
        status, answer = 0, ""
        if state.callback:
            status, answer = pushing.post(state.callback, query, body, state.form)
        answers.append((status, answer))
        state.pushed.append({"message": message, "status": status, "answer": answer})
    return answers


def event(kind: str, openid: str, **values) -> dict:
    """An event of a user, to be pushed."""
    return {
        "ToUserName": OWNER,
        "FromUserName": openid,
        "CreateTime": int(time.time()),
        "MsgType": "event",
        "Event": kind,
        **values,
    }


def _known(state, values):
    for name, expected, missing, wrong in (
        ("appid", state.appid, 41002, 40013),
        ("secret", state.secret, 41004, 40125),
    ):
        if not values.get(name):
            raise Failure(missing, f"{name} missing")
        if values[name] != expected:
            raise Failure(wrong, f"invalid {name}")


def _use_code(state, code):
    with state.lock:
        if not _CODE.fullmatch(code) or code in state.used_codes or code.startswith("expired"):
            raise Failure(40029, "invalid code")
        state.used_codes.add(code)


def _opened(state, body):
    opened = state.opened.get(body.get("openid", ""))
    if opened is None:
        raise Failure(40003, "invalid openid")
    if opened < time.time() - _TWO_HOURS:
        raise Failure(61010, "code is expired")
