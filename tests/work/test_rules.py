"""Who may do what to a work order, as a truth table, and the small rules beside it."""

from __future__ import annotations

import datetime as dt

import pytest

from paotui.registry.actors import Actor, Grant
from paotui.registry.errors import Invalid
from paotui.work import rules
from paotui.work.rules import Scope
from paotui.worktime import ZONE

SCOPE = Scope("/1/2/", "/1/3/", participants=("/1/4/",), reviewers=("/1/5/",))
DOING = {"complete", "submit", "correct"}
REVIEWING = {"accept", "return"}
CLOCK = {"pause", "resume"}
MANAGING = CLOCK | {"waive", "cancel", "assign"}
EVERYTHING = DOING | REVIEWING | MANAGING
PLACES = {
    "responsible": "/1/2/",
    "lead": "/1/3/",
    "beside": "/1/4/",
    "reviewer": "/1/5/",
    "elsewhere": "/1/6/",
    "top": "/1/",
}
# role -> place -> verbs; a place not named: nothing
TABLE: dict[str, dict[str, set[str]]] = {
    "leader": {
        "responsible": DOING | MANAGING, "lead": EVERYTHING, "beside": DOING, "reviewer": REVIEWING, "top": EVERYTHING,
    },
    "staff": {
        "responsible": DOING | CLOCK, "beside": DOING, "reviewer": REVIEWING, "top": DOING | REVIEWING | CLOCK,
    },
    "dispatcher": {"responsible": DOING | CLOCK | {"assign"}, "beside": DOING, "top": DOING | CLOCK | {"assign"}},
    "crew": {"responsible": DOING, "beside": DOING, "top": DOING},
    "member": {}, "editor": {}, "administrator": {}, "security": {}, "auditor": {},
}  # fmt: skip
APPLIES = {
    "complete": "ready", "submit": "ready", "correct": "submitted", "accept": "submitted", "return": "submitted",
    "waive": "ready", "cancel": "ready", "pause": "ready", "resume": "paused", "assign": "ready",
}  # fmt: skip


def somebody(role: str, path: str) -> Actor:
    return Actor(1, "样本", 1, (Grant(role, 9, path),))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("role", TABLE)
def test_each_role_may_at_each_place_exactly_what_the_table_says(role: str, place: str) -> None:
    actor = somebody(role, PLACES[place])
    may = {verb for verb, state in APPLIES.items() if rules.can(actor, verb, state, SCOPE, reviewed=True)}
    assert may == TABLE[role].get(place, set())


def test_a_visitor_may_nothing() -> None:
    assert not any(rules.can(None, verb, state, SCOPE, reviewed=True) for verb, state in APPLIES.items())


def test_what_was_accepted_is_corrected_by_the_reviewer() -> None:
    doer, reviewer = somebody("staff", "/1/2/"), somebody("staff", "/1/5/")
    assert not rules.can(doer, "correct", "done", SCOPE, reviewed=True)
    assert rules.can(reviewer, "correct", "done", SCOPE, reviewed=True)
    assert rules.can(doer, "correct", "done", SCOPE, reviewed=False)


def moment(hour: int, day: int = 1) -> dt.datetime:
    return dt.datetime(2020, 7, day, hour, tzinfo=ZONE)


def test_a_due_day_is_the_day_in_the_district() -> None:
    assert rules.due_day(dt.datetime(2020, 6, 30, 17, tzinfo=dt.UTC)) == dt.date(2020, 7, 1)
    assert rules.due_day(None) == rules.NO_DUE_DAY


@pytest.mark.parametrize(
    ("state", "due", "done", "late"),
    [
        ("ready", moment(9), None, True), ("ready", moment(13), None, False), ("ready", None, None, False),
        ("done", moment(9), moment(8), False), ("done", moment(9), moment(10), True),
        ("waived", moment(9), None, False), ("waiting", moment(9), None, True),
    ],
)  # fmt: skip
def test_work_is_late_when_open_after_its_due_time_or_done_after_it(
    state: str, due: dt.datetime | None, done: dt.datetime | None, late: bool
) -> None:
    assert rules.is_late(state, due, done, moment(12)) is late


def test_a_reason_is_tidied() -> None:
    assert rules.check_reason("  等 \n 文件 ") == "等 文件"


def test_what_happens_now_is_not_in_the_future() -> None:
    rules.check_happened(moment(9), moment(9))
    with pytest.raises(Invalid):
        rules.check_happened(moment(10), moment(9))
