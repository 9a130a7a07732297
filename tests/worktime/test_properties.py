"""What must hold for every deadline, found by trying many."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from paotui.worktime import (
    ZONE,
    Calendar,
    CalendarDays,
    Deadline,
    Hours,
    Pause,
    Statutory,
    WorkingDays,
    amended,
    deadline,
    explain,
    official,
    paused,
    recompute,
    resumed,
)

CALENDAR = official()
first, last = datetime.fromisoformat("2019-01-01"), datetime.fromisoformat("2025-06-30")
moments = st.datetimes(first, last).map(lambda naive: naive.replace(tzinfo=ZONE))
numbers = st.integers(1, 60)
counted_rules = st.one_of(
    numbers.map(WorkingDays), numbers.map(CalendarDays), numbers.map(lambda n: CalendarDays(n, roll=False))
)
rules = st.one_of(counted_rules, st.integers(1, 500).map(Hours))


@st.composite
def stops(draw: st.DrawFn, start: datetime) -> list[Pause]:
    spans = draw(st.lists(st.tuples(st.integers(-2000, 90_000), st.integers(0, 20_000)), max_size=4))
    begun = [(start + timedelta(minutes=offset), length) for offset, length in spans]
    return [Pause(begin, begin + timedelta(minutes=length), "示例") for begin, length in begun]


@st.composite
def deadlines(draw: st.DrawFn) -> Deadline:
    start = draw(moments)
    return deadline(draw(rules), start, CALENDAR, pauses=draw(stops(start)))


@given(moments, numbers)
def test_one_more_working_day_is_due_later(start, n):
    assert deadline(WorkingDays(n), start, CALENDAR).due < deadline(WorkingDays(n + 1), start, CALENDAR).due


@given(moments, numbers, st.booleans())
def test_one_more_calendar_day_is_never_due_earlier(start, n, roll):
    shorter, longer = CalendarDays(n, roll=roll), CalendarDays(n + 1, roll=roll)
    assert deadline(shorter, start, CALENDAR).due <= deadline(longer, start, CALENDAR).due


@given(moments, counted_rules)
def test_a_counted_deadline_equals_counting_the_days_one_by_one(start, rule):
    left, day = rule.n, start.date()
    while left:
        day += timedelta(1)
        left -= CALENDAR.is_working(day) or isinstance(rule, CalendarDays)
    while isinstance(rule, CalendarDays) and rule.roll and not CALENDAR.is_working(day):
        day += timedelta(1)
    assert deadline(rule, start, CALENDAR).due.date() == day


@settings(max_examples=300)
@given(st.data())
def test_the_days_explained_as_counted_are_as_many_as_the_rule_says_and_end_at_the_deadline(data):
    start = data.draw(moments)
    rule = data.draw(counted_rules)
    made = deadline(rule, start, CALENDAR, pauses=data.draw(stops(start)))
    lines = explain(made, CALENDAR)
    assert sum(line.counted for line in lines) == lines[-1].running == rule.n
    assert lines[-1].date == made.due.date()
    assert [line.date for line in lines] == [start.date() + timedelta(k) for k in range(len(lines))]


@given(moments, st.integers(1, 500), st.data())
def test_the_hours_explained_add_up(start, n, data):
    made = deadline(Hours(n), start, CALENDAR, pauses=data.draw(stops(start)))
    assert explain(made, CALENDAR)[-1].running == n


@given(moments, numbers, st.integers(1, 30), st.data())
def test_a_pause_over_k_working_days_moves_the_deadline_by_k_working_days(start, n, k, data):
    plain = deadline(WorkingDays(n), start, CALENDAR)
    due_index = CALENDAR.working_before(plain.due.date())
    begin_index = due_index - data.draw(st.integers(0, n - 1))
    begin = datetime.combine(CALENDAR.working_day(begin_index), datetime.min.time(), ZONE)
    end = datetime.combine(CALENDAR.working_day(begin_index + k), datetime.min.time(), ZONE)
    stopped = resumed(paused(plain, CALENDAR, at=begin, reason="示例"), CALENDAR, at=end)
    assert CALENDAR.working_before(stopped.due.date()) == due_index + k


@settings(max_examples=300)
@given(st.data())
def test_a_pause_never_brings_a_deadline_forward(data):
    start, rule = data.draw(moments), data.draw(rules)
    pauses = data.draw(stops(start))
    assert deadline(rule, start, CALENDAR, pauses=pauses).due >= deadline(rule, start, CALENDAR).due


@given(st.data())
def test_the_order_in_which_pauses_are_given_does_not_matter(data):
    start, rule = data.draw(moments), data.draw(rules)
    pauses = data.draw(stops(start))
    shuffled = data.draw(st.permutations(pauses))
    one, other = (deadline(rule, start, CALENDAR, pauses=each) for each in (pauses, shuffled))
    assert one.due == other.due


@given(deadlines())
def test_the_same_values_give_the_same_deadline(made):
    assert deadline(made.rule, made.start, CALENDAR, pauses=made.pauses) == made
    assert recompute([("same", made)], CALENDAR) == []


@given(moments, numbers, st.data())
def test_a_working_day_lost_to_a_notice_costs_exactly_one_working_day(start, n, data):
    plain = deadline(WorkingDays(n), start, CALENDAR)
    lost_index = CALENDAR.working_before(plain.due.date()) - data.draw(st.integers(0, n - 1))
    lost = CALENDAR.working_day(lost_index)
    shorter: Calendar = amended(CALENDAR, {lost: False}, "x", "示例通知")
    (moved,) = recompute([("it", plain)], shorter)
    assert CALENDAR.working_before(moved.after.due.date()) == CALENDAR.working_before(plain.due.date()) + 1


@given(moments)
def test_a_statutory_limit_is_that_many_working_days(start):
    assert deadline(Statutory(), start, CALENDAR).due == deadline(WorkingDays(20), start, CALENDAR).due
