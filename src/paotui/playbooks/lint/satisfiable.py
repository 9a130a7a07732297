"""Whether conditions can hold at all, given what a field may be.

Comparisons only have bounds written in the playbook, so trying every bound, a hair to either side of it, and every
choice decides the question exactly; nothing has to be solved.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from paotui.authored.base import in_zone
from paotui.playbooks.conditions import holds
from paotui.playbooks.schema import Condition, Field, Text
from paotui.worktime import LocalText

CLOCK = Field(name="clock", label=Text(zh="时刻", en="Time of day"), type="time")
HAIR = Decimal("0.0001")


def conflict(
    conditions: Iterable[Condition], facts: Mapping[str, Field], values: Mapping[str, Field]
) -> LocalText | None:
    """Return which conditions exclude each other or the field they look at; None when all can hold together."""
    by_side: dict[tuple[str, str], list[Condition]] = {}
    for one in conditions:
        by_side.setdefault(_side(one), []).append(one)
    for (side, name), about in by_side.items():
        field = facts.get(name) if side == "fact" else values.get(name)
        if side == "clock":
            field = CLOCK
        if field is not None and not any(_holds(about, side, name, one) for one in _candidates(field, about)):
            return _said(name or "clock", about)
    return None


def _side(one: Condition) -> tuple[str, str]:
    if one.fact is not None:
        return "fact", one.fact
    return ("value", one.value) if one.value is not None else ("clock", "")


def _holds(conditions: list[Condition], side: str, name: str, candidate: Any) -> bool:
    if side == "clock":
        plain = [one.model_copy(update={"clock": False, "fact": "clock"}) for one in conditions]
        return holds(plain, facts={"clock": candidate})
    return holds(conditions, facts={name: candidate}, values={name: candidate})


def _candidates(field: Field, conditions: list[Condition]) -> Iterator[Any]:
    if not field.required:
        yield None
    if field.type == "boolean":
        yield from (True, False)
    elif field.type == "choice":
        yield from (one.value for one in field.choices)
    else:
        bounds = [bound for one in conditions for bound in _bounds(one)]
        yield from (one for one in _around(field, bounds) if _in_range(field, one))


def _bounds(condition: Condition) -> tuple[Any, ...]:
    name, right = condition.comparison
    return () if name == "known" else right if name == "in_" else (right,)


def _around(field: Field, bounds: list[Any]) -> Iterator[Any]:
    """Yield every bound and its neighbours, and one value far from all of them."""
    if field.type in ("integer", "decimal", "money"):
        step = Decimal(1) if field.type == "integer" else HAIR
        given = [Decimal(one) for one in bounds if isinstance(one, int | Decimal) and not isinstance(one, bool)]
        given += [one for one in (field.minimum, field.maximum) if one is not None]
        for one in given or [Decimal(0)]:
            yield from (one, one - step, one + step)
    elif field.type in ("date", "datetime", "time"):
        for one in [*bounds, dt.date(2000, 1, 1), dt.time(12)]:
            yield from _times(field.type, one)
    else:
        yield from bounds
        yield f"none of {bounds}"


def _times(kind: str, bound: Any) -> Iterator[Any]:
    if isinstance(bound, dt.time):
        bound = dt.datetime.combine(dt.date(2000, 1, 1), bound)
    elif isinstance(bound, dt.date) and not isinstance(bound, dt.datetime):
        bound = dt.datetime.combine(bound, dt.time(12))
    if not isinstance(bound, dt.datetime):
        yield bound
        return
    for gap in (dt.timedelta(0), dt.timedelta(1), dt.timedelta(-1), dt.timedelta(seconds=1), dt.timedelta(seconds=-1)):
        moment = in_zone(bound) + gap
        yield moment if kind == "datetime" else moment.date() if kind == "date" else moment.time()


def _in_range(field: Field, candidate: Any) -> bool:
    if not isinstance(candidate, Decimal):
        return True
    return (field.minimum is None or candidate >= field.minimum) and (
        field.maximum is None or candidate <= field.maximum
    )


def _said(name: str, about: list[Condition]) -> LocalText:
    parts = []
    for one in about:
        comparison, right = one.comparison
        shown = ", ".join(str(each) for each in right) if isinstance(right, tuple) else right
        parts.append(f"{name} {comparison.rstrip('_')} {shown}")
    return LocalText("，".join(parts), ", ".join(parts))
