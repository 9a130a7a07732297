"""Everything one action changes, collected while it decides and written at its end in one order and few round trips."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from paotui.playbooks.plan import PlannedWork
from paotui.registry.errors import Conflict
from paotui.registry.sql import Statement, batches, fetch, on_postgresql, run, stored
from paotui.work.coverage import ROWS, Exact, Moves
from paotui.work.desk import UNTOUCHED, Desk, Order
from paotui.work.rules import due_day
from paotui.work.states import ENDED, READY, WAITING

_COLUMNS = ("state", "opens_at", "due_at", "done_at", "ended_at", "reason", "person_id")
_TYPES = {"state": "text", "reason": "text", "first": "text", "person_id": "bigint", "id": "bigint"}
_MOVE_BESIDE = "UPDATE work_participation SET state = %s, due_at = %s WHERE district_id = %s AND work_order_id = %s"
_CASE = "UPDATE work_case SET state = %s, open_work = %s, closed_at = %s WHERE district_id = %s AND id = %s"
_NEW = """
INSERT INTO work_workorder (district_id, task_force_id, case_id, measure, sequence, role, organisation_id, person_id,
state, opens_at, due_at, reason, triggered_by_id)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, '', %s) RETURNING id"""
_NEW_BESIDE = """
INSERT INTO work_participation (district_id, work_order_id, role, organisation_id, reviews, state, due_at)
VALUES (%s, %s, %s, %s, %s, %s, %s)"""
KEEP: Any = object()
"""Leave a time as it is."""


class Changes:
    """The changes of one action to one case: nothing is written before `save`, except new work orders.

    An action on many cases hands the same `moves` to all of them and writes them together, see `write`.
    """

    def __init__(self, desk: Desk, at: dt.datetime, moves: Moves | None = None) -> None:
        self.desk, self.at = desk, at
        self.moves = Moves(desk.district.pk) if moves is None else moves
        self._district = desk.district.pk
        self._first: dict[int, tuple[Order, str]] = {}
        self._others: list[Statement] = []
        self._open = 0

    def move(
        self,
        order: Order,
        state: str,
        *,
        opens_at: dt.datetime | None = KEEP,
        due_at: dt.datetime | None = KEEP,
        done_at: dt.datetime | None = None,
        reason: str = "",
        person: int | None = KEEP,
    ) -> None:
        """Bring a work order of the case to `state` (or keep it there and change its times or person)."""
        before, day = order.state, due_day(order.due_at)
        self._first.setdefault(order.id, (order, before))
        order.state, order.done_at, order.reason = state, done_at, reason
        order.ended_at = (order.ended_at if before in ENDED else self.at) if state in ENDED else None
        order.opens_at = order.opens_at if opens_at is KEEP else opens_at
        order.due_at = order.due_at if due_at is KEEP else due_at
        order.person = order.person if person is KEEP else person
        self._count(order, day, before, -1)
        self._count(order, due_day(order.due_at), state, 1)
        self._open += (state not in ENDED) - (before not in ENDED)

    def _count(self, order: Order, day: dt.date, state: str, number: int) -> None:
        self.moves.add(self.desk.task_force.pk, order.measure, order.organisation, day, state, number)

    def ask_for_review(self, desk: Desk) -> None:
        """Put the submitted work order on the desks of those who review it."""
        order = desk.order
        for organisation, _path in desk.reviewers:
            row = (self._district, order.id, desk.measure.review, organisation, True, order.state)
            self._others.append((_NEW_BESIDE, (*row, stored(order.due_at))))

    def take_back_review(self, order: Order) -> None:
        """Clear the work order from the desks of those who reviewed it."""
        text = "DELETE FROM work_participation WHERE district_id = %s AND work_order_id = %s AND reviews"
        self._others.append((text, (self._district, order.id)))

    def add(self, planned: Iterable[PlannedWork], *, triggered_by: int) -> list[Order]:
        """Insert work a record called for and return it."""
        return [self._add(work, triggered_by) for work in planned]

    def _add(self, work: PlannedWork, triggered_by: int) -> Order:
        state = WAITING if work.waits else READY
        row = (
            self._district, self.desk.task_force.pk, self.desk.case, work.measure, work.sequence, work.role,
            work.organisation, work.person, state, stored(work.opens_at), stored(work.due_at), triggered_by,
        )  # fmt: skip
        number = fetch([(_NEW, row)])[0][0][0]
        order = Order(
            number, work.measure, work.sequence, work.role, int(work.organisation),
            None if work.person is None else int(work.person), state, work.opens_at, work.due_at, None, None, "",
        )  # fmt: skip
        for role, organisation in work.participants:
            beside = (self._district, number, role, organisation, False, state, stored(work.due_at))
            self._others.append((_NEW_BESIDE, beside))
        self._count(order, due_day(order.due_at), state, 1)
        self._open += 1
        self.desk.orders.append(order)
        return order

    @property
    def closes(self) -> bool:
        """Whether the changes so far end the last open work of the case."""
        return self.desk.open_work > 0 and self.desk.open_work + self._open == 0

    def save(self) -> None:
        """Write everything; raises Conflict when somebody moved the work before."""
        write([self])

    def rows(self) -> list[tuple[Any, ...]]:
        """Return the work orders as they stand now, each with the state it was in before."""
        return [
            (order.state, stored(order.opens_at), stored(order.due_at), stored(order.done_at), stored(order.ended_at),
             order.reason, order.person, order.id, first)
            for order, first in self._first.values()
        ]  # fmt: skip

    def others(self) -> list[Statement]:
        """Return the statements that touch any number of rows, to run after the exact ones."""
        beside = [
            (_MOVE_BESIDE, (order.state, stored(order.due_at), self._district, order.id))
            for order, _first in self._first.values()
            if self._has_beside(order)
        ]
        return [*beside, *self._others]

    def _has_beside(self, order: Order) -> bool:
        was_submitted = order.state not in UNTOUCHED and self.desk.playbook.measure(order.measure).review is not None
        return was_submitted or self.desk.may_have_participants(order)

    def case(self) -> list[Exact]:
        """Return what changes the case, when its open work did."""
        if not self._open:
            return []
        before, now = self.desk.open_work, self.desk.open_work + self._open
        if (before > 0) != (now > 0):
            self.moves.add_open_case(self.desk.task_force.pk, (now > 0) - (before > 0))
        state, closed_at = ("open", None) if now > 0 else ("closed", stored(self.at))
        return [Exact(_CASE, (state, now, closed_at, self._district, self.desk.case), 1)]


def write(changes: Sequence[Changes]) -> None:
    """Write the changes of one action to several cases, which share their moves; raises Conflict as `save` does."""
    exact = [statement for one in changes for statement in one.case()]
    exact += _moved(changes[0].desk.district.pk if changes else 0, [row for one in changes for row in one.rows()])
    for moves in {id(one.moves): one.moves for one in changes}.values():
        exact += moves.statements()
    others = [statement for one in changes for statement in one.others()]
    touched = run([*((text, params) for text, params, _rows in exact), *others])
    if any(rows != one.rows for rows, one in zip(touched, exact, strict=False)):
        raise Conflict(
            _("Somebody else changed this work order a moment ago."), what="work_order", remedy=_("Open it again.")
        )


def _moved(district_id: int, rows: Sequence[tuple[Any, ...]]) -> Iterator[Exact]:
    for some in batches(rows, ROWS):
        params = [value for row in some for value in row]
        yield Exact(_move(len(some)), (*params, district_id), len(some))


@cache
def _move(rows: int) -> str:
    """Return the statement that moves so many work orders, unless somebody moved one of them before."""
    names = (*_COLUMNS, "id", "first")
    row = ", ".join(f"CAST(%s AS {_type(name)})" for name in names)
    first = ", ".join(f"CAST(%s AS {_type(name)}) AS {name}" for name in names)
    sets = ", ".join(f"{name} = d.{name}" for name in _COLUMNS)
    union = " UNION ALL ".join([f"SELECT {first}", *[f"SELECT {row}"] * (rows - 1)])
    return (
        f"UPDATE work_workorder SET {sets} FROM ({union}) d "  # noqa: S608
        "WHERE work_workorder.id = d.id AND work_workorder.state = d.first AND work_workorder.district_id = %s"
    )


def _type(name: str) -> str:
    # A time that is null would be taken for text by PostgreSQL; SQLite keeps times as text and makes numbers of others.
    return _TYPES.get(name, "timestamptz" if on_postgresql() else "text")
