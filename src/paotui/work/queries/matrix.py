"""The matrix of a task force: its targets against its measures, some rows at a time."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from paotui.playbooks.schema import Measure
from paotui.work import rules
from paotui.work.models import Case, TaskForce, WorkOrder
from paotui.work.queries import playbooks
from paotui.work.queries.items import PAGE
from paotui.work.states import CANCELLED, ENDED

Row = tuple[int, str, str, "dt.datetime | None", "dt.datetime | None"]
"""id, measure, state, due_at, done_at of a work order"""


@dataclass(frozen=True, slots=True)
class Cell:
    """The work of one target for one measure; `state` is the one that needs attention most."""

    state: str
    total: int
    settled: int
    is_late: bool
    due_at: dt.datetime | None
    """The earliest due time of what is open."""
    work_order_id: int
    """The one to open: the first that is not settled, else the last."""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    case_id: int
    target: str
    state: str
    cells: tuple[Cell | None, ...]
    """One per measure of the matrix; None where the measure does not apply to the target."""


@dataclass(frozen=True, slots=True)
class MatrixMeasure:
    id: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class Matrix:
    measures: tuple[MatrixMeasure, ...]
    rows: tuple[MatrixRow, ...]
    next_after: int | None
    """Hand in as `after` for the next rows; None on the last page."""


def matrix(
    task_force: TaskForce, at: dt.datetime, language: str = "zh-hans", *, after: int | None = None, size: int = PAGE
) -> Matrix:
    """Return `size` targets in the order of the roster with the state of each measure; a fixed number of queries."""
    district = task_force.district_id
    cases = Case.objects.filter(district=district, task_force=task_force, entry_id__gt=after or 0).order_by("entry_id")
    found = list(cases.values_list("id", "entry_id", "name", "state")[: size + 1])
    measures = playbooks.of_task_force(task_force).playbook.measures
    work = _work(district, [case for case, *_ in found[:size]])
    rows = tuple(
        MatrixRow(case, name, state, _cells(measures, work[case], at)) for case, _entry, name, state in found[:size]
    )
    heads = tuple(MatrixMeasure(one.id, one.title.in_language(language), one.kind) for one in measures)
    return Matrix(heads, rows, found[size - 1][1] if len(found) > size else None)


def _work(district: int, cases: Sequence[int]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    orders = WorkOrder.objects.filter(district=district, case__in=cases).exclude(state=CANCELLED)
    columns = ("case_id", "id", "measure", "state", "due_at", "done_at")
    for case, *row in orders.order_by("case_id", "measure", "sequence", "id").values_list(*columns):
        found[case].append((row[0], row[1], row[2], row[3], row[4]))
    return found


def _cells(measures: Sequence[Measure], rows: Sequence[Row], at: dt.datetime) -> tuple[Cell | None, ...]:
    by_measure: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_measure[row[1]].append(row)
    return tuple(_cell(by_measure[one.id], at) if one.id in by_measure else None for one in measures)


def _cell(rows: Sequence[Row], at: dt.datetime) -> Cell:
    unsettled = [row for row in rows if row[2] not in ENDED]
    due = [row[3] for row in unsettled if row[3] is not None]
    return Cell(
        state=rules.most_pressing(row[2] for row in rows),
        total=len(rows),
        settled=len(rows) - len(unsettled),
        is_late=any(rules.is_late(state, due_at, done_at, at) for _id, _measure, state, due_at, done_at in rows),
        due_at=min(due, default=None),
        work_order_id=(unsettled or rows)[0 if unsettled else -1][0],
    )
