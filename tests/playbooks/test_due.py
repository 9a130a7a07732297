from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from paotui.playbooks.due import deadline_of, due_at
from paotui.playbooks.loader import load
from paotui.playbooks.plan import Launch
from paotui.playbooks.schema import Occurrence, Playbook
from tests.playbooks.cast import CALENDAR, LAUNCH, clock, loaded

EVENTS = """
events:
  - name: exam
    label: {zh: 考试, en: Exam}
    occurrences:
      - {starts: 2020-06-10 09:00, ends: 2020-06-10 11:30}
      - {starts: 2020-06-12 09:00, ends: 2020-06-12 11:30}
  - {name: opening, label: {zh: 开业, en: Opening}, fact: opened_on}
"""
FACTS = (
    "target: {kind: organisation, label: {zh: 机关, en: Body}, facts: ["
    "{name: opened_on, label: {zh: 开业日, en: Opened on}, type: date}, "
    "{name: heard_at, label: {zh: 听证, en: Heard at}, type: datetime, required: false}]}"
)


def book(due: str) -> Playbook:
    text = loaded("study").source
    text = text.replace("repeat: {at_least: 2, per: month}", f"due: {due}").replace("measures:", f"{EVENTS}\nmeasures:")
    return load(text.replace("target: {kind: organisation, label: {zh: 机关, en: Body}}", FACTS), name="x").playbook


def due(rule: str, *, launch: Launch = LAUNCH, **more: Any) -> dt.datetime | None:
    playbook = book(rule)
    facts = {"opened_on": dt.date(2020, 6, 5), **more.pop("facts", {})}
    return due_at(playbook, playbook.measure("session"), launch=launch, facts=facts, calendar=CALENDAR, **more)


@pytest.mark.parametrize(
    ("rule", "moment"),
    [
        ("{working_days: 3}", "2020-06-04 23:59:59"),
        ("{calendar_days: 5}", "2020-06-08 23:59:59"),  # 6 June is a Saturday: the last day of rest gives way
        ("{hours: 1.5}", "2020-06-01 10:30"),
        ("{end_of: month}", "2020-06-30 23:59:59"),
        ("{end_of: year}", "2020-12-31 23:59:59"),
        ("{end_of: period}", "2020-07-31 23:59:59"),
        ("{before: 06:00, on: exam}", "2020-06-10 06:00"),
        ("{before: 06:00, on: [2020-06-03, 2020-06-02]}", "2020-06-02 06:00"),
        ("{before: 08:00, on: [2020-06-01]}", "2020-06-01 08:00"),
        ("{before: 18:00, on: opening}", "2020-06-05 18:00"),
        ("{at_end_of: exam}", "2020-06-12 11:30"),
        ("{hours: 2, after: exam}", "2020-06-12 13:30"),
        ("{working_days: 1, after: opening}", "2020-06-08 23:59:59"),
        ("{working_days: 1, after: opened_on}", "2020-06-08 23:59:59"),
        ("{statutory: {days: 20, extension: 10, approver: body}}", "2020-06-30 23:59:59"),  # 25-27 June rest
    ],
)
def test_every_rule_gives_its_moment(rule: str, moment: str) -> None:
    assert due(rule) == clock(moment)


def test_work_counts_from_the_day_it_may_start() -> None:
    assert due("{working_days: 1, after: ready}") is None
    assert due("{working_days: 1, after: ready}", ready_at=clock("2020-06-09 08:00")) == clock("2020-06-10 23:59:59")


def test_a_start_that_has_not_happened_or_is_not_known_gives_no_deadline_yet() -> None:
    assert due("{hours: 4, after: heard_at}") is None
    assert due("{hours: 4, after: heard_at}", facts={"heard_at": clock("2020-06-09 08:00")}) == clock(
        "2020-06-09 12:00"
    )
    assert due("{working_days: 1, after: opening}", facts={"opened_on": None}) is None
    assert due("{before: 18:00, on: opening}", facts={"opened_on": None}) is None


def test_when_every_day_has_passed_the_last_one_stands_and_the_work_is_overdue() -> None:
    late = replace(LAUNCH, at=clock("2020-06-20 09:00"))
    assert due("{before: 06:00, on: exam}", launch=late) == clock("2020-06-12 06:00")


def test_event_times_of_the_launch_move_the_deadline() -> None:
    moved = (Occurrence(starts=clock("2020-06-22 09:00"), ends=clock("2020-06-22 11:30")),)
    assert due("{before: 06:00, on: exam}", launch=replace(LAUNCH, occurrences={"exam": moved})) == clock(
        "2020-06-22 06:00"
    )


def test_a_deadline_remembers_the_calendar_it_was_computed_with() -> None:
    playbook = book("{working_days: 3}")
    found = deadline_of(playbook, playbook.measure("session"), launch=LAUNCH, facts={}, calendar=CALENDAR)
    assert found is not None
    assert found.calendar_version == CALENDAR.version
