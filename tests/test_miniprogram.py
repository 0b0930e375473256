"""The pages of the mini-program in a browser, and its own check of what a real server publishes.

The pages are drawn from the engine's tree, so this is not WeChat itself; sizes and colours are the
same.
"""

import copy
import json
import subprocess
from urllib.request import urlopen

import pytest

from scripts.settings import ROOT

_TESTS = ROOT / "miniprogram" / "tests"
# print -> least side of what is tapped, least size of running text (px)
_PRINTS = {"normal": (44, 14), "large": (60, 18), "largest": (60, 18)}
# phones that are narrow, and the usual ones
_SCREENS = ((320, "normal"), (320, "large"), (320, "largest"), (390, "normal"), (390, "largest"))
# contrast of text with what is behind it; enough for small print
_CONTRAST = 4.5
_LINE = 1.3

_MEASURE = """
() => {
  const found = { wide: [], small: [], pale: [], tight: [], tiny: [] }
  const width = document.documentElement.clientWidth
  const name = (node) => node.getAttribute('aria-label') || node.textContent.trim().slice(0, 20)
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number)
  const light = ([r, g, b]) => {
    const part = (one) => (one /= 255) <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
  }
  const behind = (node) => {
    for (let one = node; one; one = one.parentElement) {
      const [r, g, b, a = 1] = numbers(getComputedStyle(one).backgroundColor)
      if (a) return [r, g, b]
    }
    return [255, 255, 255]
  }
  const tapped = 'button, a, input, textarea, [role=button], [role=link], [role=radio], label'
  for (const node of document.body.querySelectorAll('*')) {
    const box = node.getBoundingClientRect()
    if (!box.width || node.closest('.wx-bar')) continue
    if (box.right > width + 1 || box.left < -1) found.wide.push(name(node))
    if (node.matches(tapped)) {
      if (Math.min(box.width, box.height) < LEAST - 0.5) {
        found.small.push(`${name(node)} ${box.width}x${box.height}`)
      }
    }
    const own = [...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim())
    if (!own && !node.matches('input, textarea')) continue
    const style = getComputedStyle(node)
    const [a, b] = [light(numbers(style.color)), light(behind(node))].sort((x, y) => y - x)
    if ((a + 0.05) / (b + 0.05) < CONTRAST) found.pale.push(name(node))
    const size = parseFloat(style.fontSize)
    if (size < TEXT) found.tiny.push(`${name(node)} ${size}`)
    if (parseFloat(style.lineHeight) < LINE * size - 0.1) found.tight.push(name(node))
  }
  return found
}
"""


@pytest.mark.parametrize(("width", "size"), _SCREENS)
def test_every_page_can_be_read_and_tapped(browser, tmp_path, width, size):
    """Nothing is cut off, too small, too pale or too tight."""
    tap, text = _PRINTS[size]
    command = ["node", _TESTS / "draw.mjs", tmp_path, str(width), size]
    names = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    measure = _MEASURE
    for name, value in (("LEAST", tap), ("TEXT", text), ("CONTRAST", _CONTRAST), ("LINE", _LINE)):
        measure = measure.replace(name, str(value))
    context = browser.new_context(viewport={"width": width, "height": 640})
    page = context.new_page()
    faults = {}
    for name in names:
        page.goto((tmp_path / f"{name}.html").as_uri())
        found = {kind: those for kind, those in page.evaluate(measure).items() if those}
        if found:
            faults[name] = found
    context.close()
    assert len(names) > 30
    assert not faults


def test_phone_confirms_what_the_server_has_sealed(server):
    """The check is made from the bytes of /api/v1 by the mini-program's own SHA-256."""

    def read(path):
        with urlopen(f"{server.base_url}/api/v1{path}") as answer:
            return json.load(answer)

    newest = read("/publications?limit=100")["items"]
    publications = [read(f"/publications/{one['code']}") for one in newest]
    found = _examined(publications)
    assert len(found) > 10
    assert all(all(one["agrees"]) for one in found)
    assert [one["rows"] for one in found] == [
        0 if publication["face"]["zero"] else len(publication["face"]["rows"])
        for publication in publications
    ]
    forged = copy.deepcopy(publications)
    for publication in forged:
        publication["face"]["title"] += "。"
    assert [one["agrees"] for one in _examined(forged)] == [[True, False]] * len(forged)


def _examined(publications):
    done = subprocess.run(
        ["node", _TESTS / "examine.mjs"],
        input=json.dumps(publications),
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(done.stdout)
