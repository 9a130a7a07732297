"""What a launch gave to a playbook, read back from the task force it became."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from paotui.playbooks.plan import Launch
from paotui.playbooks.schema import Occurrence
from paotui.registry.models import Organisation
from paotui.work.models import TaskForce, TaskForceMember

Members = Mapping[str, Sequence[Organisation]]
Occurrences = Mapping[str, Sequence[Occurrence]]


class Launched(NamedTuple):
    """What an action needs to know of a task force, without a model."""

    pk: int
    launched_at: dt.datetime
    period_start: dt.date
    period_end: dt.date
    occurrences: Mapping[str, list[object]]
    calendar_version: str


def planned(at: dt.datetime, period: tuple[dt.date, dt.date], members: Members, occurrences: Occurrences) -> Launch:
    """Return the launch of these members and occurrences at `at`."""
    return Launch(
        at=at,
        period_start=period[0],
        period_end=period[1],
        members={role: tuple(one.pk for one in holders) for role, holders in members.items()},
        occurrences={name: tuple(found) for name, found in occurrences.items()},
    )


def of(task_force: TaskForce) -> Launch:
    """Return the launch of `task_force`; one query for its members."""
    rows = TaskForceMember.objects.filter(district=task_force.district_id, task_force=task_force)
    return told(task_force, rows.order_by("id").values_list("role", "organisation_id"))


def told(task_force: TaskForce | Launched, members: Iterable[tuple[str, int]]) -> Launch:
    """Return the launch of `task_force` from its members as (role, organisation id), in the order they were named."""
    by_role: dict[str, tuple[int, ...]] = defaultdict(tuple)
    for role, organisation in members:
        by_role[role] += (organisation,)
    return Launch(
        at=task_force.launched_at,
        period_start=task_force.period_start,
        period_end=task_force.period_end,
        members=dict(by_role),
        occurrences=_read(task_force.occurrences),
    )


def written(occurrences: Occurrences) -> dict[str, list[object]]:
    """Return occurrences as the task force stores them; `of` reads them back."""
    return {name: [one.model_dump(mode="json") for one in found] for name, found in occurrences.items()}


def _read(stored: Mapping[str, list[object]]) -> dict[str, tuple[Occurrence, ...]]:
    return {name: tuple(Occurrence.model_validate(one) for one in found) for name, found in stored.items()}
