"""The end of every action that finishes work: what follows from it is added to the changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from paotui.work.changes import Changes
from paotui.work.desk import Desk
from paotui.work.following import called_for, may_start
from paotui.work.states import READY
from paotui.work.wording import refusing


def conclude(
    changes: Changes,
    desk: Desk,
    values: Mapping[str, Any] | None = None,
    happened_at: dt.datetime | None = None,
    record: int | None = None,
    *,
    before: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Call for new work and release what waited; return what the ledger says of it.

    With `values` of a record (made at `happened_at`) of the work order on the desk, work it calls for is added, unless
    it is still under review; `before` are those of the record it replaces, whose work is there already.
    """
    new: list[int] = []
    with refusing("playbook"):
        if values is not None and happened_at is not None and record is not None and not desk.order.is_open:
            new = _call_for(changes, desk, values, happened_at, record, before)
        released = may_start(desk)
    for release in released:
        changes.move(release.order, READY, opens_at=release.opens_at, due_at=release.due_at)
    return {
        "called_for": new,
        "released": [release.order.id for release in released],
        "case_closed": changes.closes,
    }


def _call_for(
    changes: Changes,
    desk: Desk,
    values: Mapping[str, Any],
    happened_at: dt.datetime,
    record: int,
    before: Mapping[str, Any] | None,
) -> list[int]:
    planned = called_for(desk, values, happened_at)
    if before is not None and planned:
        there = {work.measure for work in called_for(desk, before, happened_at)}
        planned = [work for work in planned if work.measure not in there]
    return [order.id for order in changes.add(planned, triggered_by=record)]
