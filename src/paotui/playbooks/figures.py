"""Figures: a stored question answered by counting, with everything that was counted.

The only implementation: playbook cases, bulletins and the page all count here. Every stream is read once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from paotui.playbooks.behind import BehindCounter
from paotui.playbooks.counting import Counted, Counter, counter
from paotui.playbooks.plan import RecordView, RosterTarget, WorkView
from paotui.playbooks.schema import Figure, Playbook
from paotui.worktime import Calendar


@dataclass(frozen=True, slots=True)
class Answer:
    """What a figure says at a moment; `value` is None for a rate over nothing.

    `numerator` and `denominator` are exact, `value` is rounded half up to the figure's decimals (percent for a rate).
    The ids are those of both sides of a rate together, each once; `of` and `over` keep the two apart.
    """

    value: Decimal | None
    numerator: Decimal
    denominator: Decimal | None
    record_ids: tuple[int | str, ...]
    work_ids: tuple[int | str, ...]
    target_keys: tuple[int | str, ...]
    of: Counted
    over: Counted | None


class Needs(NamedTuple):
    """What a figure has to read."""

    measures: frozenset[str]
    records: bool
    work: bool
    targets: bool


def needs(figure: Figure) -> Needs:
    """Return the measures whose records or work a figure reads, and which of the streams it needs at all."""
    if figure.behind is not None:
        return Needs(frozenset((figure.behind.measure,)), False, True, False)
    sides = [figure.value] if figure.value else [figure.rate.of, figure.rate.over] if figure.rate else []
    reads = {counter(side).reads for side in sides}
    measures = frozenset(name for side in sides for name in side.of)
    return Needs(measures, "records" in reads, "work" in reads, "targets" in reads)


def evaluate(
    playbook: Playbook,
    figure: Figure,
    *,
    records: Iterable[RecordView] = (),
    work: Iterable[WorkView] = (),
    targets: Iterable[RosterTarget] = (),
    at: dt.datetime,
    calendar: Calendar | None = None,
) -> Answer:
    """Answer `figure` over the records, work orders and targets as they stood at `at`; unneeded streams are not read.

    `calendar` is used by quotas that ask what is still reachable (default: the official one).
    """
    counters = _counters(playbook, figure, at, calendar)
    streams: dict[str, Iterable[Any]] = {"records": records, "work": work, "targets": targets}
    for name, stream in streams.items():
        adds = [one.add for one in counters if one.reads == name]
        if not adds:
            continue
        for item in stream:
            for add in adds:
                add(item)
    return _answer(figure, [one.counted() for one in counters])


def _counters(playbook: Playbook, figure: Figure, at: dt.datetime, calendar: Calendar | None) -> list[Counter]:
    if figure.behind is not None:
        return [BehindCounter(playbook.measure(figure.behind.measure), figure.behind.standing, at, calendar)]
    if figure.rate is not None:
        return [counter(figure.rate.of), counter(figure.rate.over)]
    assert figure.value is not None
    return [counter(figure.value)]


def _answer(figure: Figure, sides: list[Counted]) -> Answer:
    of, over = sides[0], sides[1] if len(sides) > 1 else None
    exact: Decimal | None = of.value
    if over is not None:
        exact = of.value * 100 / over.value if over.value else None
    return Answer(
        None if exact is None else rounded(exact, figure.decimals),
        of.value,
        over.value if over else None,
        _once(one.record_ids for one in sides),
        _once(one.work_ids for one in sides),
        _once(one.target_keys for one in sides),
        of,
        over,
    )


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Return `value` rounded half up, as published figures are."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _once(ids: Iterable[tuple[int | str, ...]]) -> tuple[int | str, ...]:
    return tuple(dict.fromkeys(one for part in ids for one in part))
