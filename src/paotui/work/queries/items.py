"""The shapes every list of work shows: one line per work order, pages by key."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Generic, TypeVar

Line = TypeVar("Line")

PAGE = 50
"""Lines of a page unless somebody asks for another number."""


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One work order as a list shows it; texts are in the language asked for."""

    id: int
    case_id: int
    target: str
    task_force_id: int
    task_force: str
    measure: str
    title: str
    """Title of the measure."""
    kind: str
    sequence: int
    role: str
    organisation_id: int
    organisation: str
    person: str
    state: str
    opens_at: dt.datetime | None
    due_at: dt.datetime | None
    done_at: dt.datetime | None
    reason: str
    is_late: bool
    """Open after its due time, or done after it."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Line]):
    """Some lines and the key to ask for the next ones with; None on the last page."""

    items: tuple[Line, ...]
    next_key: str | None
