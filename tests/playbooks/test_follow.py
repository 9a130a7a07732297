from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from paotui.playbooks.follow import Released, deadline_of_work, released, triggered
from paotui.playbooks.plan import RosterTarget
from paotui.worktime import Pause, explain
from tests.playbooks.cast import CALENDAR, LAUNCH, clock, loaded, school, site

REOPENING, EXAM = loaded("reopening").playbook, loaded("exam").playbook
TIMES = {
    "notice": clock("2020-06-02 10:00"),
    "materials": clock("2020-06-05 16:00"),
    "canteen": clock("2020-06-04 09:00"),
    "visit": clock("2020-06-09 11:00"),
    "rectify": clock("2020-06-12 11:00"),
}


def after(done: Collection[str], target: RosterTarget, arisen: Collection[str] = ()) -> dict[str, Released]:
    times = {name: TIMES[name] for name in done}
    found = released(
        REOPENING, facts=target.facts, done=done, target=target, launch=LAUNCH, calendar=CALENDAR, done_at=times,
        arisen=arisen,
    )  # fmt: skip
    return {one.measure: one for one in found}


def trigger(passed: bool, sequence: int | dict[str, int] = 1) -> list[tuple[str, int, str, object, object]]:
    work = triggered(
        REOPENING, measure="visit", values={"passed": passed}, target=school(), launch=LAUNCH, calendar=CALENDAR,
        at=TIMES["visit"], sequence=sequence,
    )  # fmt: skip
    return [(one.measure, one.sequence, str(one.organisation), one.opens_at, one.due_at) for one in work]


def test_nothing_is_released_before_its_predecessors_are_done() -> None:
    assert after([], school()) == {}


def test_a_finished_predecessor_releases_what_waited_counting_from_it() -> None:
    found = after(["notice"], school())
    assert found == {"materials": Released("materials", TIMES["notice"], clock("2020-06-09 23:59:59"))}


def test_work_starts_when_the_last_of_its_predecessors_is_done() -> None:
    assert "visit" not in after(["notice", "materials"], school(boarding=True))
    found = after(["notice", "materials", "canteen"], school(boarding=True))
    assert found["visit"].opens_at == TIMES["materials"]
    assert found["visit"].due_at == clock("2020-06-10 23:59:59")


def test_a_predecessor_that_does_not_apply_is_not_waited_for() -> None:
    assert "visit" in after(["notice", "materials"], school(boarding=False))


def test_work_arisen_from_a_record_holds_up_what_comes_after_it_until_it_is_done() -> None:
    done = ["notice", "materials", "visit"]
    assert "decision" in after(done, school())
    assert "decision" not in after(done, school(), arisen=["rectify"])
    assert after([*done, "rectify"], school(), arisen=["rectify"])["decision"].opens_at == TIMES["rectify"]


def test_a_record_brings_work_into_being_when_it_says_so() -> None:
    assert trigger(passed=True) == []
    assert trigger(passed=False) == [("rectify", 1, "org-s1", TIMES["visit"], clock("2020-06-16 23:59:59"))]


def test_work_that_arises_again_takes_the_next_number() -> None:
    assert trigger(False, 3)[0][1] == 3
    assert trigger(False, {"rectify": 2})[0][1] == 2
    assert trigger(False, {"other": 2})[0][1] == 1


def test_the_deadline_of_a_work_order_can_be_explained_and_paused() -> None:
    def decision(*pauses: Pause):  # type: ignore[no-untyped-def]
        return deadline_of_work(
            REOPENING, measure="decision", sequence=1, target=school(), launch=LAUNCH, calendar=CALENDAR,
            ready_at=TIMES["visit"], done_at=TIMES, pauses=pauses,
        )  # fmt: skip

    plain = decision()
    # 20 working days after Friday 5 June: 25-27 June are holidays, Sunday 28 June is worked in exchange.
    assert plain.due == clock("2020-07-06 23:59:59")
    assert len([day for day in explain(plain, CALENDAR) if day.counted]) == 20
    hearing = Pause(clock("2020-06-15 09:00"), clock("2020-06-17 09:00"), "hearing")
    assert decision(hearing).due > plain.due


def test_the_deadline_of_repeated_work_is_found_by_its_number() -> None:
    due = [
        deadline_of_work(
            EXAM, measure="masks", sequence=number, target=site(), launch=LAUNCH, calendar=CALENDAR, ready_at=None,
            done_at={},
        )
        for number in (1, 2, 3)
    ]  # fmt: skip
    assert [one and one.due for one in due] == [
        clock("2020-07-07 13:00"),
        clock("2020-07-07 18:30"),
        clock("2020-07-08 13:00"),
    ]
    accept = deadline_of_work(
        EXAM, measure="disinfect", sequence=2, target=site(inspected_on=dt.date(2020, 7, 4)), launch=LAUNCH,
        calendar=CALENDAR, ready_at=LAUNCH.at, done_at={},
    )  # fmt: skip
    assert accept is not None
    assert accept.due == clock("2020-07-05 18:00")
