"""What the LED screens cost on the wire and in time: the drivers here, without a database, then
drawing and the players.

Limits of the drivers: framing of blocks at 8 MB/s each way; a frame of 400 bytes of text 1.16 times
the text, a file's frames 1.06 times the file in blocks of 900 bytes; a serial line that is kept
busy 95 % of its speed, and idle through our own doing at most 5 % of the time where each frame
waits for its answer; a show that is on already costs one exchange.
"""

import time

from odoo.addons.yangguang_led.lib.drivers.base import Page, Show
from odoo.addons.yangguang_led.lib.drivers.onbon_k import OnbonK, areas, commands, frame
from odoo.addons.yangguang_led.lib.drivers.onbon_k.commands import Request
from odoo.addons.yangguang_led.simulators.onbon_k import OnbonK as Card

from . import harness, led_drawing, led_player

BAUD = 57600
BLOCK = 900
FRAMES = 200
# invented figures, as a village publishes them
LINES = [
    "东岸村2026年1月收入支出公开",
    "一、上月结余：128456.70元",
    "二、本月收入：鱼塘承包费18000.00元，山林租金6500.00元",
    "三、本月支出：路灯维修2380.00元，环境卫生保洁4200.00元",
    "四、本月结余：146376.70元，监督电话0000-0000000",
]
DIGEST = "5" * 64


def main():
    framing()
    wire_overhead()
    serial_stream()
    half_duplex()
    unchanged()
    led_drawing.main()
    led_player.main()


def _show(pages):
    return Show(DIGEST, 192, 64, tuple(Page(8, "\n".join(LINES)) for _page in range(pages)))


def _text(size):
    text = "".join(LINES).encode("gb2312") * (size // 100 + 1)
    # cut between characters
    return text[:size].decode("gb2312", "ignore").encode("gb2312")


def framing():
    """Bytes of data put into frames, and taken out of them, per second."""
    blocks = [_text(BLOCK)] * FRAMES
    frames = [frame.Frame(block) for block in blocks]
    stream = b"".join(one.encode() for one in frames)

    def encode():
        return [one.encode() for one in frames]

    def decode():
        if list(frame.Receiver().feed(stream)) != frames:
            raise AssertionError("the frames are not read as they were written")

    megabytes = sum(map(len, blocks)) / 1e6
    encoding, decoding = harness.paired(encode, decode)
    harness.report("led", "framing_encode_mb_per_s", megabytes / encoding, 8, at_least=True)
    harness.report("led", "framing_decode_mb_per_s", megabytes / decoding, 8, at_least=True)


def wire_overhead():
    """Bytes on the wire for each byte that matters."""
    text = _text(400)
    area = areas.Area(x=0, y=0, width=192, height=64, text=text, number=0)
    payload = areas.dynamic([area], pixels=False)
    wire = frame.Frame(Request(commands.DYNAMIC, payload).encode()).encode()
    harness.report("led", "wire_per_text_byte", len(wire) / len(text), 1.16)

    block = _text(BLOCK)
    payload = commands.file_block(b"P000", True, 0, 0, block)
    wire = frame.Frame(Request(commands.FILE_BLOCK, payload).encode()).encode()
    if len(wire) > frame.BUFFER:
        raise AssertionError("a card could not keep this frame")
    harness.report("led", "wire_per_block_byte", len(wire) / len(block), 1.06)


def _play(**options):
    """Play a long show over a paced line: the connection as the card saw it, and the seconds."""
    card = Card(192, 64)
    with card.serve_serial(BAUD) as path:
        driver = OnbonK(path, {"baudrate": BAUD} | options)
        started = time.monotonic()
        answer = driver.play(_show(80))
        deadline = time.monotonic() + 30
        while not card.files and time.monotonic() < deadline:
            time.sleep(0.001)
        seconds = time.monotonic() - started
    if not answer.ok or not card.files:
        raise AssertionError(f"the show did not arrive: {answer.reason}")
    return card.wires[0], seconds


def serial_stream():
    """Speed of a line on which nobody answers, of what it can carry."""
    wire, seconds = _play(reply=False)
    share = wire.received * 10 / BAUD / seconds
    harness.report("led", "serial_stream_share", share, 0.95, at_least=True)


def half_duplex():
    """Time that passes between an answer and our next frame, of all the time."""
    wire, seconds = _play()
    harness.report("led", "half_duplex_idle_share", wire.idle / seconds, 0.05)


def unchanged():
    """Exchanges that a show costs which is on already."""
    card = Card(192, 64)
    with card.serve_tcp() as url:
        driver = OnbonK(url)
        driver.play(_show(2))
        card.commands.clear()
        if not driver.sync(_show(2)).ok:
            raise AssertionError("the card does not say what it plays")
        harness.report("led", "exchanges_when_unchanged", len(card.commands), 1)
