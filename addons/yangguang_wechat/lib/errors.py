"""What WeChat's error codes mean and what is to be done about each, as data.

Source: the pages of WeChat's server API on each call, July 2026.
"""


class WechatError(Exception):
    """WeChat has not done what it was asked.

    `code`: WeChat's errcode, None when no answer came; `sentence`: what to tell a person (Chinese);
    `rid`: by which WeChat finds the call again for seven days; `hint`: WeChat's own words, masked.
    """

    sentence = "微信服务返回错误，请稍后再试。"

    def __init__(self, code=None, sentence=None, *, rid=None, hint=""):
        self.code, self.rid, self.hint = code, rid, hint
        self.sentence = sentence or self.sentence
        super().__init__(f"{self.sentence}（{code if code is not None else '无应答'}）")


class UnreachableError(WechatError):
    """No usable answer came. `taken`: whether WeChat may have done it all the same."""

    sentence = "暂时连接不上微信服务，请稍后再试。"

    def __init__(self, *, taken):
        self.taken = taken
        super().__init__()


class BusyError(WechatError):
    """Passes by itself: try again soon."""

    sentence = "微信服务繁忙，请稍后再试。"


class TokenInvalidError(WechatError):
    """The access token is wrong or has expired: fetch it again, once."""

    sentence = "微信接口凭证失效，请稍后再试。"


class ConfigurationError(WechatError):
    """Stays wrong until an administrator changes a setting, here or at WeChat."""

    sentence = "微信小程序的设置有误，请联系管理员。"


class QuotaSpentError(WechatError):
    """Nothing more today: stop this call until midnight in Shanghai."""

    sentence = "今天的微信接口次数已用完，明天自动恢复。"


class TooFastError(WechatError):
    """Too many in a short time: pause for `pause` seconds."""

    sentence = "微信接口调用过快，请稍后再试。"
    pause = 60


class CodeInvalidError(WechatError):
    """The code of the mini-program is wrong, used or too old: the phone must get another one."""

    sentence = "登录凭证已失效，请重新打开小程序再试。"


class RefusedError(WechatError):
    """WeChat takes this user for a risk: no login, no second try."""

    sentence = "微信判定该账号存在风险，暂时不能登录。"


class OpenidInvalidError(WechatError):
    """The user is not, or no longer, one of this mini-program."""

    sentence = "该微信用户不属于本小程序。"


class NotOpenedError(WechatError):
    """The user has not opened the mini-program in the last two hours: a person must check."""

    sentence = "用户近两小时内没有打开过小程序，内容需要人工审核。"


class NotSubscribedError(WechatError):
    """The user has not subscribed, or the one message he allowed is used up."""

    sentence = "用户没有订阅该消息，或者订阅次数已用完。"


class BannedError(WechatError):
    """The template, or all subscribe messages, are banned: stop, tell the administrator."""

    sentence = "订阅消息能力被微信封禁，已停止发送，请联系管理员。"


class CollisionError(WechatError):
    """Two messages to one user at the same moment: again later."""

    sentence = "同一用户的消息发送冲突，稍后自动重发。"


class ContentRefusedError(WechatError):
    """WeChat does not pass these words, now or later."""

    sentence = "消息内容含有敏感词，微信拒绝发送。"


class MistakeError(WechatError):
    """We asked in a wrong way: a fault of the program."""

    sentence = "向微信提交的内容不合规定，请联系管理员。"


_TABLE = {
    BusyError: {-1: None},
    TokenInvalidError: dict.fromkeys((40001, 40014, 42001)),
    ConfigurationError: {
        40002: None,
        40013: "小程序 AppID 不正确。",
        40037: "订阅消息模板编号不正确，或者模板类型不符。",
        40125: "小程序 AppSecret 不正确。",
        40164: "服务器的 IP 地址不在微信的白名单里，请在微信公众平台「开发管理」中添加。",
        40201: "微信公众平台上还没有填写消息推送地址。",
        40243: "小程序 AppSecret 已被冻结，请在微信公众平台解冻。",
        41002: "还没有填写小程序 AppID。",
        41004: "还没有填写小程序 AppSecret。",
        41030: "小程序页面不在已发布的版本里。",
        48001: "小程序没有该接口的权限，请在微信公众平台申请。",
        50002: "小程序的接口权限受到限制。",
        50004: "小程序被禁止获取接口凭证。",
        50007: "小程序账号已被冻结。",
        85079: "小程序还没有发布过版本。",
        89503: "微信要求管理员确认服务器 IP 地址，请管理员在微信上确认。",
        89506: "管理员拒绝了服务器 IP 地址，24 小时后才能再试。",
        89507: "管理员拒绝了服务器 IP 地址，1 小时后才能再试。",
    },
    QuotaSpentError: dict.fromkeys((44993, 45009, 9410009)),
    TooFastError: dict.fromkeys((44990, 44991, 45011)),
    CodeInvalidError: dict.fromkeys((40029, 40163)),
    RefusedError: {40226: None},
    OpenidInvalidError: dict.fromkeys((40003, 43104)),
    NotOpenedError: {61010: None},
    NotSubscribedError: {43101: None},
    BannedError: {43107: None},
    CollisionError: {43108: None},
    ContentRefusedError: {45168: None, 87020: "同一内容送检次数过多，需要人工审核。"},
    MistakeError: dict.fromkeys(
        (
            *(40097, 40129, 40159, 40165, 40169, 40212, 41001, 43002, 44002, 45029),
            *(47001, 47003, 85096, 85401, 87007, 87008, 87009),
        )
    ),
}
# errcode -> class, its own sentence if it has one
CODES = {code: (kind, words) for kind, codes in _TABLE.items() for code, words in codes.items()}


def of(code: int, *, rid: str | None = None, hint: str = "") -> WechatError:
    """Return the error of an errcode; one that is not documented is a plain WechatError."""
    kind, sentence = CODES.get(code, (WechatError, None))
    return kind(code, sentence, rid=rid, hint=hint)
