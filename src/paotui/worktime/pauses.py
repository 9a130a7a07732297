"""Spans in which the clock stands still, brought into order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from .rules import Pause
from .wording import WorktimeError
from .zone import local

Span = tuple[datetime, datetime | None]


def in_order(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """Return the pauses by start, in the zone; one without reason or ending before it starts is refused."""
    return tuple(sorted((_checked(pause) for pause in pauses), key=lambda pause: pause.start))


def merged(pauses: tuple[Pause, ...], start: datetime) -> list[Span]:
    """Return the spans after `start` in which at least one of the ordered `pauses` stops the clock."""
    spans: list[Span] = []
    for pause in pauses:
        if pause.end is not None and pause.end <= start:
            continue
        begin = max(pause.start, start)
        if spans and (spans[-1][1] is None or begin <= spans[-1][1]):
            spans[-1] = (spans[-1][0], _later(spans[-1][1], pause.end))
        else:
            spans.append((begin, pause.end))
    return spans


def stopping(pauses: tuple[Pause, ...], day: date) -> Pause | None:
    """Return the pause by which `day` is not counted: the clock was stopped on or before it and still stood at its end.

    So a pause within one day costs no day, and one from Wednesday to Friday costs Wednesday and Thursday.
    """
    for pause in pauses:
        if pause.start.date() <= day and (pause.end is None or day < pause.end.date()):
            return pause
    return None


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return None if one is None or other is None else max(one, other)


def _checked(pause: Pause) -> Pause:
    if not pause.reason.strip():
        raise WorktimeError(zh="暂停计时必须写明理由。", en="Give the reason why the clock is paused.")
    begin, end = local(pause.start), None if pause.end is None else local(pause.end)
    if end is not None and end < begin:
        raise WorktimeError(
            zh=f"暂停的结束 {end:%Y-%m-%d %H:%M} 早于开始 {begin:%Y-%m-%d %H:%M}：请更正其中之一。",
            en=f"The pause ends {end:%Y-%m-%d %H:%M}, before it starts {begin:%Y-%m-%d %H:%M}: correct one of them.",
        )
    return replace(pause, start=begin, end=end)
