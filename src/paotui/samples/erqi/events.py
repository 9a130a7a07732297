"""What the replay is made of: entries into registers, and moves that are not entries (a launch, a return, a waiver)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from paotui.worktime import ZONE

if TYPE_CHECKING:
    from paotui.samples.erqi.world import World


@dataclass(frozen=True, slots=True)
class Entry:
    """One record a clerk enters at `at`: `measure` of `task_force` done for `target`, as the spreadsheet says it."""

    at: dt.datetime
    task_force: str
    target: str
    measure: str
    values: Mapping[str, Any]
    happened_at: dt.datetime
    target_number: str = ""
    """Staff number, where people of one name must be told apart."""


@dataclass(frozen=True, slots=True)
class Move:
    """Anything else that happens at a moment."""

    at: dt.datetime
    label: str
    do: Callable[[World], None]


Event = Entry | Move


def moment(month: int, day: int, hour: int = 9, minute: int = 0) -> dt.datetime:
    """Return a moment of 2020 in the district's time."""
    return dt.datetime(2020, month, day, hour, minute, tzinfo=ZONE)
