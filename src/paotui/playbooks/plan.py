"""Plain values that go into expansion and come out of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from paotui.playbooks.schema import Occurrence

OrganisationKey = int | str
PersonKey = int | str


@dataclass(frozen=True, slots=True)
class RosterTarget:
    """One row of a roster. `key` identifies it; organisation or person is set when the target is one."""

    key: int | str
    name: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    organisation: OrganisationKey | None = None
    person: PersonKey | None = None


@dataclass(frozen=True, slots=True)
class Launch:
    """What a launch adds to a playbook: when, for which period, who holds which role, this year's event times."""

    at: dt.datetime
    period_start: dt.date
    period_end: dt.date
    members: Mapping[str, tuple[OrganisationKey, ...]] = field(default_factory=dict)
    occurrences: Mapping[str, tuple[Occurrence, ...]] = field(default_factory=dict)


class PlannedWork(NamedTuple):
    """One measure for one target in one window, for one organisation (and those acting together with it)."""

    target: int | str
    measure: str
    sequence: int
    """1, 2, ... among the work of the same measure and target."""
    role: str
    organisation: OrganisationKey
    participants: tuple[tuple[str, OrganisationKey], ...]
    """(role, organisation) acting together with the responsible one; empty otherwise."""
    person: PersonKey | None
    opens_at: dt.datetime | None
    """When it may start; None while predecessors are unfinished."""
    due_at: dt.datetime | None
    """None when there is no due rule, or when it depends on a predecessor not finished."""
    waits: bool
    """True while a measure named in `after` (and applicable to this target) is unfinished."""


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record as figures see it: plain values, no database."""

    id: int | str
    measure: str
    target: int | str
    organisation: OrganisationKey | None
    person: PersonKey | None
    at: dt.datetime
    values: Mapping[str, Any]
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class WorkView:
    """A work order as figures and quotas see it."""

    id: int | str
    measure: str
    target: int | str
    organisation: OrganisationKey | None
    person: PersonKey | None
    state: str
    opens_at: dt.datetime | None
    due_at: dt.datetime | None
    done_at: dt.datetime | None
    facts: Mapping[str, Any]
