"""What a visitor sees: the page, what a figure counts, the language, the errors."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils.html import escape

from paotui.registry.actors import Actor
from paotui.web import clock
from paotui.work.actions import work_orders
from tests.web.office import OPENED, PASSWORD, Office

pytestmark = pytest.mark.django_db


def test_the_front_page_is_the_newspaper_and_its_figures_are_links(office: Office) -> None:
    page = Client().get("/").content.decode()
    assert "样例报" in page
    assert '<a class="figure" href="/figures/S3.targets/"' in page


def test_a_figure_opens_to_what_it_counts_in_a_page_of_its_own_and_in_a_panel(office: Office) -> None:
    whole = Client().get("/figures/S3.targets/").content.decode()
    panel = Client(headers={"HX-Request": "true"}).get("/figures/S3.targets/").content.decode()
    assert "<html" in whole
    assert "<html" not in panel
    for name in ("顺达运输410103", "安行驾校410103", "远途物流410103"):
        assert name in whole
        assert name in panel


def test_a_figure_no_signed_bulletin_prints_is_not_for_visitors(office: Office) -> None:
    assert Client().get("/figures/S3.visits/").status_code == 404
    assert Client().get("/figures/S3.targets/?bulletin=draft").status_code == 404
    assert Client().get("/bulletins/draft/").status_code == 404


def test_a_correction_after_sign_off_shows_as_differing_now_and_leaves_what_was_printed(office: Office) -> None:
    order, system = office.order("visit", 2), Actor.system(office.district)
    printed = Client().get("/figures/S3.head_count/?bulletin=counted")
    assert printed.status_code == 200
    assert "differs" not in printed.content.decode()
    work_orders.correct(
        record=order.records.get(), values={"subject": "rules", "head_count": 15, "leaflets": 20, "hazards": 0},
        reason="数错了", by=system, at=OPENED + dt.timedelta(hours=9),
    )  # fmt: skip
    page = Client().get("/figures/S3.head_count/?bulletin=counted").content.decode()
    assert "印出时为 12人次" in page
    assert "现在再数是 15人次" in page


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("zh-CN,zh;q=0.9", "zh-hans"), ("zh-TW", "zh-hans"), ("en-GB,en;q=0.8", "en"), ("fr", "zh-hans"), ("", "zh-hans")],
)
def test_the_language_follows_the_browser_and_is_chinese_when_in_doubt(
    accepted: str, language: str, office: Office
) -> None:
    page = Client(headers={"Accept-Language": accepted}).get("/").content.decode()
    assert f'<html lang="{language}">' in page


def test_the_switch_is_remembered(office: Office) -> None:
    client = Client(headers={"Accept-Language": "zh-CN"})
    response = client.post("/language/", {"language": "en", "next": "/"})
    assert response["Location"] == "/"
    assert '<html lang="en">' in client.get("/").content.decode()


def test_the_switch_does_not_lead_away(office: Office) -> None:
    assert Client().post("/language/", {"language": "en", "next": "https://elsewhere.example/"})["Location"] == "/"


def test_errors_say_what_happened_in_the_language_of_the_reader(office: Office) -> None:
    assert "这个地址下没有内容" in Client(headers={"Accept-Language": "zh"}).get("/nowhere/").content.decode()
    english = Client(headers={"Accept-Language": "en"}).get("/nowhere/")
    assert english.status_code == 404
    assert "Nothing stands at this address." in english.content.decode()


def test_a_form_from_elsewhere_changes_nothing_and_says_so(office: Office) -> None:
    response = Client(enforce_csrf_checks=True).post("/language/", {"language": "en"})
    assert response.status_code == 403
    assert "这张表单已失效" in response.content.decode()


def test_a_refusal_names_what_is_missing_and_whom_to_ask(office: Office) -> None:
    client = Client()
    client.force_login(office.accounts["crew"], backend="django.contrib.auth.backends.ModelBackend")
    response = client.get("/staff/ledger/")
    assert response.status_code == 403
    assert escape("您的角色不能查看和核验流水。") in response.content.decode()
    assert "请向安全管理员申请角色" in response.content.decode()


def test_signing_in_leads_to_the_first_screen_of_the_role(office: Office) -> None:
    for role, screen in (("leader", "/staff/today/"), ("auditor", "/staff/ledger/"), ("security", "/staff/rosters/")):
        client = Client()
        client.post("/sign-in/", {"username": office.accounts[role].username, "password": PASSWORD})
        assert client.get("/staff/")["Location"] == screen


def test_the_sixth_wrong_password_locks_the_name_with_a_page_that_says_for_how_long(office: Office) -> None:
    wrong = {"username": office.accounts["leader"].username, "password": "wrong"}
    answers = [Client().post("/sign-in/", wrong) for _ in range(6)]
    assert answers[0].status_code == 200
    assert "用户名或密码不对" in answers[0].content.decode()
    assert answers[-1].status_code == 429
    assert "锁定十五分钟" in answers[-1].content.decode()


def test_the_clock_of_a_sample_district_stands_a_minute_after_the_last_thing_that_happened(office: Office) -> None:
    last = office.district.ledger.order_by("-number").first()
    assert clock.now_in(office.district) == last.at + dt.timedelta(minutes=1)
    office.district.is_sample = False
    assert clock.now_in(office.district) > OPENED + dt.timedelta(days=365)


def test_before_anything_is_published_the_page_says_so() -> None:
    response = Client().get("/")
    assert response.status_code == 200
    assert "还没有发布过版面" in response.content.decode()
    assert Client().get("/page.pdf").status_code == 404
