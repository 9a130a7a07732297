"""The ledger as it is read: newest first, by page, of a district or of one thing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from paotui.registry.models import District, LedgerEntry
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
    found = LedgerEntry.objects.filter(district=district).order_by("-number")
    if subject is not None:
        found = found.filter(subject=subject)
    if subject_id is not None:
        found = found.filter(subject_id=subject_id)
    if before_number is not None:
        found = found.filter(number__lt=before_number)
    rows = list(found[: size + 1])
    return LedgerPage(tuple(map(line, rows[:size])), rows[size - 1].number if len(rows) > size else None)


def line(entry: LedgerEntry) -> LedgerLine:
    """Return an entry as it is read."""
    return LedgerLine(
        entry.number, entry.at, entry.actor_name, entry.action, said(entry), entry.subject, entry.subject_id,
        entry.data, entry.hash, entry.previous_hash,
    )  # fmt: skip


def said(entry: LedgerEntry) -> str:
    """Return what an entry says happened, with the reason that was given."""
    text = str(ACTIONS.get(entry.action, entry.action))
    reason = entry.data.get("reason", "")
    return f"{text}: {reason}" if reason else text


ACTIONS: dict[str, Promise] = {
    "task_force.launch": _("Task force launched"),
    "task_force.close": _("Task force closed"),
    "work_order.complete": _("Recorded as done"),
    "work_order.submit": _("Submitted for review"),
    "work_order.accept": _("Accepted"),
    "work_order.return": _("Returned"),
    "work_order.correct": _("Record corrected"),
    "work_order.waive": _("Waived"),
    "work_order.cancel": _("Cancelled"),
    "work_order.pause": _("Clock stopped"),
    "work_order.resume": _("Clock restarted"),
    "work_order.assign": _("Assigned"),
    "calendar.amend": _("Deadlines moved by an amended calendar"),
}
"""The actions of this room in words; those of other rooms are read as they stand."""
