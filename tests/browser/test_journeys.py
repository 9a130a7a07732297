"""Journeys through the sample district, as a visitor and as staff."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.server import Live
from tests.browser.steps import sign_in


def test_a_visitor_opens_a_figure_beside_the_page_and_finds_back(page: Page) -> None:
    page.goto("/")
    figure = page.locator(".story-text a.figure", has_text="24").first
    figure.click()
    drawer = page.locator("#drawer")
    expect(drawer).to_be_visible()
    expect(drawer.locator("tbody tr")).not_to_have_count(0)
    expect(drawer.locator(".definition")).not_to_be_empty()
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(figure).to_be_focused()
    assert page.url.endswith("/")


def test_a_visitor_sees_places_in_clear_and_people_masked(page: Page) -> None:
    page.goto("/figures/S5.schools/")
    expect(page.locator("tbody tr")).to_have_count(24)
    expect(page.locator("tbody")).to_contain_text("职业培训学校")
    page.goto("/figures/S5.claims_settled/")
    names = page.locator("tbody tr td:nth-child(2)").all_inner_texts()
    assert names
    assert all("*" in name for name in names)


def test_every_figure_on_the_page_opens_to_the_number_it_prints(page: Page) -> None:
    page.goto("/")
    names = page.eval_on_selector_all(".story-text a.figure", "all => [...new Set(all.map(one => one.pathname))]")
    assert len(names) > 40
    for address in names:
        answer = page.request.get(address)
        assert answer.ok, address
        assert "differs" not in answer.text(), address


def test_without_javascript_a_figure_opens_a_page_of_its_own(browser: Browser, live: Live) -> None:
    context = browser.new_context(base_url=live.url, locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.locator(".story-text a.figure").first.click()
    expect(page.locator(".opened .value")).to_be_visible()
    context.close()


def test_the_language_switch_changes_the_page_and_is_remembered(page: Page) -> None:
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "zh-hans")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".ear h2")).to_have_text("Every number on this page opens")
    page.goto("/sign-in/")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    page.get_by_role("button", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-hans")


def test_staff_record_a_work_order_from_today_in_one_form(page: Page) -> None:
    sign_in(page, "staff")
    overdue = page.locator("#overdue tbody tr")
    before = overdue.count()
    assert before > 0
    overdue.first.get_by_role("link", name="办理").click()
    page.locator("#do select").first.select_option(index=1)
    page.get_by_role("button", name="确认办结").click()
    expect(page.locator(".message")).to_have_text("已填报。")
    page.goto("/staff/today/")
    expect(page.locator("#overdue tbody tr")).to_have_count(before - 1)


def test_a_leader_launches_a_task_force_after_seeing_what_it_asks(page: Page) -> None:
    sign_in(page, "leader")
    page.goto("/staff/task-forces/")
    page.get_by_role("link", name="启动专班").click()
    page.locator(".choices a[href*='s5-refund']").click()
    page.locator(".choices a").first.click()
    page.fill("#title", "下半年稳岗返还")
    for select in page.locator("select[required]").all():
        select.select_option(index=1 if select.get_attribute("id") == "lead" else 0)
    page.fill("#start", "2020-07-13")
    page.fill("#end", "2020-12-31")
    page.get_by_role("button", name="预览").click()
    expect(page.locator(".tiles")).to_contain_text("131")
    page.get_by_role("button", name="启动").click()
    page.wait_for_url(re.compile(r"/staff/task-forces/\d+/"))
    expect(page.locator("h1")).to_have_text("下半年稳岗返还")
    expect(page.locator(".matrix tbody tr")).to_have_count(50)
    page.get_by_role("link", name="下一页").click()
    expect(page.locator(".matrix tbody tr")).to_have_count(50)


def test_the_matrix_is_walked_with_the_arrow_keys(page: Page) -> None:
    sign_in(page, "leader")
    page.goto("/staff/task-forces/")
    page.get_by_role("link", name="民办职业培训学校复课帮办").click()
    cells = page.locator(".matrix tbody tr").first.locator("td a")
    cells.first.focus()
    page.keyboard.press("ArrowRight")
    expect(cells.nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".matrix tbody tr").nth(1).locator("td a").nth(1)).to_be_focused()


def test_a_bulletin_with_a_typed_number_is_refused_at_its_place_and_signed_once_it_is_sourced(page: Page) -> None:
    sign_in(page, "leader")
    page.goto("/staff/bulletins/new/")
    page.locator("#organisation").select_option(index=1)
    for name, text in {
        "story": "S5", "slug": "follow-up", "w-headline": "复课之后", "w-headline_en": "After reopening",
        "w-body": "有24所学校复课。", "w-body_en": "{S5.schools} schools reopened.", "w-byline": "样例",
        "w-dateline": "2020-07-10",
    }.items():  # fmt: skip
        page.fill(f"#{name}", text)
    page.get_by_role("button", name="保存").click()
    page.get_by_role("button", name="签发").click()
    expect(page.locator("#f-body .wrong")).to_contain_text("24")
    page.fill("#w-body", "有{S5.schools}所学校复课。")
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".proof .story-text")).to_have_text(re.compile("有24所学校复课。"))
    page.get_by_role("button", name="签发").click()
    expect(page.locator(".message")).to_contain_text("已签发")
    expect(page.locator("textarea")).to_have_count(0)


def test_an_editor_publishes_another_edition_and_the_front_page_follows(page: Page) -> None:
    sign_in(page, "editor")
    page.goto("/staff/page/")
    places = page.locator(".place select")
    places.nth(0).select_option("2")
    places.nth(1).select_option("1")
    leading = page.locator(".place span").nth(1).inner_text()
    page.get_by_role("button", name="发布").click()
    expect(page.locator(".message")).to_contain_text("已发布")
    page.goto("/")
    expect(page.locator(".story-1 h2")).to_have_text(leading)
    expect(page.locator(".story")).to_have_count(2)


def test_the_auditor_verifies_the_chain(page: Page) -> None:
    sign_in(page, "auditor")
    page.get_by_role("button", name="核验哈希链").click()
    expect(page.get_by_role("status")).to_contain_text("流水完整无缺")


def test_on_a_phone_the_menu_unfolds_and_leads_on(phone: Page) -> None:
    sign_in(phone, "staff")
    menu = phone.locator(".rail-menu nav")
    expect(menu).to_be_hidden()
    phone.locator(".rail-menu summary").click()
    phone.get_by_role("link", name="任务单", exact=True).click()
    expect(phone.locator("h1")).to_have_text("任务单")


def test_the_keyboard_reaches_the_text_past_the_menu(page: Page) -> None:
    sign_in(page, "staff")
    page.goto("/staff/work/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/work/#main")
