"""Where task forces stand: the list, the coverage page, the matrix of targets and measures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case as When_
from django.db.models import F, IntegerField, Q, QuerySet, Sum, Value, When

from paotui.registry import rules as registry
from paotui.registry.actors import Actor
from paotui.registry.models import Organisation
from paotui.work.models import Coverage, TaskForce, TaskForceMember, Workload
from paotui.work.queries import playbooks
from paotui.work.queries.items import PAGE
from paotui.work.queries.lines import chosen
from paotui.work.queries.matrix import Cell, Matrix, MatrixMeasure, MatrixRow, matrix
from paotui.work.states import OPEN, STATES
from paotui.worktime.zone import local

__all__ = [
    "Cell", "CoveragePage", "Matrix", "MatrixMeasure", "MatrixRow", "MeasureCoverage", "OrganisationCoverage", "Tally",
    "TaskForceItem", "coverage", "listing", "matrix",
]  # fmt: skip

MOST_LISTED = 500


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
    """Fifty of them, by name; `next_organisation` asks for more."""
    next_organisation: str | None


def listing(actor: Actor, at: dt.datetime, language: str = "zh-hans") -> tuple[TaskForceItem, ...]:
    """Return the task forces `actor` may see (led by or with members in their reach), running first, newest first."""
    reach = registry.reach(actor, "task_force.read")
    found = TaskForce.objects.filter(_within(reach), district=actor.district_id).order_by(
        "-state", "-launched_at", "-id"
    )
    return _items(actor.district_id, found[:MOST_LISTED], at, language)


def _within(paths: Iterable[str]) -> Q:
    led, taking_part = Q(pk__in=[]), Q(pk__in=[])
    for path in paths:
        led |= Q(lead__path__startswith=path)
        taking_part |= Q(organisation__path__startswith=path)
    return led | Q(pk__in=TaskForceMember.objects.filter(taking_part).values("task_force"))


def coverage(
    task_force: TaskForce, at: dt.datetime, language: str = "zh-hans", *, after_organisation: str | None = None
) -> CoveragePage:
    """Return how far `task_force` has come by measure and organisation; a fixed number of queries."""
    district, today = task_force.district_id, local(at).date()
    (item,) = _items(district, TaskForce.objects.filter(district=district, pk=task_force.pk), at, language)
    counters = Coverage.objects.filter(district=district, task_force=task_force)
    tallies = {row["measure"]: _tally(row) for row in _summed(counters, today, "measure")}
    playbook = playbooks.of_task_force(task_force).playbook
    measures = tuple(
        MeasureCoverage(one.id, one.title.in_language(language), one.kind, tallies[one.id])
        for one in playbook.measures
        if one.id in tallies
    )
    organisations, after = _organisations(task_force, today, language, after_organisation)
    return CoveragePage(item, at, _total(tallies.values()), measures, organisations, after)


def _organisations(
    task_force: TaskForce, today: dt.date, language: str, after: str | None
) -> tuple[tuple[OrganisationCoverage, ...], str | None]:
    counters = Workload.objects.filter(district=task_force.district_id, task_force=task_force)
    if after is not None and after.isdecimal():
        counters = counters.filter(organisation_id__gt=int(after))
    rows = list(_summed(counters, today, "organisation_id").order_by("organisation_id")[: PAGE + 1])
    names = Organisation.objects.filter(district=task_force.district_id).in_bulk(
        [row["organisation_id"] for row in rows]
    )
    shown = [
        OrganisationCoverage(one.pk, chosen(one.name, one.name_en, language), _tally(row))
        for row in rows[:PAGE]
        for one in [names[row["organisation_id"]]]
    ]
    following = str(rows[PAGE - 1]["organisation_id"]) if len(rows) > PAGE else None
    return tuple(sorted(shown, key=lambda line: line.organisation)), following


def _items(district: int, found: QuerySet[TaskForce], at: dt.datetime, language: str) -> tuple[TaskForceItem, ...]:
    rows = list(found.select_related("playbook", "lead"))
    counters = Coverage.objects.filter(district=district, task_force__in=[row.pk for row in rows])
    tallies = {row["task_force_id"]: _tally(row) for row in _summed(counters, local(at).date(), "task_force_id")}
    return tuple(_item(row, tallies.get(row.pk, Tally()), language) for row in rows)


def _item(row: TaskForce, tally: Tally, language: str) -> TaskForceItem:
    return TaskForceItem(
        id=row.pk, title=chosen(row.title, row.title_en, language), story=row.playbook.story,
        playbook=chosen(row.playbook.title, row.playbook.title_en, language),
        lead=chosen(row.lead.name, row.lead.name_en, language), state=row.state, launched_at=row.launched_at,
        period_start=row.period_start, period_end=row.period_end, cases=row.cases_total, open_cases=row.cases_open,
        done=tally.done + tally.waived, total=tally.total, overdue=tally.overdue,
    )  # fmt: skip


def _summed(counters: QuerySet[Any], today: dt.date, by: str) -> QuerySet[Any, dict[str, Any]]:
    open_work = sum((F(state) for state in sorted(OPEN)), start=Value(0))
    late = When_(When(due_on__lt=today, then=open_work), default=Value(0), output_field=IntegerField())
    sums = {f"{state}_sum": Sum(state) for state in STATES}
    return counters.values(by).annotate(**sums, overdue_sum=Sum(late)).order_by()


def _tally(row: Mapping[str, Any]) -> Tally:
    return Tally(**{name: row[f"{name}_sum"] or 0 for name in (*STATES, "overdue")})


def _total(tallies: Iterable[Tally]) -> Tally:
    found = list(tallies)
    return Tally(**{name: sum(getattr(one, name) for one in found) for name in (*STATES, "overdue")})
