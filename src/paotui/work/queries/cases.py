"""One case: the target with its facts and all the work done and to be done for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from paotui.work.models import Case
from paotui.work.queries.items import WorkItem


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact of the target; `text` is ready to be printed, unit included, empty when unknown."""

    name: str
    label: str
    text: str
    personal: bool


@dataclass(frozen=True, slots=True)
class CaseDetail:
    id: int
    target: str
    state: str
    opened_at: dt.datetime
    closed_at: dt.datetime | None
    task_force_id: int
    task_force: str
    lead: str
    facts: tuple[FactLine, ...]
    work: tuple[WorkItem, ...]
    """In the order of the playbook, then of sequence."""


def detail(case: Case, at: dt.datetime, language: str = "zh-hans") -> CaseDetail:
    """Return `case` with the target's facts and its work; a fixed number of queries."""
    raise NotImplementedError
