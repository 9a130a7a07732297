"""Every page: no inline style or script, a skip link, one main heading, labels; a bounded number of queries."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from paotui.registry.actions import organisations
from paotui.registry.actors import Actor
from paotui.work.actions import task_forces
from tests.web import matrix
from tests.web.office import OPENED, PERIOD, Office, import_roster

PAGES = sorted(set(matrix.GET) - {"health", "staff", "page_pdf", "bulletin_docx", "attachment"})
PAGES = [name for name in PAGES if not name.endswith("_export")]
MOST_QUERIES = 40


class Reader(HTMLParser):
    """Notes what a strict policy refuses, and what a reader without eyes or mouse would miss."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.headings = self.mains = self.skips = 0
        self.labelled: set[str] = set()
        self.inputs: list[dict[str, str | None]] = []
        self._labels = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "style" or "style" in found or any(name.startswith("on") for name in found):
            self.faults.append(self.get_starttag_text() or tag)
        if tag == "script" and "src" not in found:
            self.faults.append("script")
        if any((found.get(name) or "").startswith(("http:", "https:", "//")) for name in ("src", "href", "action")):
            self.faults.append(str(found))
        self.headings += tag == "h1"
        self.mains += tag == "main"
        self.skips += found.get("class") == "skip"
        self._labels += tag == "label"
        if tag == "label" and found.get("for"):
            self.labelled.add(found["for"] or "")
        if tag in ("input", "select", "textarea") and found.get("type") != "hidden" and not self._labels:
            self.inputs.append(found)

    def handle_endtag(self, tag: str) -> None:
        self._labels -= tag == "label"

    def unlabelled(self) -> list[dict[str, str | None]]:
        return [one for one in self.inputs if one.get("id") not in self.labelled and not one.get("aria-label")]


def opened(signed_in: Callable[[str], Client], office: Office, name: str) -> tuple[Client, str]:
    client = Client() if matrix.GET[name] == "public" else signed_in(matrix.ROLE[matrix.GET[name][0]])
    return client, reverse(f"web:{name}", kwargs=office.names().get(name, {}))


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_keeps_the_policy_and_can_be_read_without_eyes_or_mouse(
    name: str, language: str, signed_in: Callable[[str], Client], office: Office
) -> None:
    client, address = opened(signed_in, office, name)
    response = client.get(address, headers={"Accept-Language": language})
    reader = Reader()
    reader.feed(response.content.decode())
    assert response.status_code == 200
    assert reader.faults == []
    assert (reader.mains, reader.skips) == (1, 1)
    assert reader.headings == 1 or name == "figure"
    assert reader.unlabelled() == []
    assert "unsafe" not in response["Content-Security-Policy"]


@pytest.mark.parametrize("name", PAGES)
def test_an_english_page_says_nothing_of_ours_in_chinese(
    name: str, signed_in: Callable[[str], Client], office: Office
) -> None:
    """Names of people and companies are Chinese; what the screens say is not. Told by a few words of every screen."""
    client, address = opened(signed_in, office, name)
    page = client.get(address, headers={"Accept-Language": "en"}).content.decode()
    for word in ("任务单", "专班", "名册", "期限", "今日", "退出", "筛选", "填报"):
        assert word not in page, word


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_the_database_a_bounded_number_of_questions_however_much_work_there_is(
    name: str, signed_in: Callable[[str], Client], office: Office
) -> None:
    client, address = opened(signed_in, office, name)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address)
    grow(office)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) <= len(few) + 1, [query["sql"][:120] for query in many]
    assert len(many) <= MOST_QUERIES


def grow(office: Office) -> None:
    """Ten more companies with a task force of their own."""
    system = Actor.system(office.district)
    names = [f"新企业{number}" for number in range(10)]
    for name in names:
        organisations.register(district=office.district, kind="enterprise", name=name, by=system, at=OPENED)
    roster = import_roster(office.district, office.subdistrict, names, key="more", title="另一册")
    task_forces.launch(
        district=office.district, playbook=office.playbook, roster=roster, title="另一专班", lead=office.bureau,
        members={"bureau": [office.bureau]}, period=PERIOD, by=system, at=OPENED,
    )  # fmt: skip
