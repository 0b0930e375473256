"""What a page of an LED screen costs against Pillow's own `ImageDraw.text`. Needs no database.

Both make the same page of 256×128 dots in one colour, as the bytes that a card takes. The figure
that counts is for lines drawn before (`page`): one publication goes to many screens, and its pages
repeat their heads. Lines never drawn before, of characters that have been (`new_lines`), and type
of 24 dots from outlines (`outlines`), show what the two caches are worth.

Limits: ten times as fast as Pillow; new lines not slower than Pillow.
"""

from itertools import cycle

from PIL import Image, ImageDraw

from odoo.addons.yangguang_led.lib.drawing import Screen, canvas, fonts
from odoo.addons.yangguang_led.lib.drawing.leaf import Leaf, Run

from . import harness

SCREEN = Screen(256, 128)
ROUNDS = 200
TEXT = "二〇二六年三月村集体经济组织收支明细情况公开"


def main():
    for figure, ratio, limit in figures():
        harness.report("led", f"drawing_{figure}", ratio, limit, at_least=True)


def figures():
    """(figure, how many times as fast as Pillow, limit) of each figure."""
    yield "page", _times(16, 1), 10
    yield "outlines", _times(24, 1), 10
    yield "new_lines", _times(16, ROUNDS + 1), 1


def _times(size, pages):
    """How many times as fast so many different pages of `size` dots are drawn."""
    font = fonts.font(size)
    texts = [list(_lines(font, number)) for number in range(pages)]
    leaves = [Leaf(tuple(Run(0, y, words, font) for y, words in text)) for text in texts]
    for character in "0123456789" + TEXT:
        canvas.bits(Leaf((Run(0, 0, character, font),)), SCREEN)
    each_text, each_leaf = cycle(texts), cycle(leaves)
    floor, taken = harness.paired(
        lambda: _pillow(font, next(each_text)),
        lambda: canvas.bits(next(each_leaf), SCREEN),
        rounds=ROUNDS,
    )
    return floor / taken


def _lines(font, number):
    """The lines of a page; no two pages share one."""
    in_line = SCREEN.width // font.size
    for line in range(SCREEN.height // font.line):
        start = (number * 7 + line * 3) % len(TEXT)
        # eight figures are as wide as four characters or a little more
        words = f"{number * 8 + line:08d}{TEXT[start:]}{TEXT}"
        yield line * font.line, words[: 8 + in_line - 5]


def _pillow(font, text):
    image = Image.new("1", (SCREEN.width, SCREEN.height))
    draw = ImageDraw.Draw(image)
    for y, words in text:
        draw.text((0, y), words, font=font.file, fill=1)
    return image.tobytes()
