"""What a person's hands do at a browser, counted by the keystroke-level model.

The model is that of Card, Moran and Newell (1980). It adds up, for one who knows the program and
makes no mistake: a key 0.28 s (an average typist), pointing at something 1.1 s, pressing and
letting go of the mouse button 0.2 s, a hand moved between keyboard and mouse 0.4 s, and a thought
of 1.35 s. The thought is put before every click and before every run of keys, without exception,
which is more than the model asks for. A chord such as Ctrl+V is a key for each of its parts; a
Chinese character is four keys of an input method.

The machine's time is no part of it. It is measured apart, from the moment of an action until the
screen shows what comes next.
"""

import contextlib
import time

from playwright.sync_api import expect

KEY, POINT, CLICK, HOME, THINK = 0.28, 1.1, 0.2, 0.4, 1.35  # s
KEYS_OF_A_CHARACTER = 4
_FIRST_CHARACTER = "\u2e80"  # of those that need an input method
_READY = 60_000  # ms


class Hands:
    """Acts at `page` and counts: `clicks`, `keys`, `seconds` of the hands, seconds `waited`.

    `typed` are the texts typed into fields, each with the place it was typed in.
    """

    def __init__(self, page):
        self.page = page
        self.clicks = self.keys = 0
        self.seconds = self.waited = 0.0
        self.typed = []
        self._at_mouse = False

    def click(self, target, then=None):
        """Clicks on `target`, a selector or a locator; waits until the selector `then` shows."""
        self._count_click()
        with self._waiting():
            self._located(target).click()
            if then:
                expect(self._located(then)).to_be_visible(timeout=_READY)

    def press(self, *chords, then=None, answer=None):
        """Presses keys or chords; waits for the selector `then`, or until the server has answered
        a call of the method `answer` and its answer is drawn."""
        self._count_chords(*chords)
        with self._waiting():
            if answer:
                with self.page.expect_response(lambda got: got.url.endswith(f"/{answer}")):
                    self._press(chords)
                self.page.evaluate(
                    "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))"
                )
            else:
                self._press(chords)
            if then:
                expect(self._located(then)).to_be_visible(timeout=_READY)

    def type(self, text, place=None):
        """Types `text` into what has the focus; `place` names it when it is a field of a sheet."""
        self._count_keys(sum(KEYS_OF_A_CHARACTER if c >= _FIRST_CHARACTER else 1 for c in text))
        if place:
            self.typed.append((place, text))
        first, *others = text.split("\n")
        self.page.keyboard.insert_text(first)
        for line in others:
            self.page.keyboard.press("Enter")
            self.page.keyboard.insert_text(line)

    def copy_from_excel(self, rows):
        """In the workbook beside: its window, the sheet's tab, the table's first cell, to its end,
        copy, and back to the browser."""
        self._count_chords("Alt+Tab")
        self._count_click()
        self._count_click()
        self._count_chords("Control+Shift+End", "Control+c", "Alt+Tab")
        lines = "".join("\t".join(map(_quoted, row)) + "\r\n" for row in rows)
        self.page.evaluate("text => navigator.clipboard.writeText(text)", lines)

    def wait_until_gone(self, selector):
        """Waits until nothing of `selector` is on the screen."""
        with self._waiting():
            expect(self.page.locator(selector)).to_have_count(0, timeout=_READY)

    def _located(self, target):
        return self.page.locator(target).first if isinstance(target, str) else target

    def _press(self, chords):
        for chord in chords:
            self.page.keyboard.press(chord)

    def _count_click(self):
        self.clicks += 1
        self.seconds += THINK + POINT + CLICK + HOME * (not self._at_mouse)
        self._at_mouse = True

    def _count_chords(self, *chords):
        self._count_keys(sum(chord.count("+") + 1 for chord in chords))

    def _count_keys(self, count):
        self.keys += count
        self.seconds += THINK + KEY * count + HOME * self._at_mouse
        self._at_mouse = False

    @contextlib.contextmanager
    def _waiting(self):
        started = time.monotonic()
        yield
        self.waited += time.monotonic() - started


def _quoted(cell):
    """A cell as Excel puts it on the clipboard."""
    return '"' + cell.replace('"', '""') + '"' if any(c in cell for c in '"\n\t') else cell
