"""A few words as large as the screen allows, in its middle: first pages, urgent words."""

from odoo.addons.yangguang_cunwu.lib.pdf.text import wrap

from . import fonts, legibility
from .frame import Draft, Frame
from .leaf import Leaf, Run
from .screen import Screen

# texts of so many characters stay on one line, if that leaves them legible
_WHOLE = 8


def draw(
    screen: Screen, paragraphs: list[tuple[str, str]], title: str, largest: int | None = None
) -> list[Draft]:
    """One page of `paragraphs`, each with its tint, in the largest type that holds them all, but
    not more than `largest` px. What is too long for one page flows over several, under `title`."""
    paragraphs = [(text, tint) for text, tint in paragraphs if text]
    for whole in (_WHOLE, 0):
        for font in _candidates(screen, largest):
            lines = [
                (line, tint) for text, tint in paragraphs for line in _balanced(font, text, screen)
            ]
            texts = [line for line, _tint in lines]
            texts += [text for text, _tint in paragraphs if len(text) <= whole]
            wide = max(map(font.width, texts), default=0) > screen.width
            if not wide and len(lines) * font.line <= screen.height:
                return [Draft(_centred(lines, font, screen))]
    frame = Frame(screen, legibility.running(screen)[0], title)
    groups = [
        [[line]]
        for text, tint in paragraphs
        if text != title or not frame.top
        for line in frame.wrapped(text, tint)
    ]
    return frame.pages(groups)


def _candidates(screen, largest):
    running = legibility.running(screen)
    if screen.draws_text:
        return running
    most = largest or screen.height
    larger = (size for size in reversed(fonts.SIZES) if running[0].size < size <= most)
    return (*map(fonts.font, larger), *running)


def _balanced(font, text, screen):
    """`text` in as few lines as it needs, of about the same length."""
    width = screen.width
    lines = wrap(font, text, width)
    for narrower in range(width - font.size, font.size, -font.size):
        tried = wrap(font, text, narrower)
        if len(tried) > len(lines) or any(font.width(line) > narrower for line in tried):
            break
        lines = tried
    return lines


def _centred(lines, font, screen):
    pitch = font.line if font.cells else min(screen.height // len(lines), font.line * 3 // 2)
    top = (screen.height - pitch * (len(lines) - 1) - font.line) // 2
    if font.cells:
        top = top // font.line * font.line
    runs = []
    for number, (line, tint) in enumerate(lines):
        x = (screen.width - font.width(line)) // 2 // font.step * font.step
        runs.append(Run(x, top + number * pitch, line, font, tint))
    return Leaf(tuple(runs))
