"""The certificate of display: what is known of a publication's days on a screen, and what is not.

It is drawn from the rows of proofs each time, so it says what they say at that moment.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PIL import Image
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from odoo.addons.yangguang_cunwu.lib.pdf.flow import COLON, LEADING, Flow
from odoo.addons.yangguang_cunwu.lib.pdf.fonts import Font, default_font, embedding
from odoo.addons.yangguang_cunwu.lib.pdf.qr import draw_qr
from odoo.addons.yangguang_cunwu.lib.pdf.table import draw_grid

from . import display
from .display import Day

TITLE = "户外屏展示证明"
_HEADING, _SUBTITLE, _FIELD, _SECTION, _SMALL = 20.0, 12.0, 10.5, 12.0, 9.0
_QR_SIDE = 28 * mm
_PICTURE_WIDTH, _PICTURE_HEIGHT = 118 * mm, 42 * mm
# lines that keep a heading company
_COMPANY = 60.0

MEANING = {
    display.SCREENSHOT: "播放器传回的画面与应显示的那一页逐点相同",
    display.PLAYER: "播放器逐次计数，并由本系统核对",
    display.DEVICE: "控制卡答复正在播放这套节目；两次答复相隔超过 20 分钟的，中间不计",
    display.SENT: "节目已经发出，没有得到确认；不计入天数和时长",
}
LIMITS = (
    "屏上的灯珠确实亮着：播放器和控制卡不一定知道屏体断电、亮度过低或模组损坏，只有摄像头或光敏"
    "元件的记录才能证明，本证明不含这种记录。",
    "有人看到、看清或看懂了内容。",
    "表中没有时长的时间里屏上是什么：没有证明的，一律按没有展示计算。",
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a certificate is drawn from; every text as it is printed.

    `digest`: SHA-256 of the public page; `asked`: the days that the rules ask for, None for a
    standing item; `screens`: a line for each; `days` by date, from proofs; `first` and `last`: the
    whole days that the certificate is about; `opening`: the hours of the day in which a screen is
    to be lit; `picture` (PNG or JPEG) and what it is, `picture_words`.
    """

    title: str
    item: str
    period: str
    division: str
    code: str
    published: str
    protected: str
    digest: str
    asked: int | None
    screens: Sequence[str]
    days: Mapping[date, Day]
    first: date
    last: date
    opening: Sequence[int]
    rule: str
    picture: bytes | None
    picture_words: str
    verify_url: str
    drawn_at: str


@dataclass(frozen=True, slots=True)
class Totals:
    """`days` that count, seconds and plays that are proven, seconds that were sent only, and the
    longest gap in hours."""

    days: int
    seconds: int
    plays: int
    sent: int
    gap: int


def totals(facts: Facts) -> Totals:
    """Sum up what the certificate shows day by day."""
    days = facts.days.values()
    return Totals(
        days=sum(day.counts for day in days),
        seconds=sum(day.seconds for day in days),
        plays=sum(day.plays for day in days),
        sent=sum(day.sent for day in days),
        gap=display.longest_gap(facts.days, facts.opening, facts.first, facts.last),
    )


def draw(facts: Facts, font: Font | None = None) -> bytes:
    """Return the certificate as an A4 PDF; the same facts give the same bytes.

    Raises FontError when the machine has no font for it.
    """
    font = font or default_font()
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1, pageCompression=1)
    canvas.setTitle(TITLE)
    canvas.setAuthor(facts.division)
    flow = _Sheet(canvas, font, f"{TITLE}：{facts.title}", "portrait")
    canvas.setPageSize(flow.size)
    flow.paragraph(TITLE, _HEADING, align="center", bold=True)
    flow.skip(2)
    flow.paragraph(facts.title, _SUBTITLE, align="center")
    flow.skip(8)
    _draw_picture(flow, canvas, facts)
    _draw_fields(flow, facts)
    _draw_sums(flow, facts)
    _draw_days(flow, facts)
    _draw_limits(flow)
    flow.finish(f"公开编号 {facts.code}", f"出具时间 {facts.drawn_at}")
    with embedding:
        canvas.save()
    return target.getvalue()


class _Sheet(Flow):
    """Pages on which a character that the font lacks is written as its number."""

    def write(self, x, width, text, size, align="left", bold=False):
        super().write(x, width, self.font.printable(text, set()), size, align, bold)

    def paragraph(self, text, *arguments, **options):
        super().paragraph(self.font.printable(text, set()), *arguments, **options)


