"""Makes the addons importable for tests without a database, and counts a skip as a failure."""

import os
import shutil
from pathlib import Path
from unittest.mock import patch

import hypothesis
import pytest

import odoo.tools

import odoo.addons

ADDONS = Path(__file__).parent / "addons"
if str(ADDONS) not in odoo.addons.__path__:
    odoo.addons.__path__.append(str(ADDONS))


# a busy machine is no failure
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")


@pytest.fixture(scope="session", autouse=True)
def own_files(request):
    """Files of its own for each worker that has a database of its own.

    pytest-odoo lets the workers share them, and Odoo ends each class of tests by removing the files
    that its database does not know: those of the other worker.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if not (worker and request.config.pluginmanager.hasplugin("odoo")):
        yield
        return
    request.getfixturevalue("load_registry")
    shared = Path(odoo.tools.config.filestore(""))
    own = shared.with_name(f"{shared.name}-{worker}")
    shutil.copytree(shared, own, copy_function=os.link)
    try:
        with patch.object(odoo.tools.config, "filestore", return_value=str(own)):
            yield
    finally:
        shutil.rmtree(own)


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
