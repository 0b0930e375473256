"""Makes the addons importable for tests without a database, and counts a skip as a failure."""

import os
from pathlib import Path

import hypothesis
import pytest

import odoo.addons

ADDONS = Path(__file__).parent / "addons"
if str(ADDONS) not in odoo.addons.__path__:
    odoo.addons.__path__.append(str(ADDONS))


# a busy machine is no failure
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")


def pytest_collect_directory(path, parent):
    # pytest would import a package it walks through by its bare name, which Odoo's models refuse
    return pytest.Dir.from_parent(parent, path=path) if path.is_relative_to(ADDONS) else None


def pytest_sessionfinish(session, exitstatus):
    # Odoo skips browser tests when it finds no browser; here that is a failure
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if (
        os.environ.get("CI")
        and exitstatus == pytest.ExitCode.OK
        and reporter
        and reporter.stats.get("skipped")
    ):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
