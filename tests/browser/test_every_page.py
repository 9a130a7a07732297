"""Every screen of the sample district in a real browser: no fault in the console, nothing sticking out at 360 pixels.

The fixtures fail a test whose page writes an error into the console; a style or script the policy refuses does.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.steps import first_link, sideways, sign_in

PUBLIC = ["/", "/sign-in/", "/figures/S5.schools/", "/figures/S5.claims_settled/", "/bulletins/compounds/", "/nowhere/"]
SCREENS = {
    "leader": [
        "/staff/today/", "/staff/work/", "/staff/task-forces/", "/staff/task-forces/new/", "/staff/playbooks/",
        "/staff/rosters/", "/staff/rosters/import/", "/staff/figures/?story=S5", "/staff/bulletins/",
        "/staff/bulletins/new/", "/staff/page/", "/staff/ledger/",
    ],
    "auditor": ["/staff/ledger/"],
    "editor": ["/staff/page/", "/staff/bulletins/"],
}  # fmt: skip
DEEPER = [
    ("/staff/work/?state=", r"^/staff/work/\d+/"),
    ("/staff/task-forces/", r"^/staff/task-forces/\d+/"),
    ("/staff/playbooks/", r"^/staff/playbooks/s5-reopening/"),
    ("/staff/rosters/", r"^/staff/rosters/\d+/"),
    ("/staff/figures/?story=S5", r"^/staff/figures/S5"),
    ("/staff/bulletins/", r"^/staff/bulletins/\d+/"),
    ("/staff/task-forces/new/", r"playbook=s5-reopening"),
]


def look(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert sideways(page) <= 0, f"{address} sticks out by {sideways(page)} pixels"
    assert page.locator("h1, .opened h2").count() >= 1, address


def tour(page: Page) -> None:
    for address in PUBLIC:
        look(page, address)
    for role, addresses in SCREENS.items():
        sign_in(page, role)
        for address in addresses:
            look(page, address)
        page.context.clear_cookies(name="sessionid")


def deeper_tour(page: Page) -> None:
    sign_in(page, "leader")
    for listing, pattern in DEEPER:
        page.goto(listing)
        link = first_link(page, pattern)
        assert link, f"{listing} leads to nothing like {pattern}"
        look(page, link if link.startswith("/") else listing.split("?")[0] + link)
    page.goto("/staff/work/?state=")
    page.goto(first_link(page, r"^/staff/work/\d+/") or "")
    look(page, first_link(page, r"^/staff/cases/\d+/") or "")


@pytest.mark.parametrize("window", ["page", "english_page", "phone"])
def test_every_screen_is_without_fault_and_keeps_to_its_width(window: str, request: pytest.FixtureRequest) -> None:
    tour(request.getfixturevalue(window))


@pytest.mark.parametrize("window", ["page", "english_page", "phone"])
def test_what_the_lists_lead_to_is_without_fault_and_keeps_to_its_width(
    window: str, request: pytest.FixtureRequest
) -> None:
    deeper_tour(request.getfixturevalue(window))