def _draw_picture(flow, canvas, facts):
    """The last picture on the left, the code by which the sheet is checked on the right."""
    height = _QR_SIDE
    if facts.picture:
        with Image.open(io.BytesIO(facts.picture)) as file:
            image = file.convert("RGB")
        scale = min(_PICTURE_WIDTH / image.width, _PICTURE_HEIGHT / image.height)
        width, height = image.width * scale, image.height * scale
        # the first page is the one that the canvas is at
        canvas.drawImage(ImageReader(image), flow.left, flow.y - height, width, height)
    bottom = flow.y - max(height, _QR_SIDE)
    left = flow.right - _QR_SIDE
    draw_qr(flow.page, facts.verify_url, left, flow.y - _QR_SIDE, _QR_SIDE)
    flow.y -= _QR_SIDE + _SMALL * LEADING
    flow.write(left, _QR_SIDE, "扫码核验", _SMALL, "center")
    flow.y = min(flow.y, bottom - _SMALL * LEADING)
    flow.write(flow.left, flow.width, facts.picture_words, _SMALL)
    flow.skip(8)


def _draw_fields(flow, facts):
    for label, value in (
        ("公开单位", facts.division),
        ("公开事项", facts.item),
        ("所属期间", facts.period),
        ("公开编号", facts.code),
        ("发布时间", facts.published),
        ("展示期", facts.protected),
        *(("屏", line) for line in facts.screens),
        ("公开页摘要", facts.digest),
    ):
        if value:
            flow.paragraph(f"{label}{COLON}{value}", _FIELD)
    flow.skip(6)


def _draw_sums(flow, facts):
    sums = totals(facts)
    head = ["应展示", "已证明", "时长（时：分）", "展示次数", "最长间断"]
    row = [
        f"{facts.asked} 天" if facts.asked else "长期",
        f"{sums.days} 天",
        _duration(sums.seconds),
        f"{sums.plays} 次",
        f"{sums.gap} 小时" if facts.first <= facts.last else "不足一天，不计",
    ]
    draw_grid(flow, head, [(row, True)], 0)
    flow.skip(4)
    flow.paragraph(f"{facts.rule}最长间断只数应亮屏的整点小时，夜间不计，也不中断。", _SMALL)
    flow.skip(8)


def _draw_days(flow, facts):
    flow.keep(_COMPANY)
    flow.line("逐日记录", _SECTION, bold=True)
    flow.skip(4)
    shown = list(display.each_day(facts.first, facts.last))
    shown = sorted({*shown, *facts.days})
    several = len(facts.screens) > 1
    head = ["日期", "等级", "时长（时：分）", "次数", "有展示的时段", "仅发送（时：分）", "计入"]
    rows = [(_cells(day, facts.days.get(day), several), False) for day in shown]
    sums = totals(facts)
    rows.append(
        (
            [
                "合计",
                "",
                _duration(sums.seconds),
                str(sums.plays),
                "",
                _duration(sums.sent),
                f"{sums.days} 天",
            ],
            True,
        )
    )
    draw_grid(flow, head, rows, 0)
    flow.skip(10)


def _cells(date_, day, several):
    if day is None:
        return [date_.isoformat(), "无", "", "", "没有证明", "", "否"]
    hours = _hours(day.hours)
    return [
        date_.isoformat(),
        display.LETTERS[day.grade] if day.grade else "无",
        _duration(day.seconds) if day.seconds else "",
        str(day.plays) if day.plays else "",
        (f"{day.screens} 块屏 " if several and hours else "") + (hours or "没有证明"),
        _duration(day.sent) if day.sent else "",
        "是" if day.counts else "否",
    ]


def _draw_limits(flow):
    flow.keep(_COMPANY)
    flow.line("等级", _SECTION, bold=True)
    for grade, words in MEANING.items():
        flow.paragraph(f"{display.LETTERS[grade]}{COLON}{words}。", _FIELD)
    flow.skip(8)
    flow.keep(_COMPANY)
    flow.line("本证明不能证明", _SECTION, bold=True)
    for number, words in enumerate(LIMITS, 1):
        flow.paragraph(f"{number}. {words}", _FIELD)


def _duration(seconds):
    """12 h 5 min is "12:05"; what is shorter than a minute is told in seconds."""
    if 0 < seconds < 60:
        return f"{seconds} 秒"
    return f"{seconds // 3600}:{seconds // 60 % 60:02}"


def _hours(hours):
    """Hours with something in them as spans: "06–12、14–22"."""
    spans = []
    for hour, seconds in enumerate(hours):
        if seconds and spans and spans[-1][1] == hour:
            spans[-1][1] = hour + 1
        elif seconds:
            spans.append([hour, hour + 1])
    return "、".join(f"{start:02}–{end:02}" for start, end in spans)
