"""Fixtures of the browser tests: `live` (a server on the replayed sample), `browser`, `page`, `phone`.

A page that writes an error into the browser's console, or breaks the content security policy, fails its test.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, sync_playwright

import machine
from tests.browser import server
from tests.browser.server import Live

FLAGS = [
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
# A refused page is an answer, not a fault of the page; a test looks at it on purpose.
EXPECTED = "Failed to load resource: the server responded with a status of 4"


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the replayed sample district; made once a run, whichever worker comes first. Copy, don't change."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder, done = shared / "sample", shared / "sample-done"
    with (shared / "sample-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            folder.mkdir(exist_ok=True)
            server.make_sample(folder)
            done.touch()
    return folder


@pytest.fixture(scope="module")
def live(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A server of this module's own on a copy of the sample; its log must stay free of tracebacks."""
    folder = tmp_path_factory.mktemp("live")
    server.copy_sample(sample, folder)
    with server.serving(folder) as running:
        yield running
    assert "Traceback" not in running.log, running.log


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    # Playwright keeps an event loop in this thread; Django would refuse the database to every later test.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The machine's own Chromium."""
    found = machine.chromium()
    assert found, "Chromium is missing; tools/setup_test_machine.py installs it"
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    started = playwright.chromium.launch(executable_path=found, args=[*FLAGS, *sandbox])
    yield started
    started.close()


def watched(context: BrowserContext) -> Iterator[Page]:
    faults: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(EXPECTED):
            faults.append(message.text)

    page = context.new_page()
    page.on("console", note)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert not faults, faults


@pytest.fixture
def page(browser: Browser, live: Live) -> Iterator[Page]:
    """A desktop window with a Chinese browser; addresses are relative to the server."""
    yield from watched(browser.new_context(base_url=live.url, locale="zh-CN", viewport={"width": 1280, "height": 900}))


@pytest.fixture
def english_page(browser: Browser, live: Live) -> Iterator[Page]:
    """A desktop window with an English browser."""
    yield from watched(browser.new_context(base_url=live.url, locale="en-GB", viewport={"width": 1280, "height": 900}))


@pytest.fixture
def phone(browser: Browser, live: Live) -> Iterator[Page]:
    """A phone of 360 pixels with a Chinese browser."""
    context = browser.new_context(
        base_url=live.url, locale="zh-CN", viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    yield from watched(context)
