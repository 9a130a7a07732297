"""What somebody does today: overdue, due today, due soon, returned, to review."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from paotui.registry.actors import Actor
from paotui.work.queries.items import WorkItem

FIRST = 20
"""Lines of each list; the counts say how many there are."""
SOON = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is of each list, over everything the actor's organisations are responsible for."""

    overdue: int
    """Due on a day before today and not done."""
    due_today: int
    due_soon: int
    """Due in the seven days after today."""
    later: int
    """Due after that, or without a due day."""
    returned: int
    waiting: int
    under_review: int
    """Submitted by the actor's organisations, to be reviewed by somebody."""
    to_review: int
    """To be reviewed by the actor's organisations; counted up to 999."""
    together: int
    """To be done by another organisation together with the actor's; counted up to 999."""


@dataclass(frozen=True, slots=True)
class Today:
    """The first lines of each list by due time, and how many there are of each."""

    at: dt.datetime
    overdue: tuple[WorkItem, ...]
    due_today: tuple[WorkItem, ...]
    due_soon: tuple[WorkItem, ...]
    returned: tuple[WorkItem, ...]
    to_review: tuple[WorkItem, ...]
    together: tuple[WorkItem, ...]
    counts: Counts


def for_actor(actor: Actor, at: dt.datetime, language: str = "zh-hans") -> Today:
    """Return what is on the desk of the organisations `actor` works for, at `at`; a fixed number of queries."""
    raise NotImplementedError
