"""What people do with a mouse, said once for all journeys."""

from __future__ import annotations

import re

from playwright.sync_api import Page

PASSWORD = "erqi-sample-2020"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def sign_in(page: Page, username: str) -> None:
    page.goto("/sign-in/")
    page.fill("#id_username", username)
    page.fill("#id_password", PASSWORD)
    page.click("main button")
    page.wait_for_url("**/staff/**")


def sideways(page: Page) -> int:
    """Return by how many pixels the page is wider than the window."""
    return int(page.evaluate(SIDEWAYS))


def first_link(page: Page, pattern: str) -> str | None:
    """Return the first address on the page that matches `pattern`."""
    links = page.eval_on_selector_all("main a[href]", "found => found.map(one => one.getAttribute('href'))")
    return next((link for link in links if re.search(pattern, link)), None)
