"""What changes a running deadline: a pause, its end, an extension, an amended calendar. Each gives a new value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Generic, TypeVar

from .calendar import Calendar
from .deadlines import Deadline, computed, deadline
from .pauses import in_order
from .rules import Extension, Pause
from .wording import WorktimeError
from .zone import local

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Moved(Generic[Key]):
    """A deadline an amended calendar moved, under the key it was handed in with."""

    key: Key
    before: Deadline
    after: Deadline


def paused(running: Deadline, calendar: Calendar, *, at: datetime, reason: str) -> Deadline:
    """Return the deadline with its clock stopped at `at`; refused when it stands already or has run out."""
    if running.due is None:
        raise WorktimeError(zh="计时已经暂停：请先恢复。", en="The clock is paused already: resume it first.")
    if local(at) >= running.due:
        raise WorktimeError(
            zh=f"期限已于 {running.due:%Y-%m-%d %H:%M} 届满，不能再暂停。",
            en=f"The deadline ran out at {running.due:%Y-%m-%d %H:%M} and can no longer be paused.",
        )
    return _with_pauses(running, calendar, (*running.pauses, Pause(at, None, reason)))


def resumed(stopped: Deadline, calendar: Calendar, *, at: datetime) -> Deadline:
    """Return the deadline with every open pause ended at `at`; refused when none is open."""
    if stopped.due is not None:
        raise WorktimeError(zh="计时没有暂停，无需恢复。", en="The clock is not paused: there is nothing to resume.")
    ended = tuple(replace(pause, end=at) if pause.end is None else pause for pause in stopped.pauses)
    return _with_pauses(stopped, calendar, ended)


def extended(running: Deadline, calendar: Calendar, extension: Extension) -> Deadline:
    """Return the statutory deadline with its extension; refused a second time (行政许可法 art. 42 knows one)."""
    if running.extension is not None:
        raise WorktimeError(
            zh=f"期限已由{running.extension.approver}批准延长一次，不能再次延长。",
            en=f"The limit was extended once already, by {running.extension.approver}: it cannot be extended again.",
        )
    return deadline(running.rule, running.start, calendar, pauses=running.pauses, extension=extension)


def recompute(open_deadlines: Iterable[tuple[Key, Deadline]], calendar: Calendar) -> list[Moved[Key]]:
    """Return those `open_deadlines` that `calendar` moves, in the order given; an extension once granted stays."""
    pairs = ((key, before, _under(before, calendar)) for key, before in open_deadlines)
    return [Moved(key, before, after) for key, before, after in pairs if before.due != after.due]


def _under(before: Deadline, calendar: Calendar) -> Deadline:
    return computed(before.rule, before.start, calendar, before.pauses, before.extension)


def _with_pauses(before: Deadline, calendar: Calendar, pauses: tuple[Pause, ...]) -> Deadline:
    return computed(before.rule, before.start, calendar, in_order(pauses), before.extension)
