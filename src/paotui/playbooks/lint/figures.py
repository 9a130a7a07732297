"""Figures: they count something that exists, and that can be counted so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from paotui.playbooks.lint.conditions import look_at
from paotui.playbooks.lint.finder import Finder
from paotui.playbooks.schema import Counting, Field, Figure, Quota


def check(finder: Finder) -> None:
    for path, figure in finder.each_figure():
        for below, counting in _countings(path, figure):
            _counting(finder, below, counting)
        _behind(finder, path, figure)
        _decimals(finder, path, figure)


def _countings(path: str, figure: Figure) -> Iterator[tuple[str, Counting]]:
    if figure.value is not None:
        yield f"{path}.value", figure.value
    if figure.rate is not None:
        yield f"{path}.rate.of", figure.rate.of
        yield f"{path}.rate.over", figure.rate.over


def _counting(finder: Finder, path: str, counting: Counting) -> None:
    known = [
        finder.known(f"{path}.of[{place}]", name, finder.measures, "措施", "measure")
        for place, name in enumerate(counting.of)
    ]
    if not all(known):
        return
    fields = None if counting.count in ("targets", "work_orders") else _fields(finder, counting)
    look_at(finder, f"{path}.where", counting.where, fields, clock=counting.count != "targets")
    _what(finder, path, counting, fields or {})
    for name in [*([counting.sum] if counting.sum else []), *[one.value for one in counting.where if one.value]]:
        _in_every_record(finder, path, counting, name)


def _fields(finder: Finder, counting: Counting) -> dict[str, Field]:
    return {field.name: field for name in counting.of for field in finder.measures[name].record}


def _what(finder: Finder, path: str, counting: Counting, fields: Mapping[str, Field]) -> None:
    if counting.count == "targets" and counting.of:
        finder.add(
            f"{path}.of",
            "targets-of",
            ("数名册对象时不看措施", "counting targets looks at no measure"),
            ("要数办过某措施的对象，请写 distinct: target。", "For targets with a record write `distinct: target`."),
        )
    if counting.every and (counting.distinct is None or len(counting.of) < 2):
        finder.add(
            f"{path}.every",
            "every",
            ("every 要与 distinct 和两项以上措施连用", "`every` goes with distinct and several measures"),
            ("去掉 every。", "Leave out `every`."),
        )
    kind, _, name = (counting.distinct or "").partition(":")
    if kind == "fact":
        finder.known(f"{path}.distinct", name, finder.facts, "对象信息", "fact")
    if kind == "value":
        finder.known(f"{path}.distinct", name, fields, "记录项", "field of the record")
    if counting.sum and finder.known(f"{path}.sum", counting.sum, fields, "记录项", "field of the record"):
        field = fields[counting.sum]
        if field.type not in ("integer", "decimal", "money"):
            finder.add(
                f"{path}.sum",
                "sum-type",
                (f"“{field.label.zh}”不是数字", f"{field.name} is of type {field.type}, which has no sum"),
                ("请选数字类型的记录项，或改用 count。", "Name a number, or use `count`."),
            )


def _in_every_record(finder: Finder, path: str, counting: Counting, name: str) -> None:
    if counting.count in ("targets", "work_orders"):
        return
    without = [one for one in counting.of if all(field.name != name for field in finder.measures[one].record)]
    if without and len(without) < len(counting.of):
        shown = ", ".join(without)
        finder.warn(
            path,
            "never-counted",
            (f"{shown} 的记录没有“{name}”，不会被数到", f"records of {shown} have no {name} and are never counted"),
            ("从 of 中去掉，或补上该项。", "Take them out of `of`, or record it there too."),
        )


def _behind(finder: Finder, path: str, figure: Figure) -> None:
    if figure.behind is None:
        return
    name = figure.behind.measure
    if not finder.known(f"{path}.behind.measure", name, finder.measures, "措施", "measure"):
        return
    if not isinstance(finder.measures[name].repeat, Quota):
        finder.add(
            f"{path}.behind.measure",
            "no-quota",
            (f"“{name}”没有次数要求", f"{name} has no quota to be behind"),
            ("请选有 at_least 与 per 的措施。", "Name a measure that repeats at_least so often per period."),
        )


def _decimals(finder: Finder, path: str, figure: Figure) -> None:
    counting = figure.value
    if counting is None or counting.sum is None or not all(name in finder.measures for name in counting.of):
        return
    field = _fields(finder, counting).get(counting.sum)
    if field is not None and field.type == "money" and figure.decimals != 2:
        finder.warn(
            path,
            "money-decimals",
            ("金额合计应保留两位小数", "a sum of money is shown with two decimals"),
            ("写上 decimals: 2。", "Say `decimals: 2`."),
        )
