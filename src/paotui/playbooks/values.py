"""Typed values: from forms, spreadsheets and JSON in, checked; to JSON and back without losing anything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from paotui.authored.base import in_zone
from paotui.authored.suggest import choose
from paotui.playbooks import reading
from paotui.playbooks.conditions import is_known
from paotui.playbooks.schema import Field, Values
from paotui.worktime import LocalText

CENT = Decimal("0.01")


class ValueProblem(NamedTuple):
    """What is wrong with one field, in a sentence that says what to do."""

    field: str
    text: LocalText


class ValueErrors(Exception):
    """Values that cannot be taken; `problems` has one sentence per field, in the order of the fields."""

    def __init__(self, problems: Iterable[ValueProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(one.text.en for one in self.problems))

    def in_language(self, language: str) -> list[tuple[str, str]]:
        """Return (field, sentence) pairs in `language`."""
        return [(one.field, one.text.in_language(language)) for one in self.problems]


class _Refused(Exception):
    def __init__(self, zh: str, en: str) -> None:
        self.text = LocalText(zh, en)


def parse(fields: Iterable[Field], raw: Mapping[str, Any]) -> Values:
    """Return the typed values of `raw`, which may hold text as people write it, spreadsheet cells, or typed values.

    Blank optional fields are left out. Raises ValueErrors with a sentence for every field that is wrong, missing or
    unknown. Money must have at most two decimal places and gets exactly two.
    """
    known = tuple(fields)
    values: Values = {}
    problems: list[ValueProblem] = []
    for field in known:
        try:
            value = _value(field, raw.get(field.name))
        except _Refused as refused:
            problems.append(ValueProblem(field.name, refused.text))
            continue
        if value is not None:
            values[field.name] = value
    problems += [_unknown(name, known) for name in raw if name not in {field.name for field in known}]
    if problems:
        raise ValueErrors(problems)
    return values


def _value(field: Field, raw: Any) -> Any:
    if not is_known(raw) or (isinstance(raw, str) and not raw.strip()):
        if field.required:
            raise _Refused(f"“{field.label.zh}”必须填写。", f"{field.label.en} is required: fill it in.")
        return None
    value = _READ[field.type](field, raw)
    if field.minimum is not None or field.maximum is not None:
        _check_range(field, value)
    return value


def _check_range(field: Field, value: Any) -> None:
    if not isinstance(value, int | Decimal) or isinstance(value, bool):
        return
    unit = field.unit.zh if field.unit else ""
    unit_en = f" {field.unit.en}" if field.unit else ""
    if field.minimum is not None and value < field.minimum:
        raise _Refused(
            f"“{field.label.zh}”不能少于 {field.minimum}{unit}，现在是 {value}。",
            f"{field.label.en} must be at least {field.minimum}{unit_en}, not {value}.",
        )
    if field.maximum is not None and value > field.maximum:
        raise _Refused(
            f"“{field.label.zh}”不能多于 {field.maximum}{unit}，现在是 {value}。",
            f"{field.label.en} must be at most {field.maximum}{unit_en}, not {value}.",
        )


def _refused(field: Field, raw: Any, zh: str, en: str) -> _Refused:
    return _Refused(f"“{field.label.zh}”不能是“{raw}”：{zh}。", f"{field.label.en} cannot be {str(raw)!r}: {en}.")


def _number(field: Field, raw: Any) -> Decimal:
    found = reading.number(raw, field)
    if found is None:
        raise _refused(field, raw, "请写数字，例如 1,234.50", "write a number such as 1,234.50")
    return found


def _integer(field: Field, raw: Any) -> int:
    found = _number(field, raw)
    if found != int(found):
        raise _refused(field, raw, "请写整数", "write a whole number")
    return int(found)


def _money(field: Field, raw: Any) -> Decimal:
    found = _number(field, raw)
    if found != found.quantize(CENT):
        raise _refused(field, raw, "金额最多两位小数", "an amount has at most two decimal places")
    return found.quantize(CENT)


def _choice(field: Field, raw: Any) -> str:
    found = reading.choice(raw, field.choices)
    if found is None:
        zh = "、".join(one.label.zh for one in field.choices)
        en = ", ".join(one.label.en or one.value for one in field.choices)
        raise _refused(field, raw, f"可选 {zh}", f"choose one of {en}")
    return found


def _by(read: Callable[[Any], Any], zh: str, en: str) -> Callable[[Field, Any], Any]:
    def check(field: Field, raw: Any) -> Any:
        found = read(raw)
        if found is None:
            raise _refused(field, raw, zh, en)
        return found

    return check


_KEY = _by(reading.key, "请从名单中选择", "choose it from the list")

_READ: dict[str, Callable[[Field, Any], Any]] = {
    "text": lambda field, raw: reading.text(raw),
    "integer": _integer,
    "decimal": _number,
    "money": _money,
    "boolean": _by(reading.yes_or_no, "请写“是”或“否”", "write yes or no"),
    "date": _by(reading.day, "请写日期，例如 2020-07-03", "write a date such as 2020-07-03"),
    "time": _by(reading.clock, "请写时刻，例如 06:00", "write a time of day such as 06:00"),
    "datetime": _by(
        reading.moment, "请写日期和时刻，例如 2020-07-03 15:00", "write date and time, such as 2020-07-03 15:00"
    ),
    "choice": _choice,
    "organisation": _KEY,
    "person": _KEY,
    "place": _KEY,
}


def _unknown(name: str, fields: tuple[Field, ...]) -> ValueProblem:
    hint = choose(name, [field.name for field in fields])
    return ValueProblem(
        name, LocalText(f"没有“{name}”这一项。{hint.zh}", f"There is no field called {name}. {hint.en}")
    )


def dump(fields: Iterable[Field], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return typed values as JSON can hold them: numbers with decimals as text, dates and times in ISO 8601."""
    return {field.name: _plain(values[field.name]) for field in fields if values.get(field.name) is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, dt.date | dt.time) else value


def load_json(fields: Iterable[Field], data: Mapping[str, Any]) -> Values:
    """Return the typed values `dump` stored; what belongs to no field is left out."""
    return reader(fields)(data)


def reader(fields: Iterable[Field]) -> Callable[[Mapping[str, Any]], Values]:
    """Return `load_json` for these fields as a function, to read many records fast."""
    restore = [(field.name, _RESTORE.get(field.type)) for field in fields]

    def read(data: Mapping[str, Any]) -> Values:
        found: Values = {}
        for name, convert in restore:
            value = data.get(name)
            if value is not None:
                found[name] = convert(value) if convert else value
        return found

    return read


_RESTORE: dict[str, Callable[[Any], Any]] = {
    "decimal": Decimal,
    "money": Decimal,
    "date": dt.date.fromisoformat,
    "time": dt.time.fromisoformat,
    "datetime": lambda stored: in_zone(dt.datetime.fromisoformat(stored)),
}
