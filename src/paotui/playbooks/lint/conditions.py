"""Conditions: they look at something that exists, and compare it with what it can be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from paotui.authored.source import join
from paotui.authored.suggest import choose
from paotui.playbooks.lint.finder import Conditions, Finder
from paotui.playbooks.schema import Condition, Field

NUMBERS = ("integer", "decimal", "money")
TIMES = ("date", "time", "datetime")
COMPARISONS_OF = {
    "at_least": (*NUMBERS, *TIMES),
    "at_most": (*NUMBERS, *TIMES),
    "before": TIMES,
    "after": TIMES,
}


def check(finder: Finder) -> None:
    for path, measure in finder.each_measure():
        look_at(finder, f"{path}.when", measure.when, None, clock=False)
        if measure.on is not None:
            source = finder.measures.get(measure.on.measure)
            fields = {one.name: one for one in source.record} if source else None
            look_at(finder, f"{path}.on.when", measure.on.when, fields, clock=True)


def look_at(
    finder: Finder, path: str, conditions: Conditions, fields: Mapping[str, Field] | None, *, clock: bool
) -> None:
    """Check conditions that may look at facts, at the `fields` of a record (None: at no record) and at the clock."""
    for place, one in enumerate(conditions):
        where = join(path, place)
        if one.fact is not None:
            if finder.known(f"{where}.fact", one.fact, finder.facts, "对象信息", "fact"):
                _right_side(finder, where, one, finder.facts[one.fact])
        elif one.value is not None and fields is not None:
            if finder.known(f"{where}.value", one.value, fields, "记录项", "field of the record"):
                _right_side(finder, where, one, fields[one.value])
        elif one.value is not None or not clock:
            finder.add(
                where,
                "no-record",
                ("这里还没有记录可比", "there is no record to look at here"),
                ("只能比较对象信息：用 fact。", "Only facts of the target can be compared: use `fact`."),
            )
        else:
            _right_side(finder, where, one, None)


def _right_side(finder: Finder, where: str, one: Condition, field: Field | None) -> None:
    name, right = one.comparison
    kind = field.type if field else "time"
    if name == "known":
        return
    if kind not in COMPARISONS_OF.get(name, (kind,)):
        finder.add(
            where,
            "comparison",
            (f"{kind} 类型不能用 {name} 比较", f"a value of type {kind} cannot be compared with {name}"),
            (
                "请用 is、is_not 或 in；数字用 at_least、at_most。",
                "Use is, is_not or in; for numbers at_least or at_most.",
            ),
        )
        return
    for each in right if isinstance(right, tuple) else (right,):
        if field is not None and kind == "choice":
            _choice(finder, join(where, name.rstrip("_")), field, each)
        elif not _comparable(kind, each, clock=field is None):
            finder.add(
                join(where, name.rstrip("_")),
                "comparison-type",
                (
                    f"“{each}”与 {kind} 类型无法比较，永远不成立",
                    f"{each!s} can never equal or bound a value of type {kind}",
                ),
                _example(kind),
            )


def _choice(finder: Finder, path: str, field: Field, value: Any) -> None:
    values = [one.value for one in field.choices]
    if value not in values:
        hint = choose(str(value), values)
        finder.add(
            path,
            "unknown-choice",
            (f"“{field.label.zh}”没有“{value}”这个选项", f"{field.name} has no choice {value}"),
            (hint.zh, hint.en),
        )


def _comparable(kind: str, value: Any, *, clock: bool) -> bool:
    if kind == "boolean":
        return isinstance(value, bool)
    if kind in NUMBERS:
        return isinstance(value, int | Decimal) and not isinstance(value, bool)
    if clock:
        return isinstance(value, dt.time | dt.date)
    if kind in TIMES:
        classes = {"date": (dt.date,), "time": (dt.time, dt.datetime), "datetime": (dt.datetime, dt.date, dt.time)}
        return isinstance(value, classes[kind])
    return isinstance(value, str) if kind == "text" else isinstance(value, str | int)


def _example(kind: str) -> tuple[str, str]:
    shown = {
        "boolean": "true",
        "date": "2020-07-03",
        "time": "06:00",
        "datetime": "2020-07-03 15:00",
        "text": '"文字"',
    }.get(kind, "12")
    return f"请写成 {shown} 这样的值。", f"Write a value such as {shown}."
