"""Invented personal data in every writing, and numbers that look like it and are none."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from stdnum import luhn
from stdnum.cn import ric, uscc

TODAY = date(2026, 3, 31)
NAMES = ("林建国", "陈小芳", "黄桂英", "谢志强", "郑丽华", "吴国平", "欧阳小芳", "许文彬")
_SPELLED = str.maketrans("0123456789", "零一二三四五六七八九")
_CAPITALS = str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖")
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_CIRCLED = str.maketrans("123456789", "①②③④⑤⑥⑦⑧⑨")


class Token(NamedTuple):
    """Something planted: its kind, the text it is written in, its canonical value."""

    kind: str
    text: str
    value: str


class Source:
    """Draws tokens and look-alikes, each kind and each writing in turn."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)
        self._count = 0
        self.look_alikes = 0
        self.taken: list[Token] = []

    def token(self, broken: bool = True) -> str:
        """The text of the next token; `broken` allows a line end inside."""
        kinds = list(_TOKENS)
        kind = kinds[self._count % len(kinds)]
        writings = _WRITINGS[kind]
        writing = writings[self._count // len(kinds) % len(writings)]
        if writing is _over_two_lines and not broken:
            writing = writings[0]
        self._count += 1
        token = _TOKENS[kind](self, lambda text: writing(self.random, text))
        self.taken.append(token)
        return token.text

    def number(self) -> str:
        """An identity number without words."""
        token = _id_card(self, str)
        self.taken.append(token)
        return token.value

    def look_alike(self) -> str:
        """The text of the next look-alike."""
        self.look_alikes += 1
        return _LOOK_ALIKES[self.look_alikes % len(_LOOK_ALIKES)](self.random)

    def name(self) -> str:
        return self.random.choice(NAMES)

    def digits(self, count: int) -> str:
        return "".join(self.random.choices("0123456789", k=count))

    def drawn(self) -> list[Token]:
        """The tokens since the last call."""
        taken, self.taken = self.taken, []
        return taken


def _identity(source, birth):
    body = f"{source.random.choice(('440506', '990999', '350122'))}{birth:%Y%m%d}{source.digits(3)}"
    return body + ric.calc_check_digit(body + "0")


def _id_card(source, write):
    number = _identity(source, date(1940, 1, 1) + timedelta(source.random.randrange(20_000)))
    return Token("id_card", f"{source.name()}身份证{write(number)}", number)


def _minor_id(source, write):
    number = _identity(source, TODAY - timedelta(source.random.randrange(10, 5000)))
    return Token("minor_id", f"学生{source.name()}:{write(number)}", number)


def _old_id_card(source, write):
    birth = date(1940, 1, 1) + timedelta(source.random.randrange(12_000))
    number = f"440506{birth:%y%m%d}{source.digits(3)}"
    return Token("id_card", f"旧证号{write(number)}", number)


def _mobile(source, write):
    number = f"1{source.random.choice('3456789')}{source.digits(9)}"
    words = source.random.choice(("电话", "联系人林建国", "可致电", "微信"))
    return Token("mobile", f"{words}{write(number)},", number)


def _landline(source, write):
    area, length = source.random.choice((("0663", 7), ("020", 8), ("0754", 8), ("010", 8)))
    number = source.random.choice("2345678") + source.digits(length - 1)
    written = source.random.choice((f"{area}-{number}", f"({area}){number}", f"{area}{number}"))
    return Token("landline", f"家里电话{write(written)}。", f"{area}-{number}")


def _foreign_phone(source, write):
    number = f"9{source.random.choice('1345678')}{source.digits(6)}"
    return Token("foreign_phone", f"香港{write(f'+852 {number}')}", f"+852{number}")


def _bank_card(source, write):
    length, prefix = source.random.choice(((19, "622848"), (19, "621700"), (16, "622588")))
    body = prefix + source.digits(length - 1 - len(prefix))
    number = body + luhn.calc_check_digit(body)
    return Token("bank_card", f"卡号{write(number)}", number)


def _account(source, write):
    number = "80010000" + source.digits(9)
    return Token("account", f"存折账号:{write(number)}", number)


def _passport(source, write):
    number = f"E{source.random.choice('ABCDEFGH')}{source.digits(7)}"
    return Token("passport", f"护照号码{write(number)}", number)


def _plate(source, write):
    number = source.random.choice(
        (f"V{source.digits(5)}", f"AD{source.digits(5)}", f"U{source.digits(4)}K")
    )
    return Token("plate", f"车牌粤{write(number)}", f"粤{number}")


def _email(source, write):
    address = f"user{source.digits(4)}@example.com"
    return Token("email", f"邮箱{write(address)}。", address)


def _minor_birth(source, write):
    birth = TODAY - timedelta(source.random.randrange(10, 5000))
    year, month, day = birth.year, birth.month, birth.day
    written = write(f"{year}")
    text = source.random.choice(
        (
            f"{written}年{month}月{day}日出生",
            f"出生日期:{written}-{month:02}-{day:02}",
            f"生于{written}.{month}.{day}",
        )
    )
    return Token("minor_birth", text, birth.isoformat())


def _health(source, write):
    word = source.random.choice(
        ("尿毒症", "残疾二级", "白血病", "精神分裂症", "艾滋病", "三级肢体残疾", "癌症")
    )
    name = source.name()
    text = source.random.choice((f"{name}患{word}", f"村民{name}({word})", f"{word}患者{name}"))
    return Token("health", write(text), word)


def _address(source, write):
    number = source.random.randrange(1, 300)
    home = f"东安村前进路{number}号"
    return Token("address", f"家住{write(home)},", home)


def _plain(_random, text):
    return text


def _wide(_random, text):
    return text.translate(_WIDE)


def _spaced(random, text):
    groups = {11: (3, 4, 4), 18: (6, 8, 4), 15: (6, 6, 3), 16: (4, 4, 4, 4), 19: (6, 13)}
    sizes = groups.get(len(text), (len(text) // 2, len(text)))
    parts, start = [], 0
    for size in sizes:
        parts.append(text[start : start + size])
        start += size
    return random.choice((" ", "-", "\u3000", "\u00a0")).join(filter(None, parts))


def _apart(_random, text):
    return " ".join(text)


def _with_invisible(random, text):
    return random.choice(("\u200b", "\u2060", "\ufeff", "\u00ad")).join(text)


def _in_chinese(random, text):
    return text.translate(random.choice((_SPELLED, _CAPITALS)))


def _circled(_random, text):
    return text.translate(_CIRCLED)


def _over_two_lines(random, text):
    place = random.randrange(3, len(text) - 3)
    return f"{text[:place]}\n{text[place:]}"


def _mixed(random, text):
    return "\u200b ".join(_wide(random, part) for part in _spaced(random, text).split())


_NUMBER = (
    _plain,
    _mixed,
    _wide,
    _spaced,
    _apart,
    _with_invisible,
    _in_chinese,
    _circled,
    _over_two_lines,
)
_SIMPLE = (_plain, _wide, _with_invisible)
_TOKENS: dict[str, Callable[[Source, Callable], Token]] = {
    "id_card": _id_card,
    "minor_id": _minor_id,
    "old_id_card": _old_id_card,
    "mobile": _mobile,
    "landline": _landline,
    "foreign_phone": _foreign_phone,
    "bank_card": _bank_card,
    "account": _account,
    "passport": _passport,
    "plate": _plate,
    "email": _email,
    "minor_birth": _minor_birth,
    "health": _health,
    "address": _address,
}
_WRITINGS = dict.fromkeys(_TOKENS, _SIMPLE) | dict.fromkeys(
    ("id_card", "minor_id", "mobile", "bank_card"), _NUMBER
)
_WRITINGS |= {"minor_birth": (_plain, _wide, _in_chinese), "passport": (*_SIMPLE, _apart)}
_WRITINGS["old_id_card"] = (_plain, _wide, _spaced, _with_invisible, _circled)


def _credit_code(random):
    body = f"N2440506{''.join(random.choices('0123456789ABCDEFGHJKLMNPQRTUWXY', k=9))}"
    return f"统一社会信用代码{body}{uscc.calc_check_digit(body)}"


_LOOK_ALIKES = (
    lambda random: f"订单号DD20260315{random.randrange(10**8):08}",
    lambda random: f"4452030{random.randrange(10**5):05}",
    lambda random: f"445203001201-{random.randrange(1, 30):02}",
    lambda random: f"科目{random.choice((101, 102, 151, 501))}-{random.randrange(100):02}-01",
    lambda random: f"{random.randrange(2019, 2027)}-{random.randrange(1, 13):02}-15至2026-12-31",
    lambda random: (
        f"{random.randrange(2019, 2027)}年{random.randrange(1, 13)}月{random.randrange(1, 29)}日"
    ),
    _credit_code,
    lambda random: f"合同编号HT-2026-{random.randrange(10**4):04}",
    lambda random: f"合同编号445203001201{random.randrange(10**4):04}",
    lambda random: f"{random.randrange(10**9):,}.00元",
    lambda random: (
        f"金额{random.randrange(10**7)}.{random.randrange(100):02} {random.randrange(10**5)}.00"
    ),
    lambda random: f"凭证记-{random.randrange(1000):03} 现付{random.randrange(1000):03}",
    lambda random: f"印章编码4452030{random.randrange(10**6):06}",
    lambda random: f"发票号码{random.randrange(10**8):08}",
    lambda random: f"项目代码2026-445203-48-01-{random.randrange(10**6):06}",
    lambda random: f"流水号20260315143000{random.randrange(10**6):06}",
    lambda random: (
        f"面积{random.randrange(1, 900)}.{random.randrange(100):02}亩,共{random.randrange(1, 99)}户"
    ),
    lambda random: f"规格{random.randrange(1000, 3000)}×{random.randrange(1000, 3000)}毫米",
    lambda random: f"监督电话0663-{random.randrange(2 * 10**6, 9 * 10**6)}",
    lambda random: f"服务热线12345,举报电话12388,第{random.randrange(1, 99)}号公告",
    lambda random: f"粤府办〔{random.randrange(2019, 2027)}〕{random.randrange(1, 200)}号",
    lambda random: (
        f"妇女两癌筛查{random.randrange(10, 300)}人,慢性病签约{random.randrange(10, 300)}人"
    ),
    lambda random: f"重度残疾人护理补贴{random.randrange(10, 300)}元",
    lambda random: f"合同编号44520320250315{random.randrange(10**4):04}",
    lambda random: f"微信支付单号42000012342026031512{random.randrange(10**8):08}",
    lambda random: f"对公账户4405017186350{random.randrange(10**7):07}",
    lambda random: f"电表编号03{random.randrange(10**8):08},水表{random.randrange(10**6):06}",
    lambda random: (
        f"收入{random.randrange(10**5)} {random.randrange(10**5)} {random.randrange(10**4)}"
    ),
    lambda random: (
        f"{random.choice(NAMES)}领补助{random.randrange(10**5)}元,签字{random.choice(NAMES)}"
    ),
    lambda random: (
        f"书号978-7-5{random.randrange(100):02}-{random.randrange(10**5):05}-{random.randrange(10)}"
    ),
    lambda random: f"坐标116.{random.randrange(10**6):06},23.{random.randrange(10**6):06}",
    lambda random: f"设备编号E20260{random.randrange(1, 10)}15",
)
