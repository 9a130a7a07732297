"""The page of the replayed district: every figure counted, and nothing on it that does not follow the records."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from paotui.bulletin import figures, numerals, queries
from paotui.bulletin.actions import bulletins, editions
from paotui.bulletin.models import Bulletin
from paotui.bulletin.opening import open_
from paotui.registry.models import Organisation
from paotui.samples.erqi import press
from paotui.samples.erqi.events import moment
from paotui.samples.erqi.world import World
from paotui.work.actions import work_orders
from paotui.work.models import Record

PRINTED = moment(7, 10, 12)
TOLD = {
    "S2.sections": 5,
    "S5.schools": 24,
    "S5.thanks": 5,
    "S5.refund_enterprises": 124,
    "S5.refund_total": Decimal("124315160.00"),
    "S5.loan_borrowers": 39,
    "S5.loan_total": Decimal("90000000.00"),
    "S5.claims_settled": 149,
    "S6.sites": 17,
    "S6.sites_disinfected": 17,
    "S7.compounds": 49,
    "S7.compounds_covered": 49,
    "S7.paired_units": 3,
    "S7.paired_cadres": 9,
    "S7.paired_communities": 6,
    "S7.paired_compounds": 9,
}
"""What the newspaper of July 2020 told."""
BELOW_FULL = ["S1.attendance_rate", "S3.clearance_rate", "S6.streets_before_six_rate"]


@pytest.mark.parametrize("name", TOLD)
def test_a_figure_the_newspaper_told_is_counted_from_the_records(erqi, name):
    assert figures.answer(erqi, name, PRINTED).value == TOLD[name]


@pytest.mark.parametrize("name", BELOW_FULL)
def test_a_rate_of_the_sample_is_honest_and_below_a_hundred(erqi, name):
    assert 80 < figures.answer(erqi, name, PRINTED).value < 100


@pytest.mark.parametrize("name", ["S3.targets_covered", "S4.sessions_behind", "S4.essays_behind", "S5.trips_saved"])
def test_a_figure_left_to_the_sample_is_counted_and_not_nothing(erqi, name):
    answer = figures.answer(erqi, name, PRINTED)
    assert answer.value > 0
    assert answer.count > 0


def test_trips_saved_are_the_trips_on_errand_records(erqi):
    errands = Record.objects.filter(
        district=erqi, measure__in=["health_errand", "market_errand", "subdistrict_errand"], withdrawn_at=None
    )
    trips = sum(record.values["trips"] for record in errands)
    assert figures.answer(erqi, "S5.trips_saved", PRINTED).value == trips


def test_every_figure_has_a_value_and_opens_to_what_it_counted(erqi):
    for answer in figures.all_answers(erqi, PRINTED):
        assert answer.value is not None, answer.name
        page = open_(answer, erqi, None, "zh-hans")
        assert page.total >= answer.count > 0, answer.name
        assert page.rows, answer.name


def test_before_anything_happened_every_figure_was_nothing(erqi):
    before = [figures.answer(erqi, name, moment(2, 1)).value for name in TOLD]
    assert not any(before)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_carries_the_seven_stories_led_by_the_errands(erqi, language):
    front = queries.front_page(erqi, language)
    assert [one.story for one in front.bulletins] == ["S5", "S6", "S7", "S1", "S3", "S4", "S2"]
    assert front.edition.day == dt.date(2020, 7, 10)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_figure_the_newspaper_told_stands_on_the_page(erqi, language):
    parts = [
        part.name
        for bulletin in queries.front_page(erqi, language).bulletins
        for paragraph in bulletin.paragraphs
        for part in paragraph
    ]
    assert set(TOLD) | set(BELOW_FULL) <= set(parts)


def test_the_money_is_printed_as_the_newspaper_would(erqi):
    lead = queries.front_page(erqi, "zh-hans").bulletins[0]
    body = "".join(paragraph.text for paragraph in lead.paragraphs)
    assert "12431.516万元" in body
    assert "9000万元" in body


def test_no_bulletin_has_a_number_without_a_figure(erqi):
    for bulletin in Bulletin.objects.filter(district=erqi):
        for text in (bulletin.headline, bulletin.subhead, bulletin.body, bulletin.headline_en, bulletin.body_en):
            assert numerals.unsourced(text) == [], bulletin.slug


def test_nothing_differs_on_the_day_of_printing(erqi):
    for bulletin in Bulletin.objects.filter(district=erqi):
        assert queries.is_unchanged(bulletin)
        assert queries.differs(bulletin, PRINTED, "zh-hans") == []


def test_change_one_record_and_figure_bulletin_and_page_follow(erqi):
    world, later = World(erqi), moment(7, 13, 9)
    payment = Record.objects.filter(district=erqi, measure="payment", case__task_force__title__contains="稳岗").first()
    paid = Decimal(payment.values["amount"])
    work_orders.correct(
        record=payment, values=payment.values | {"amount": str(paid + 9120)}, reason="补发一人",
        by=world.actor("RS001", later), at=later,
    )  # fmt: skip
    told = TOLD["S5.refund_total"]
    assert figures.answer(erqi, "S5.refund_total", later).value == told + 9120
    assert figures.answer(erqi, "S5.refund_total", PRINTED).value == told

    bulletin = Bulletin.objects.get(district=erqi, story="S5")
    assert [one.name for one in queries.differs(bulletin, later, "zh-hans")] == ["S5.refund_total"]

    assert "12432.428万元" not in _words(erqi)
    _print_again(erqi, world, bulletin, later)
    assert "12432.428万元" in _words(erqi)


def _words(district) -> str:
    front = queries.front_page(district, "zh-hans")
    return "".join(paragraph.text for bulletin in front.bulletins for paragraph in bulletin.paragraphs)


def _print_again(district, world: World, bulletin: Bulletin, at: dt.datetime) -> None:
    editor = world.actor(press.EDITOR, at)
    again = bulletins.draft(
        district=district, story="S5", slug="errands-again", by=editor, at=at, headline=bulletin.headline,
        organisation=Organisation.objects.get(pk=bulletin.organisation_id), headline_en=bulletin.headline_en,
        body=bulletin.body, body_en=bulletin.body_en, byline=bulletin.byline, dateline=at.date(),
    )  # fmt: skip
    signed = bulletins.sign_off(bulletin=again, by=world.actor("RS001", at), at=at)
    editions.publish(
        district=district, number=2, day=at.date(), title="二七跑腿报", title_en="The Erqi Errand",
        bulletins=[signed], by=editor, at=at,
    )  # fmt: skip
