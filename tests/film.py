"""A film made byte by byte: an MP4 of H.264 and AAC that every browser plays, and a WebM.

The picture is one grey square of 16 by 16 points, given without compression (macroblocks of the
kind I_PCM); the sound is silence. The formats are those of ITU-T H.264, ISO/IEC 14496-3 and
14496-12.
"""

import struct

SIZE = 16  # points, wide and high: one macroblock
FRAMES, FRAMES_PER_SECOND = 20, 10
SOUND_RATE, SOUND_SAMPLES = 44_100, 1024  # per second; in one frame of sound
_SECONDS = FRAMES // FRAMES_PER_SECOND
_SOUND_FRAMES = _SECONDS * SOUND_RATE // SOUND_SAMPLES
_GREY = bytes([120]) * (SIZE * SIZE * 3 // 2)
_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
_BASELINE, _LEVEL = 66, 10


class _Bits:
    """Bits one after the other, as text of 0 and 1."""

    def __init__(self):
        self.text = ""

    def fixed(self, *pairs):
        """Numbers of a fixed length: (value, bits)."""
        for value, length in pairs:
            self.text += f"{value:0{length}b}"
        return self

    def golomb(self, *values):
        """Numbers of 0 and more, or signed ones that are 0, as Exp-Golomb codes."""
        for value in values:
            code = f"{value + 1:b}"
            self.text += "0" * (len(code) - 1) + code
        return self

    def aligned(self, *, stop=False):
        """The bytes; `stop` puts the bit behind the last one that ends a unit of H.264."""
        text = self.text + "1" * stop
        text += "0" * (-len(text) % 8)
        return bytes(int(text[i : i + 8], 2) for i in range(0, len(text), 8))


def mp4() -> bytes:
    """The film."""
    parameters = _sequence(), _picture()
    frames = [_length(_frame(number)) for number in range(FRAMES)]
    silence = [_silence()] * _SOUND_FRAMES
    head = _box(b"ftyp", b"isom", bytes(4), b"isommp42")

    def index(start):
        sound_start = start + sum(map(len, frames))
        video = _track(1, b"vide", _video_entry(*parameters), frames, FRAMES_PER_SECOND, 1, start)
        sound = _track(2, b"soun", _sound_entry(), silence, SOUND_RATE, SOUND_SAMPLES, sound_start)
        times = struct.pack(">4I", 0, 0, 1000, _SECONDS * 1000)
        times += struct.pack(">IH", 0x10000, 0x100) + bytes(10)
        movie = _box(b"mvhd", bytes(4), times, _MATRIX, bytes(24), struct.pack(">I", 3))
        return _box(b"moov", movie, video, sound)

    # the index counts from the start of the file, and is as long wherever that is
    start = len(head) + len(index(0)) + 8
    return head + index(start) + _box(b"mdat", *frames, *silence)


def webm() -> bytes:
    """The beginning of a WebM, as some telephones and browsers record."""
    element = b"\x42\x82\x84webm"
    return b"\x1a\x45\xdf\xa3" + bytes([0x80 | len(element)]) + element + bytes(64)


def _sequence():
    bits = _Bits().fixed((_BASELINE, 8), (0xC0, 8), (_LEVEL, 8))
    # number, frame numbers, order of pictures, references; no gaps; width and height less one
    bits.golomb(0, 0, 2, 1).fixed((0, 1)).golomb(0, 0)
    # whole frames, direct prediction, no cropping, no further properties
    return _unit(0x67, bits.fixed((1, 1), (1, 1), (0, 1), (0, 1)).aligned(stop=True))


def _picture():
    # numbers; no CABAC, no order of fields; slice groups, references; no weights; qualities
    bits = _Bits().golomb(0, 0).fixed((0, 2)).golomb(0, 0, 0).fixed((0, 3)).golomb(0, 0, 0)
    return _unit(0x68, bits.fixed((0, 3)).aligned(stop=True))


def _frame(number):
    # first block, kind of slice, parameters; number of the frame and of the picture, which differs
    # from the one before; nothing of references; quality; then the block, uncompressed
    bits = _Bits().golomb(0, 7, 0).fixed((0, 4)).golomb(number % 2).fixed((0, 2)).golomb(0, 25)
    return _unit(0x65, bits.aligned() + _GREY + b"\x80")


def _unit(kind, payload):
    """A unit of H.264; three zero bytes on end would be taken for the beginning of another."""
    escaped = b""
    for byte in payload:
        if escaped.endswith(b"\0\0") and byte <= 3:
            escaped += b"\x03"
        escaped += bytes([byte])
    return bytes([kind]) + escaped


def _length(unit):
    return struct.pack(">I", len(unit)) + unit


def _silence():
    # one channel, no gain, a long window without bands; nothing else; the end
    return _Bits().fixed((0, 7), (0, 8), (0, 11), (0, 3), (7, 3)).aligned()


def _track(number, kind, entry, samples, scale, duration, start):
    """A track of `samples`, each `duration` long in units of a second's `scale`th part, which lie
    one after the other from `start`."""
    is_video = kind == b"vide"
    side = SIZE << 16 if is_video else 0
    length = len(samples) * duration
    table = _box(
        b"stbl",
        _table(b"stsd", [b""], entry),
        _table(b"stts", [struct.pack(">2I", len(samples), duration)]),
        _table(b"stsc", [struct.pack(">3I", 1, len(samples), 1)]),
        _box(
            b"stsz", bytes(8), struct.pack(f">{len(samples) + 1}I", *map(len, [samples, *samples]))
        ),
        _table(b"stco", [struct.pack(">I", start)]),
    )
    header = _box(b"vmhd", b"\0\0\0\1", bytes(8)) if is_video else _box(b"smhd", bytes(8))
    return _box(
        b"trak",
        _box(
            b"tkhd",
            b"\0\0\0\3",
            struct.pack(">5I", 0, 0, number, 0, length * 1000 // scale),
            bytes(12),
            struct.pack(">2H", 0 if is_video else 0x100, 0),
            _MATRIX,
            struct.pack(">2I", side, side),
        ),
        _box(
            b"mdia",
            _box(b"mdhd", bytes(4), struct.pack(">4I2H", 0, 0, scale, length, 0x55C4, 0)),
            _box(b"hdlr", bytes(8), kind, bytes(13)),
            _box(
                b"minf",
                header,
                _box(b"dinf", _table(b"dref", [b""], _box(b"url ", b"\0\0\0\1"))),
                table,
            ),
        ),
    )


def _video_entry(sequence, picture):
    configuration = bytes([1, *sequence[1:4], 0xFF, 0xE1])
    configuration += struct.pack(">H", len(sequence)) + sequence
    configuration += b"\x01" + struct.pack(">H", len(picture)) + picture
    return _box(
        b"avc1",
        bytes(6),
        b"\0\1",
        bytes(16),
        struct.pack(">2H2I", SIZE, SIZE, 0x480000, 0x480000),
        bytes(4),
        b"\0\1",
        bytes(32),
        b"\0\x18\xff\xff",
        _box(b"avcC", configuration),
    )


def _sound_entry():
    # AAC-LC, 44,100 Hz, one channel
    specific = _Bits().fixed((2, 5), (4, 4), (1, 4), (0, 3)).aligned()
    decoder = b"\x40\x15" + bytes(11) + _descriptor(5, specific)
    stream = bytes(3) + _descriptor(4, decoder) + _descriptor(6, b"\x02")
    return _box(
        b"mp4a",
        bytes(6),
        b"\0\1",
        bytes(8),
        struct.pack(">4HI", 1, 16, 0, 0, SOUND_RATE << 16),
        _box(b"esds", bytes(4), _descriptor(3, stream)),
    )


def _descriptor(tag, payload):
    return bytes([tag, len(payload)]) + payload


def _table(kind, entries, *boxes):
    return _box(kind, bytes(4), struct.pack(">I", len(entries)), *entries, *boxes)


def _box(kind, *payload):
    content = b"".join(payload)
    return struct.pack(">I4s", 8 + len(content), kind) + content
