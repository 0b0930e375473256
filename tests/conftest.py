"""Fixtures of the black-box tests: a real server on a clone of the demo, a real browser."""

import playwright.sync_api
import pytest
from chromium import CHROMIUM
from player_stub import FILM, Box, Stub
from serving import served_clone

from scripts import agent
from scripts.cluster import SCRATCH


@pytest.fixture(scope="session")
def cluster():
    """The throw-away PostgreSQL cluster, running."""
    with SCRATCH.running():
        yield SCRATCH


@pytest.fixture(scope="session")
def server(cluster):
    """One server for the session: a test leaves behind what it makes, and relies on none of it."""
    with served_clone(cluster) as served:
        yield served


@pytest.fixture
def own_server(cluster):
    """A server for one test that changes what others read."""
    with served_clone(cluster) as served:
        yield served


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium; open pages with `browser.new_context(...)` or the fixture `page`."""
    with playwright.sync_api.sync_playwright() as driver:
        chromium = driver.chromium.launch(**CHROMIUM)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, server):
    """A page in a context of its own, whose relative addresses are the server's."""
    context = browser.new_context(base_url=server.base_url, locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.fixture
def stub():
    """A server that one web player sees, with the faults that a test wants."""
    one = Stub()
    one.url = one.start()
    yield one
    one.stop()


@pytest.fixture
def box(browser, stub, tmp_path):
    """A box in front of a screen, whose player belongs to `stub`."""
    one = Box(browser.browser_type, CHROMIUM, tmp_path / "disk", stub.url)
    yield one
    one.close()


@pytest.fixture(scope="session")
def film(browser):
    """A short film in magenta, as WebM."""
    page = browser.new_page()
    content = bytes(page.evaluate(FILM))
    page.close()
    return content


@pytest.fixture(scope="session")
def agent_file(tmp_path_factory):
    """The agent's program as it is given to a village."""
    path = tmp_path_factory.mktemp("agent") / "yangguang-agent.pyz"
    path.write_bytes(agent.build())
    return path
