"""The Chinese font of the printed sheets: found once, loaded once, shared by all threads."""

import subprocess
import threading
from functools import cache
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase.ttfonts import TTFError, TTFont

# Debian's and Ubuntu's fonts with TrueType outlines. Noto CJK has PostScript outlines, which
# reportlab cannot embed.
CANDIDATES = (
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/usr/share/fonts/truetype/arphic/uming.ttc",
    "/usr/share/fonts/truetype/arphic/ukai.ttc",
)
_NAME = "yangguang-chinese"
_PROBE = "阳光村务公开"

# ASCII85 is for channels of 7 bits; it makes the file a quarter larger and much slower to write
rl_config.useA85 = 0

_loading = threading.Lock()
# reportlab reads glyphs through a position kept in the font, so two documents take turns
embedding = threading.Lock()


class FontError(Exception):
    """No font can be embedded; the message says what to install."""


class Font:
    """A TrueType font with its character widths. `path` names the file.

    Raises FontError when the file cannot be embedded or is not a Chinese font.
    """

    def __init__(self, path: str):
        try:
            # without asciiReadable only the letters that occur are embedded
            self.truetype = TTFont(_NAME, path, subfontIndex=0, asciiReadable=False)
        except (TTFError, OSError) as error:
            raise FontError(f"字体文件 {path} 不能嵌入 PDF：{error}") from error
        face = self.truetype.face
        # every document would copy the outlines of the whole font, some 10 MB
        face.get_table = cache(face.get_table)
        # reportlab writes a wrong text layer for characters beyond the basic plane: such a name
        # would look right and be found by nobody, so those count as missing
        self.widths = {
            chr(code): face.charWidths.get(code, face.defaultWidth) / 1000
            for code in face.charToGlyph
            if 32 <= code <= 0xFFFF
        }
        if not self.widths.keys() >= set(_PROBE):
            raise FontError(f"字体文件 {path} 没有汉字")

    def width(self, text: str) -> float:
        """The width of `text` in em; KeyError for a character that the font lacks."""
        return sum(map(self.widths.__getitem__, text))

    def printable(self, text: str, missing: set[str]) -> str:
        """Return `text` with each character the font lacks as [U+20BB7]; adds it to `missing`."""
        if self.widths.keys() >= set(text):
            return text
        return "".join(
            character if character in self.widths else self._replacement(character, missing)
            for character in text
        )

    def _replacement(self, character, missing):
        if character.isspace():
            return "\n" if character == "\n" else " "
        missing.add(character)
        return f"[U+{ord(character):04X}]"


def default_font() -> Font:
    """Return the process's font: the first of CANDIDATES, then of fontconfig, that works.

    Raises FontError when there is none.
    """
    with _loading:
        return _first_font()


@cache
def _first_font():
    for path in (*filter(_exists, CANDIDATES), *_installed()):
        try:
            return Font(path)
        except FontError:
            continue
    raise FontError(
        "没有找到可以嵌入 PDF 的中文字体，请安装 TrueType 中文字体，如 fonts-wqy-zenhei。"
    )


def _exists(path):
    return Path(path).is_file()


def _installed():
    """The Chinese fonts that fontconfig knows; none where it is not installed."""
    try:
        listing = subprocess.run(
            ["fc-list", ":lang=zh", "--format=%{file}\n"],
            capture_output=True,
            text=True,
            timeout=10,
            check=False,
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return []
    return sorted(set(listing.split("\n")) - {""})
