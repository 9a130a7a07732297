"""Where task forces stand: the list, the coverage page, the matrix of targets and measures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from paotui.registry.actors import Actor
from paotui.work.models import TaskForce
from paotui.work.queries.items import PAGE


@dataclass(frozen=True, slots=True)
class TaskForceItem:
    """One task force as the list shows it."""

    id: int
    title: str
    story: str
    playbook: str
    """Title of the playbook."""
    lead: str
    state: str
    launched_at: dt.datetime
    period_start: dt.date
    period_end: dt.date
    cases: int
    open_cases: int
    done: int
    total: int
    """Work orders, the cancelled ones left out."""
    overdue: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Work orders by state, and how many of the open ones were due on an earlier day."""

    waiting: int = 0
    ready: int = 0
    paused: int = 0
    submitted: int = 0
    returned: int = 0
    done: int = 0
    waived: int = 0
    cancelled: int = 0
    overdue: int = 0

    @property
    def open(self) -> int:
        return self.waiting + self.ready + self.paused + self.submitted + self.returned

    @property
    def total(self) -> int:
        """All of them, the cancelled ones left out."""
        return self.open + self.done + self.waived

    @property
    def share_done(self) -> float:
        """Done or waived, between 0 and 1; 1 when there is nothing to do."""
        return (self.done + self.waived) / self.total if self.total else 1.0


@dataclass(frozen=True, slots=True)
class MeasureCoverage:
    measure: str
    title: str
    kind: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class OrganisationCoverage:
    organisation_id: int
    organisation: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """One task force in numbers, all read from counters: the cost does not grow with the work."""

    item: TaskForceItem
    at: dt.datetime
    totals: Tally
    measures: tuple[MeasureCoverage, ...]
    """In the order of the playbook."""
    organisations: tuple[OrganisationCoverage, ...]
    """The first fifty by name; `next_organisation` asks for more."""
    next_organisation: str | None


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


def listing(actor: Actor, at: dt.datetime, language: str = "zh-hans") -> tuple[TaskForceItem, ...]:
    """Return the task forces `actor` may see, running ones first, the newest first."""
    raise NotImplementedError


def coverage(
    task_force: TaskForce, at: dt.datetime, language: str = "zh-hans", *, after_organisation: str | None = None
) -> CoveragePage:
    """Return how far `task_force` has come by measure and organisation; a fixed number of queries."""
    raise NotImplementedError


def matrix(
    task_force: TaskForce, at: dt.datetime, language: str = "zh-hans", *, after: int | None = None, size: int = PAGE
) -> Matrix:
    """Return `size` targets in the order of the roster with the state of each measure; a fixed number of queries."""
    raise NotImplementedError
