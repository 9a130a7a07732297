"""The ledger as it is read: newest first, by page, of a district or of one thing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from paotui.registry.models import District
from paotui.work.queries.items import PAGE


@dataclass(frozen=True, slots=True)
class LedgerLine:
    number: int
    at: dt.datetime
    by: str
    action: str
    text: str
    """The action in words."""
    subject: str
    subject_id: int
    data: Mapping[str, Any]
    hash: str
    previous_hash: str


@dataclass(frozen=True, slots=True)
class LedgerPage:
    entries: tuple[LedgerLine, ...]
    next_before: int | None
    """Hand in as `before_number` for older entries; None on the last page."""


def listing(
    district: District,
    *,
    before_number: int | None = None,
    subject: str | None = None,
    subject_id: int | None = None,
    size: int = PAGE,
) -> LedgerPage:
    """Return `size` entries of `district`, the newest first; `subject` (and its id) narrows to one kind (one thing)."""
    raise NotImplementedError
