"""What figures count: records, work and targets as they stood at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from paotui.playbooks.plan import RecordView, RosterTarget, WorkView
from paotui.registry.models import District


def records(district: District, playbook_key: str, measures: Sequence[str], as_of: dt.datetime) -> Iterator[RecordView]:
    """Yield the records entered until `as_of` and not replaced by then, of the `measures` (none given: of all)."""
    raise NotImplementedError


def work(district: District, playbook_key: str, measures: Sequence[str], as_of: dt.datetime) -> Iterator[WorkView]:
    """Yield the work orders that existed at `as_of`, with the state they were in then."""
    raise NotImplementedError


def targets(district: District, playbook_key: str, as_of: dt.datetime) -> Iterator[RosterTarget]:
    """Yield the targets of the task forces launched until `as_of`; `key` is the case's id."""
    raise NotImplementedError
