"""The pages that must not grow with the work: coverage, the matrix, Today of a clerk and of the whole district."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import place

TIMES = 40


def measure(size: int) -> None:
    import district

    from paotui.registry.actors import Actor, Grant
    from paotui.registry.models import Organisation
    from paotui.work.models import TaskForce
    from paotui.work.queries import task_forces, today, work_orders
    from paotui.work.queries.work_orders import Filters

    at = district.AT.replace(month=7, day=8)
    community = Organisation.objects.filter(name="社区7").get()
    clerk = Actor(None, "clerk", community.district_id, (Grant("staff", community.pk, community.path),))
    root = Organisation.objects.get(parent=None)
    leader = Actor(None, "leader", root.district_id, (Grant("leader", root.pk, root.path),))
    pk = TaskForce.objects.get().pk
    asked: dict[str, Callable[[], Any]] = {
        "coverage page": lambda: task_forces.coverage(TaskForce.objects.get(pk=pk), at),
        "matrix": lambda: task_forces.matrix(TaskForce.objects.get(pk=pk), at),
        "Today of a community": lambda: today.for_actor(clerk, at),
        "Today of the district": lambda: today.for_actor(leader, at),
        "list of a task force": lambda: work_orders.listing(leader, at, Filters(task_force=pk)),
        "list of what is overdue": lambda: work_orders.listing(leader, at, Filters(overdue=True)),
    }
    place.say(pages={name: {"ms": _time(ask), "queries": _queries(ask)} for name, ask in asked.items()})


def _time(ask: Callable[[], Any]) -> float:
    for _ in range(5):
        ask()
    found = []
    for _ in range(TIMES):
        started = time.perf_counter()
        ask()
        found.append(time.perf_counter() - started)
    return statistics.median(found) * 1000


def _queries(ask: Callable[[], Any]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)
