"""What figures count: records, work and targets as they stood at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from paotui.playbooks import values
from paotui.playbooks.plan import RecordView, RosterTarget, WorkView
from paotui.registry.models import District
from paotui.work import rosters, rules
from paotui.work.models import Case, Record, TaskForce, WorkOrder
from paotui.work.queries import playbooks

Reader = Callable[[Mapping[str, Any]], dict[str, Any]]
CHUNK = 2_000


def records(district: District, playbook_key: str, measures: Sequence[str], as_of: dt.datetime) -> Iterator[RecordView]:
    """Yield the records entered until `as_of` and not replaced by then, of the `measures` (none given: of all).

    `at` is when it happened, `target` the id of the roster entry; work still under review at `as_of` is left out.
    """
    task_forces = _launched(district, playbook_key, as_of)
    standing = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=as_of)
    found = Record.objects.filter(standing, district=district, task_force__in=task_forces, entered_at__lte=as_of)
    found = found.filter(work_order__ended_at__lte=as_of, work_order__state="done")
    if measures:
        found = found.filter(measure__in=measures)
    readers = _readers(task_forces)
    columns = (
        "id", "measure", "case__entry_id", "organisation_id", "person_id", "happened_at", "values", "task_force_id",
        "case__entry__facts",
    )  # fmt: skip
    for pk, measure, target, organisation, person, at, kept, task_force, facts in _rows(found, columns):
        read, of_facts = readers[task_force]
        yield RecordView(pk, measure, target, organisation, person, at, read(measure)(kept), of_facts(facts))


def work(district: District, playbook_key: str, measures: Sequence[str], as_of: dt.datetime) -> Iterator[WorkView]:
    """Yield the work orders that existed at `as_of`, with the state they were in then; cancelled ones are left out."""
    task_forces = _launched(district, playbook_key, as_of)
    found = WorkOrder.objects.filter(district=district, task_force__in=task_forces)
    found = found.filter(Q(triggered_by__isnull=True) | Q(triggered_by__entered_at__lte=as_of))
    if measures:
        found = found.filter(measure__in=measures)
    first = Record.objects.filter(district=district, work_order=OuterRef("pk")).order_by("id").values("entered_at")[:1]
    readers = _readers(task_forces)
    columns = (
        "id", "measure", "case__entry_id", "organisation_id", "person_id", "state", "opens_at", "due_at", "done_at",
        "ended_at", "recorded_at", "task_force_id", "case__entry__facts",
    )  # fmt: skip
    for row in _rows(found.annotate(recorded_at=Subquery(first)), columns):
        (pk, measure, target, organisation, person, state, opens_at, due_at, done_at, ended_at, recorded_at, task_force,
         facts) = row  # fmt: skip
        then = rules.state_as_of(state, opens_at, ended_at, recorded_at, as_of)
        if then != "cancelled":
            yield WorkView(
                pk, measure, target, organisation, person, then, opens_at, due_at, done_at if then == "done" else None,
                readers[task_force][1](facts),
            )  # fmt: skip


def targets(district: District, playbook_key: str, as_of: dt.datetime) -> Iterator[RosterTarget]:
    """Yield the targets of the task forces launched until `as_of`, each once; `key` is the id of the roster entry."""
    task_forces = _launched(district, playbook_key, as_of)
    readers, seen = _readers(task_forces), set()
    found = Case.objects.filter(district=district, task_force__in=task_forces)
    columns = (
        "id", "task_force_id", "entry_id", "entry__name", "entry__facts", "entry__organisation_id", "entry__person_id",
    )  # fmt: skip
    for _case, task_force, key, name, facts, organisation, person in _rows(found, columns):
        if key not in seen:
            seen.add(key)
            yield rosters.target(readers[task_force][1], key, name, facts, organisation, person)


def _launched(district: District, playbook_key: str, as_of: dt.datetime) -> list[TaskForce]:
    found = TaskForce.objects.filter(district=district, playbook__key=playbook_key, launched_at__lte=as_of)
    return list(found.select_related("playbook").order_by("id"))


def _readers(task_forces: Sequence[TaskForce]) -> dict[int, tuple[Callable[[str], Reader], Reader]]:
    """Return, by task force, what types the values of a record (by measure) and the facts of a target."""
    return {one.pk: _reader(one) for one in task_forces}


def _reader(task_force: TaskForce) -> tuple[Callable[[str], Reader], Reader]:
    playbook = playbooks.of_task_force(task_force).playbook
    by_measure = {measure.id: values.reader(measure.record) for measure in playbook.measures}
    return by_measure.__getitem__, values.reader(playbook.target.facts)


def _rows(found: QuerySet[Any], columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Yield rows in the order of their ids, some thousands at a time, by key: the first column is the id."""
    ordered, after = found.order_by("pk"), 0
    while rows := list(ordered.filter(pk__gt=after).values_list(*columns)[:CHUNK]):
        yield from rows
        after = rows[-1][0]
