from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from paotui.playbooks.figures import Answer, evaluate, needs
from paotui.playbooks.plan import RecordView, RosterTarget, WorkView
from paotui.playbooks.schema import Figure
from tests.playbooks.cast import CALENDAR, clock, loaded, school

AT = clock("2020-07-10 00:00")
REOPENING, EXAM, STUDY = (loaded(name).playbook for name in ("reopening", "exam", "study"))


def record(id: int, measure: str, target: str = "s1", at: str = "2020-06-20 09:00", **values: Any) -> RecordView:
    facts = values.pop("facts", {})
    return RecordView(id, measure, target, values.pop("organisation", "lead"), None, clock(at), values, facts)


def work(id: int | str, measure: str, target: str = "s1", **more: Any) -> WorkView:
    times = {name: clock(more[name]) if more.get(name) else None for name in ("opens_at", "due_at", "done_at")}
    return WorkView(id, measure, target, "lead", None, more.get("state", "ready"), **times, facts=more.get("facts", {}))


def figure(**parts: Any) -> Figure:
    text = {"zh": "数", "en": "Number"}
    return Figure.model_validate({"id": "x", "title": text, "unit": text, "definition": text, **parts})


def answer(one: Figure, **streams: Any) -> Answer:
    return evaluate(REOPENING, one, **{"at": AT, "calendar": CALENDAR, **streams})


def named(playbook: Any, id: str) -> Figure:
    return next(one for one in playbook.figures if one.id == id)


def test_distinct_targets_are_counted_once_and_open_to_every_record_of_theirs() -> None:
    records = [
        record(1, "decision", "s1", outcome="granted"),
        record(2, "decision", "s2", outcome="refused"),
        record(3, "decision", "s1", outcome="granted"),
        record(4, "visit", "s3", passed=True),
    ]
    found = answer(named(REOPENING, "schools"), records=records)
    assert (found.value, found.record_ids, found.target_keys) == (1, (1, 3), ("s1",))


def test_an_unknown_value_satisfies_no_condition() -> None:
    one = figure(value={"count": "records", "of": ["decision"], "where": [{"value": "outcome", "is_not": "granted"}]})
    assert answer(one, records=[record(1, "decision"), record(2, "decision", outcome="refused")]).record_ids == (2,)


def test_a_rate_is_a_percentage_rounded_half_up_and_keeps_both_sides_apart() -> None:
    records = [record(n, "visit", passed=n <= 1) for n in range(1, 17)]
    found = answer(named(REOPENING, "pass_rate"), records=records)
    assert (str(found.value), found.numerator, found.denominator) == ("6.3", 1, 16)
    assert found.of.record_ids == (1,)
    assert found.record_ids == tuple(range(1, 17))


def test_a_rate_over_nothing_has_no_value() -> None:
    found = answer(named(REOPENING, "pass_rate"))
    assert (found.value, found.numerator, found.denominator) == (None, 0, 0)


def test_a_sum_is_exact_and_counts_only_records_that_give_the_value() -> None:
    records = [record(1, "visit", cost=Decimal("0.10")), record(2, "visit"), record(3, "visit", cost=Decimal("0.20"))]
    found = answer(named(REOPENING, "cost"), records=records)
    assert (str(found.value), found.record_ids) == ("0.30", (1, 3))


def test_every_asks_for_a_record_of_all_the_measures() -> None:
    one = figure(value={"distinct": "target", "of": ["notice", "visit"], "every": True})
    records = [record(1, "notice", "s1"), record(2, "notice", "s2"), record(3, "visit", "s1")]
    found = answer(one, records=records)
    assert (found.value, found.record_ids, found.target_keys) == (1, (1, 3), ("s1",))


def test_organisations_values_and_facts_can_be_told_apart_too() -> None:
    records = [
        record(1, "visit", organisation="a", hazards=2, facts={"street": "north"}),
        record(2, "visit", organisation="b", hazards=2, facts={"street": "south"}),
        record(3, "visit", organisation="b", facts={}),
    ]
    for distinct, value in (("organisation", 2), ("value:hazards", 1), ("fact:street", 2), ("person", 0)):
        found = answer(figure(value={"distinct": distinct, "of": ["visit"]}), records=records)
        assert found.value == value, distinct
        assert found.target_keys == ()


def test_the_clock_of_the_doing_counts_over_the_work_that_was_asked_for() -> None:
    records = [record(1, "sweep", at="2020-07-07 05:40"), record(2, "sweep", at="2020-07-08 06:00")]
    orders = [work(n, "sweep") for n in (11, 12, 13)] + [work(14, "sweep", state="cancelled"), work(15, "masks")]
    found = evaluate(EXAM, named(EXAM, "swept_early"), records=records, work=orders, at=AT)
    assert (found.value, found.record_ids, found.work_ids) == (33, (1,), (11, 12, 13))


