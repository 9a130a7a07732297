"""Everything needed to do one work order: what is asked, why, by when, what stands, what happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from paotui.work.queries.items import WorkItem


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A value to be recorded: what the form asks and why."""

    name: str
    label: str
    type: str
    unit: str
    required: bool
    choices: tuple[tuple[str, str], ...]
    minimum: str
    maximum: str
    why: str
    personal: bool


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    kind: str
    label: str
    required: bool
    why: str
    basis: str
    expires: dt.date | None


@dataclass(frozen=True, slots=True)
class AttachmentLine:
    kind: str
    name: str
    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record as people read it; `values` holds (field name, label, printed text)."""

    id: int
    happened_at: dt.datetime
    entered_at: dt.datetime
    withdrawn_at: dt.datetime | None
    organisation: str
    person: str
    values: tuple[tuple[str, str, str], ...]
    typed: Mapping[str, Any]
    """The typed values by field name, to fill a form with."""
    attachments: tuple[AttachmentLine, ...]


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of a deadline: counted or not, and why."""

    day: dt.date
    counted: bool
    running: int
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class PauseLine:
    start: dt.datetime
    end: dt.datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One ledger entry about the work order, as a sentence."""

    number: int
    at: dt.datetime
    by: str
    action: str
    text: str


@dataclass(frozen=True, slots=True)
class WorkDetail:
    item: WorkItem
    guide: str
    role_label: str
    minutes: int
    trips: int
    fields: tuple[FieldLine, ...]
    evidence: tuple[EvidenceLine, ...]
    participants: tuple[tuple[str, str], ...]
    """(role label, organisation) acting together with the responsible one."""
    reviewers: tuple[str, ...]
    record: RecordLine | None
    """The one that stands."""
    earlier: tuple[RecordLine, ...]
    """Those it replaced, the newest first."""
    pauses: tuple[PauseLine, ...]
    deadline: tuple[DayLine, ...]
    """Day by day; empty when there is no deadline to explain."""
    due_rule: str
    """The due rule in words; empty without one."""
    history: tuple[HistoryLine, ...]
    may: Mapping[str, bool]
    """By verb (complete, accept, return, correct, waive, pause, resume, cancel, assign): whether the actor may now."""
