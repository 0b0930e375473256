"""What can be driven, and that a driver needs nothing of Odoo."""

import subprocess
import sys
from pathlib import Path

import pytest

from odoo.addons.yangguang_led.lib import drivers
from odoo.addons.yangguang_led.lib.drivers.base import NOTHING, PICTURES, TEXT
from odoo.addons.yangguang_led.lib.drivers.registry import DRIVERS, UNSUPPORTED


@pytest.mark.parametrize("key", DRIVERS)
def test_a_driver_says_what_it_is(key):
    driver = DRIVERS[key]
    assert driver.key == key
    assert driver.title
    assert driver.draws in (TEXT, PICTURES, NOTHING)
    for default, words in driver.OPTIONS.values():
        assert words
        assert isinstance(default, (str, int, bool))


def test_what_cannot_be_driven_says_what_to_use():
    for words in UNSUPPORTED.values():
        assert words.endswith("。")
        assert "请" in words


def test_drivers_run_without_odoo():
    """As in the agent beside a screen: their folder alone on the path."""
    folder = Path(drivers.__file__).parent
    code = (
        "import sys; sys.modules['odoo'] = None; "
        "from drivers.registry import DRIVERS; print(*sorted(DRIVERS))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.split() == sorted(DRIVERS)
