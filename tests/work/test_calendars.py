"""An amended calendar moves running deadlines and says which: the two answers of January 2020."""

from __future__ import annotations

import datetime as dt

import pytest

from paotui.registry import ledger
from paotui.registry.errors import NotAllowed
from paotui.registry.models import LedgerEntry
from paotui.work.actions import calendars, work_orders
from paotui.work.coverage import recount
from paotui.work.models import TaskForce, WorkOrder
from tests.factories import registry, work

pytestmark = pytest.mark.django_db
LAUNCHED = dt.datetime(2020, 1, 21, 9, tzinfo=work.ZONE)
AMENDED = dt.datetime(2020, 1, 28, 9, tzinfo=work.ZONE)
BEFORE = dt.datetime(2020, 2, 3, 23, 59, 59, tzinfo=work.ZONE)
AFTER = dt.datetime(2020, 2, 5, 23, 59, 59, tzinfo=work.ZONE)


def launched(cast: work.Cast) -> TaskForce:
    text = work.ERRANDS.read_text().replace("due: {working_days: 1}", "due: {working_days: 5}")
    return work.launch(
        cast,
        playbook=work.load(text, name="five days"),
        at=LAUNCHED,
        period=(dt.date(2020, 1, 21), dt.date(2020, 3, 1)),
    )


def test_five_working_days_from_21_january_move_from_3_to_5_february() -> None:
    cast = work.cast()
    task_force = launched(cast)
    order = work.order(work.first_case(task_force), "notice")
    assert order.due_at == BEFORE
    moved = calendars.amend(district=cast.district, by=cast.system, at=AMENDED)
    order.refresh_from_db()
    assert order.due_at == AFTER
    assert [(one.measure, one.before, one.after) for one in moved] == [("notice", BEFORE, AFTER)] * 3
    assert recount(task_force) == []


def test_the_ledger_names_what_moved() -> None:
    cast = work.cast()
    task_force = launched(cast)
    calendars.amend(district=cast.district, by=cast.system, at=AMENDED)
    entry = LedgerEntry.objects.get(action="calendar.amend")
    ids = list(WorkOrder.objects.filter(task_force=task_force, measure="notice").values_list("id", flat=True))
    assert sorted(line[0] for line in entry.data["moved"]) == sorted(ids)
    assert ledger.verify(cast.district).ok


def test_a_second_amendment_by_the_same_calendar_moves_nothing() -> None:
    cast = work.cast()
    launched(cast)
    calendars.amend(district=cast.district, by=cast.system, at=AMENDED)
    assert calendars.amend(district=cast.district, by=cast.system, at=AMENDED) == []
    assert LedgerEntry.objects.filter(action="calendar.amend").count() == 1


def test_work_that_is_done_keeps_its_deadline() -> None:
    cast = work.cast()
    order = work.order(work.first_case(launched(cast)), "notice")
    work_orders.complete(work_order=order, values={"items": 1}, by=cast.system, at=LAUNCHED)
    moved = calendars.amend(district=cast.district, by=cast.system, at=AMENDED)
    order.refresh_from_db()
    assert order.due_at == BEFORE
    assert order.pk not in {one.work_order for one in moved}


def test_work_whose_clock_stands_is_due_by_the_new_calendar_once_resumed() -> None:
    cast = work.cast()
    order = work.order(work.first_case(launched(cast)), "notice")
    stopped = dt.datetime(2020, 1, 22, 9, tzinfo=work.ZONE)
    work_orders.pause(work_order=order, reason="等文件", by=cast.system, at=stopped)
    calendars.amend(district=cast.district, by=cast.system, at=AMENDED)
    order = work_orders.resume(work_order=order, by=cast.system, at=AMENDED)
    assert order.due_at == dt.datetime(2020, 2, 7, 23, 59, 59, tzinfo=work.ZONE)


def test_only_the_administrator_amends_the_calendar() -> None:
    cast = work.cast()
    with pytest.raises(NotAllowed):
        calendars.amend(district=cast.district, by=cast.leader, at=AMENDED)
    calendars.amend(district=cast.district, by=registry.actor("administrator", cast.root), at=AMENDED)