def test_targets_are_counted_by_their_facts() -> None:
    one = figure(value={"count": "targets", "where": [{"fact": "boarding", "is": True}]})
    targets = [school("s1", boarding=True), school("s2", boarding=False), school("s3")]
    assert answer(one, targets=targets).target_keys == ("s1",)


def quota(target: str, month: int, *done: str | None) -> list[WorkView]:
    last = 30 if month == 6 else 31
    spans = {"opens_at": f"2020-0{month}-01 00:00", "due_at": f"2020-0{month}-{last} 23:59:59"}
    return [work(f"{target}-{month}-{n}", "session", target, done_at=one, **spans) for n, one in enumerate(done)]


def test_targets_behind_a_quota_are_counted_with_the_work_they_owe() -> None:
    owing = quota("b1", 6, "2020-06-10 15:00", None)
    orders = [*owing, *quota("b2", 6, "2020-06-10 15:00", "2020-06-11 15:00"), *quota("b2", 7, None, None)]
    found = evaluate(STUDY, named(STUDY, "sessions_behind"), work=orders, at=AT, calendar=CALENDAR)
    assert (found.value, found.target_keys) == (1, ("b1",))
    assert set(found.work_ids) == {one.id for one in owing}


def test_a_session_held_late_makes_good_and_a_waived_one_is_not_asked_for() -> None:
    late = quota("b1", 6, "2020-06-10 15:00", "2020-07-02 15:00")
    one, waived = quota("b2", 6, "2020-06-10 15:00", None)
    waived = WorkView(waived.id, "session", "b2", "lead", None, "waived", waived.opens_at, waived.due_at, None, {})
    found = evaluate(STUDY, named(STUDY, "sessions_behind"), work=[*late, one, waived], at=AT, calendar=CALENDAR)
    assert found.value == 0


def test_a_figure_says_what_it_needs_and_reads_nothing_else() -> None:
    def forbidden() -> Iterator[Any]:
        raise AssertionError("read a stream it does not need")
        yield

    one = named(REOPENING, "schools")
    assert needs(one) == (frozenset({"decision"}), True, False, False)
    assert answer(one, records=[], work=forbidden(), targets=forbidden()).value == 0
    assert needs(named(EXAM, "swept_early")) == (frozenset({"sweep"}), True, True, False)
    assert needs(named(STUDY, "sessions_behind")) == (frozenset({"session"}), False, True, False)


def test_streams_are_read_once_even_when_both_sides_of_a_rate_count_them() -> None:
    records = iter([record(1, "visit", passed=True), record(2, "visit", passed=False)])
    assert answer(named(REOPENING, "pass_rate"), records=records).value == Decimal("50.0")


outcomes = st.lists(
    st.tuples(st.integers(1, 8), st.sampled_from(["granted", "refused", None])).map(
        lambda pair: (f"s{pair[0]}", pair[1])
    ),
    max_size=40,
)


@given(outcomes)
def test_distinct_agrees_with_a_set(pairs: list[tuple[str, str | None]]) -> None:
    records = [record(n, "decision", target, outcome=outcome) for n, (target, outcome) in enumerate(pairs)]
    found = answer(named(REOPENING, "schools"), records=records)
    assert set(found.target_keys) == {target for target, outcome in pairs if outcome == "granted"}
    assert found.value == len(found.target_keys)
    assert list(found.record_ids) == [n for n, (_, outcome) in enumerate(pairs) if outcome == "granted"]


@given(outcomes, st.integers(0, 40))
def test_streams_may_be_counted_in_any_order(pairs: list[tuple[str, str | None]], cut: int) -> None:
    records = [record(n, "decision", target, outcome=outcome) for n, (target, outcome) in enumerate(pairs)]
    one, other = (answer(named(REOPENING, "schools"), records=r) for r in (records, records[cut:] + records[:cut]))
    assert one.value == other.value
    assert set(one.record_ids) == set(other.record_ids)


def test_targets_given_as_roster_rows_are_counted() -> None:
    assert answer(figure(value={"count": "targets"}), targets=[RosterTarget(1, "一"), RosterTarget(2, "二")]).value == 2


def test_a_moment_of_another_zone_is_compared_on_the_clock_of_the_district() -> None:
    one = figure(value={"count": "records", "of": ["sweep"], "where": [{"clock": True, "before": dt.time(6)}]})
    at = clock("2020-07-07 05:00").astimezone(dt.UTC)
    view = RecordView(1, "sweep", "p1", None, None, at, {}, {})
    assert evaluate(EXAM, one, records=[view], at=AT).value == 1
