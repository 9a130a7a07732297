"""Figures of a district: counted from records as they stood, opened to exactly those, people masked for visitors."""

from __future__ import annotations

from decimal import Decimal

import pytest

from paotui.bulletin import figures
from paotui.bulletin.figures import UnknownFigure
from paotui.bulletin.opening import SIZE, masked, open_
from paotui.work.actions import work_orders

from .desk import NAMES, Desk, later, open_desk

NOW = later(hours=5)


def answered(desk: Desk, name: str, at=NOW):
    return figures.answer(desk.district, f"S9.{name}", at)


def test_the_catalogue_lists_the_figures_of_what_was_launched(desk: Desk):
    assert list(figures.catalogue(desk.district)) == ["S9.residents", "S9.grants", "S9.content"]


def test_money_is_added_up_exactly(desk: Desk):
    assert answered(desk, "grants").value == Decimal("300.30")


def test_a_rate_carries_its_sign_and_both_its_sides(desk: Desk):
    answer = answered(desk, "content")
    assert (answer.text("zh-hans"), answer.counted.numerator, answer.counted.denominator) == ("50%", 1, 2)


def test_number_and_unit_are_said_in_the_language_asked_for(desk: Desk):
    answer = answered(desk, "residents")
    assert (answer.text("zh-hans"), answer.text("en")) == ("3人", "3 people")


def test_a_rate_over_nothing_has_no_value(desk: Desk):
    answer = answered(desk, "content", later(minutes=1))
    assert (answer.value, answer.number("zh-hans")) == (None, "—")


def test_a_record_entered_later_does_not_count_before(desk: Desk):
    assert answered(desk, "grants", later(hours=1.5)).value == Decimal("100.10")
    assert answered(desk, "grants", later(minutes=-1)).value == 0


def test_change_one_record_and_the_answer_follows_but_not_the_answer_of_then(desk: Desk):
    record = desk.call(2, "50", True, later(hours=3))
    before = answered(desk, "grants")
    work_orders.correct(
        record=record, values=record.values | {"grant": "60"}, reason="看错一行", by=desk.actor("leader"),
        at=later(hours=6),
    )  # fmt: skip
    assert before.value == Decimal("350.30")
    assert answered(desk, "grants", later(hours=7)).value == Decimal("360.30")
    assert answered(desk, "grants").value == Decimal("350.30")


def test_another_districts_records_never_count(desk: Desk):
    other = open_desk("410102")
    other.call(2, "9999", True, later(hours=3))
    assert answered(desk, "grants").value == Decimal("300.30")
    assert answered(other, "grants").value == Decimal("10299.30")


def test_an_unknown_figure_is_refused_by_name(desk: Desk):
    with pytest.raises(UnknownFigure, match=r"S9\.nothing") as refused:
        figures.answer(desk.district, "S9.nothing", NOW)
    assert refused.value.remedy


def test_all_answers_are_the_answers_one_by_one(desk: Desk):
    together = {answer.name: answer.value for answer in figures.all_answers(desk.district, NOW)}
    assert together == {f"S9.{name}": answered(desk, name).value for name in ("residents", "grants", "content")}


def test_a_figure_opens_to_exactly_what_it_counted(desk: Desk):
    page = open_(answered(desk, "grants"), desk.district, desk.actor("leader"), "zh-hans")
    assert [(row.target, row.measure, row.organisation, row.person) for row in page.rows] == [
        (NAMES[0], "上门", "样本街道", "李上门"), (NAMES[1], "上门", "样本街道", "李上门"),
    ]  # fmt: skip
    assert sum(Decimal(dict(row.values)["补助"].rstrip("元").replace(",", "")) for row in page.rows) == Decimal(
        "300.30"
    )


def test_a_figure_counted_from_the_roster_opens_to_its_targets(desk: Desk):
    page = open_(answered(desk, "residents"), desk.district, desk.actor("leader"), "zh-hans")
    assert [row.target for row in page.rows] == list(NAMES)


def test_a_rate_opens_on_both_sides(desk: Desk):
    page = open_(answered(desk, "content"), desk.district, desk.actor("leader"), "zh-hans")
    assert [(row.side, row.target) for row in page.rows] == [
        ("of", NAMES[0]), ("over", NAMES[0]), ("over", NAMES[1]),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["residents", "grants", "content"])
def test_a_visitor_sees_no_name_and_no_word_about_a_person(desk: Desk, name: str):
    page = open_(answered(desk, name), desk.district, None, "zh-hans")
    said = str(page.rows)
    assert page.total == len(page.rows) > 0
    assert not any(person in said for person in (*NAMES, "李上门", "身体不好"))
    assert all(row.target.endswith("**") for row in page.rows)


def test_a_visitor_sees_the_grant_itself(desk: Desk):
    page = open_(answered(desk, "grants"), desk.district, None, "zh-hans")
    assert [label for label, _text in page.rows[0].values] == ["补助", "满意"]


@pytest.mark.parametrize(("name", "shown"), [("张样本", "张**"), ("张三", "张*"), ("张", "张*"), ("", "")])
def test_masking_leaves_the_first_character(name: str, shown: str):
    assert masked(name) == shown


def test_many_rows_are_opened_by_the_page_in_a_constant_number_of_queries(desk: Desk, django_assert_num_queries):
    answer = answered(desk, "grants")
    first = open_(answer, desk.district, None, "zh-hans", start=1)
    assert (len(first.rows), first.total, first.next) == (1, 2, None)
    assert SIZE >= 50
    with django_assert_num_queries(1):
        open_(answer, desk.district, None, "zh-hans")
