"""The end of every action that finishes work: what follows from it is added to the changes, and all is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from paotui.work.changes import Changes
from paotui.work.following import called_for, may_start
from paotui.work.states import READY
from paotui.work.wording import refusing


def conclude(
    changes: Changes,
    values: Mapping[str, Any] | None = None,
    happened_at: dt.datetime | None = None,
    record: int | None = None,
    *,
    before: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Call for new work, release what waited, write everything; return what the ledger says of it.

    With `values` of a record (made at `happened_at`) work it calls for is added; `before` are those of the record it
    replaces, whose work is there already.
    """
    new: list[int] = []
    with refusing("playbook"):
        if values is not None and happened_at is not None and record is not None and not _is_under_review(changes):
            new = _call_for(changes, values, happened_at, record, before)
        released = may_start(changes.desk)
    for release in released:
        changes.move(release.order, READY, opens_at=release.opens_at, due_at=release.due_at)
    closed = changes.save()
    return {"called_for": new, "released": [release.order.id for release in released], "case_closed": closed}


def _is_under_review(changes: Changes) -> bool:
    return changes.desk.order.is_open


def _call_for(
    changes: Changes,
    values: Mapping[str, Any],
    happened_at: dt.datetime,
    record: int,
    before: Mapping[str, Any] | None,
) -> list[int]:
    desk = changes.desk
    planned = called_for(desk, values, happened_at)
    if before is not None and planned:
        there = {work.measure for work in called_for(desk, before, happened_at)}
        planned = [work for work in planned if work.measure not in there]
    return [order.id for order in changes.add(planned, triggered_by=record)]
