"""Published frames of the K cards: id -> bytes after the lead of eight A5, the frame they are."""

from datetime import datetime

from odoo.addons.yangguang_led.lib.drivers.onbon_k import areas, commands
from odoo.addons.yangguang_led.lib.drivers.onbon_k.areas import Area, Program
from odoo.addons.yangguang_led.lib.drivers.onbon_k.commands import Reply, Request
from odoo.addons.yangguang_led.lib.drivers.onbon_k.frame import Frame

H = "01 00 00 80 00 00 00 00 00 00 FE 02 "
H58 = "01 00 00 80 00 00 00 00 00 00 58 02 "
ANSWER = "00 80 01 00 00 00 00 00 00 00 FE 02 "

AREA_K7 = Area(
    x=0,
    y=0,
    width=192,
    height=32,
    text=b"012345QRSTTV'B",
    number=0,
    limit=2,
    wraps=True,
    effect=3,
    speed=4,
    stay=5,
)
AREA_K12 = Area(
    x=0,
    y=12,
    width=64,
    height=12,
    text="\\FO000TEMPER:21℃".encode("gb2312"),
    number=1,
    spacing=10,
    run_mode=1,
    limit=2,
    multiline=False,
    effect=1,
    speed=23,
    stay=2,
)
AREA_K13 = Area(
    x=0,
    y=0,
    width=64,
    height=32,
    text="北京时间\\n\\DH:\\DM:\\DS".encode("gb2312"),
    number=0,
    limit=1,
    effect=1,
    stay=2,
)
PROGRAM_K11 = Program(
    b"P001",
    (
        Area(
            x=0,
            y=0,
            width=128,
            height=64,
            text="温室1         CO2：3152ppm  空气温度：27℃空气湿度：39%RH".encode("gb2312"),
            wraps=True,
            effect=1,
            speed=5,
            stay=10,
        ),
    ),
    seconds=5,
    repeats=5,
)
NIGHT, DAY = b"\x03" * 12, b"\x0f" * 24
SET_AT = datetime(2013, 1, 25, 11, 17, 26)


def _to(command, payload=b"", reply=True, reserved=0, device_type=0xFE):
    return Frame(Request(command, payload, reply, reserved).encode(), device_type=device_type)


VECTORS = {
    "K1": (H + "05 00 A2 00 01 00 00 68 F8 5A", _to(commands.PING)),
    "K2": (H + "05 00 A1 02 01 00 00 2D 40 5A", _to(commands.STATUS)),
    "K3": (H + "05 00 A3 10 01 00 00 51 F8 5A", _to(commands.CLEAR)),
    "K4": (
        H + "07 00 A3 06 01 02 00 FF 00 67 CC 5A",
        _to(commands.DYNAMIC, areas.dynamic([], False, None), reserved=2),
    ),
    "K5": (
        H + "07 00 A3 02 01 02 00 01 0C 26 2D 5A",
        _to(commands.BRIGHTNESS, b"\x01\x0c", reserved=2),
    ),
    "K6": (
        H + "0D 00 A2 03 01 08 00 13 20 01 25 11 17 26 05 B0 3F 5A",
        _to(commands.CLOCK, commands.clock(SET_AT), reserved=8),
    ),
    "K7": (
        H + "32 00 A3 06 01 2D 00 00 01 29 00 00 00 00 00 00 18 00 20 00 00 00 00 02 00 00 00 00 "
        "02 02 03 00 04 05 0E 00 00 00 30 31 32 33 34 35 51 52 53 54 54 56 27 42 A8 7D 5A",
        _to(commands.DYNAMIC, areas.dynamic([AREA_K7], False), reserved=45),
    ),
    "K8": (ANSWER + "05 00 A0 00 00 00 00 64 DC 5A", Frame(Reply().encode(), 0x8000, 1)),
    "K9": (H58 + "05 00 A2 00 01 00 00 BB 5F 5A", _to(commands.PING, device_type=0x58)),
    "K10": (
        H58 + "0E 00 A1 05 01 00 00 01 50 30 30 31 79 00 00 00 12 7D 5A",
        _to(commands.BEGIN_FILE, commands.begin_file(b"P001", 121), device_type=0x58),
    ),
    "K11": (
        H58 + "85 00 A1 06 01 00 00 50 30 30 31 01 00 00 73 00 00 00 00 00 00 50 30 30 31 73 00 "
        "00 00 FF 05 00 05 FF FF FF FF FF FF FF FF 01 00 00 01 58 00 00 00 00 00 00 00 00 10 00 "
        "40 00 FF 00 00 00 00 00 00 00 02 02 01 00 05 0A 39 00 00 00 CE C2 CA D2 31 20 20 20 20 "
        "20 20 20 20 20 43 4F 32 A3 BA 33 31 35 32 70 70 6D 20 20 BF D5 C6 F8 CE C2 B6 C8 A3 BA "
        "32 37 A1 E6 BF D5 C6 F8 CA AA B6 C8 A3 BA 33 39 25 52 48 71 7C 68 6B 5A",
        _to(
            commands.FILE_BLOCK,
            commands.file_block(b"P001", True, 0, 0, PROGRAM_K11.encode(pixels=False)),
            device_type=0x58,
        ),
    ),
    "K12": (
        H + "35 00 A3 06 02 00 00 00 01 2C 00 00 00 00 0C 00 40 00 0C 00 01 0A 01 02 00 00 00 00 "
        "01 01 01 00 17 02 11 00 00 00 5C 46 4F 30 30 30 54 45 4D 50 45 52 3A 32 31 A1 E6 82 DA "
        "5A",
        _to(commands.DYNAMIC, areas.dynamic([AREA_K12], True), reply=False),
    ),
    "K13": (
        H + "39 00 A3 06 01 34 00 00 01 30 00 00 00 00 00 00 08 00 20 00 00 00 00 01 00 00 00 00 "
        "02 01 01 00 00 02 15 00 00 00 B1 B1 BE A9 CA B1 BC E4 5C 6E 5C 44 48 3A 5C 44 4D 3A 5C "
        "44 53 7D E9 5A",
        _to(commands.DYNAMIC, areas.dynamic([AREA_K13], False), reserved=52),
    ),
    "K15": (
        H + "06 00 A3 00 01 01 00 01 28 2A 5A",
        _to(commands.POWER, b"\x01", reserved=1),
    ),
    "K16": (
        H + "06 00 A3 00 01 01 00 02 68 2B 5A",
        _to(commands.POWER, b"\x02", reserved=1),
    ),
    "K17": (
        H + "37 00 A3 02 01 32 00 02 0F" + " 03" * 12 + " 0F" * 24 + " 03" * 12 + " 5B 01 93 5A",
        _to(commands.BRIGHTNESS, b"\x02\x0f" + NIGHT + DAY + NIGHT, reserved=50),
    ),
    "K18": (
        ANSWER + "05 00 A0 01 03 00 00 95 20 5A",
        Frame(Reply(commands.BUSY, refused=True).encode(), 0x8000, 1),
    ),
}


def wire(name):
    """A vector's bytes with the lead."""
    return b"\xa5" * 8 + bytes.fromhex(VECTORS[name][0])
