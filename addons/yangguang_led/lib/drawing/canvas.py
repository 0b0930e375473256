"""Draws a leaf as the picture that the screen shows, dot by dot."""

import io
import struct
import zlib

from PIL import Image, ImageChops

from .leaf import Leaf
from .screen import FULL, ONE, PALETTE, Screen


def png(leaf: Leaf, screen: Screen) -> bytes:
    """Return the picture of `leaf` as PNG, in the colours the screen has; it carries no time.

    Raises ValueError when something would be outside the screen.
    """
    if screen.colours == ONE:
        return _png_of_bits(bits(leaf, screen), screen)
    image = Image.new("RGB", (screen.width, screen.height))
    if leaf.picture is not None:
        image.paste(leaf.picture, leaf.corner)
    for tint, plane in _planes(leaf, screen).items():
        image.paste(screen.colour(tint), mask=_mask(plane, screen))
    target = io.BytesIO()
    (image if screen.colours == FULL else _reduced(image)).save(target, "PNG")
    return target.getvalue()


def bits(leaf: Leaf, screen: Screen) -> bytes:
    """Return which dots of a screen of one colour `leaf` lights: row by row from the top, eight
    dots a byte, the leftmost first; every row begins a byte. Raises ValueError like `png`."""
    lit = 0
    for plane in _planes(leaf, screen).values():
        lit |= plane
    if leaf.picture is None:
        return lit.to_bytes(_stride(screen) * screen.height // 8)
    below = Image.new("L", (screen.width, screen.height))
    below.paste(leaf.picture, leaf.corner)
    return ImageChops.logical_or(below.convert("1"), _mask(lit, screen)).tobytes()


def _planes(leaf, screen):
    """tint -> its dots as one integer, rows `stride` bits apart, the first row highest."""
    stride = _stride(screen)
    planes = {}
    for x, y, text, font, tint in leaf.runs:
        width, strip = font.strip(text, stride)
        _inside(screen, x, y, width, font.line)
        shift = (screen.height - y - font.line) * stride + stride - x - width
        planes[tint] = planes.get(tint, 0) | strip << shift
    for x, y, width, height, tint in leaf.boxes:
        _inside(screen, x, y, width, height)
        row = (1 << width) - 1 << stride - x - width
        # a one at the end of each row, as the sum of a geometric series
        ones = ((1 << stride * height) - 1) // ((1 << stride) - 1)
        planes[tint] = planes.get(tint, 0) | row * ones << (screen.height - y - height) * stride
    return planes


def _inside(screen, x, y, width, height):
    if x < 0 or y < 0 or x + width > screen.width or y + height > screen.height:
        raise ValueError(f"{width}×{height} at {x},{y} is outside {screen.width}×{screen.height}")


def _stride(screen):
    return (screen.width + 7) // 8 * 8


def _mask(plane, screen):
    size = screen.width, screen.height
    return Image.frombytes("1", size, plane.to_bytes(_stride(screen) * screen.height // 8))


def _reduced(image):
    palette = Image.new("P", (1, 1))
    palette.putpalette(sum(PALETTE, ()))
    return image.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG)


def _png_of_bits(dots, screen):
    """A PNG of two colours; Pillow would spread the bits to bytes and pack them again."""
    length = _stride(screen) // 8
    rows = b"".join(b"\0" + dots[start : start + length] for start in range(0, len(dots), length))
    header = struct.pack(">IIBBBBB", screen.width, screen.height, 1, 3, 0, 0, 0)
    chunks = (
        (b"IHDR", header),
        (b"PLTE", bytes(sum(screen.palette, ()))),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
