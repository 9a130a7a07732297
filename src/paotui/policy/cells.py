"""A cell of a spreadsheet as the value of a fact: numbers with commas, 有 and 无, dates as clerks write them."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

from paotui.policy.refusals import FactsError, refusal
from paotui.policy.schema import Fact

NOTHING = {"", "-", "—", "/", "未知", "不详", "无数据", "unknown", "n/a", "null", "none"}
_YES, _NO = (
    {"是", "有", "符合", "true", "yes", "y", "1", "√", "✓"},
    {"否", "无", "不符合", "没有", "false", "no", "n", "0", "×", "✗"},
)
_DAY = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")
_BETWEEN = re.compile(r"\s*[;；、\n]\s*")


def read(fact: Fact, cell: Any) -> Any:
    """Return the value of a cell, None where it says that it is not known; raises FactsError naming the fact."""
    if cell is None or (isinstance(cell, str) and _plain(cell).lower() in NOTHING):
        return None
    if isinstance(cell, dt.datetime):
        cell = cell.date()
    if isinstance(cell, bool | dt.date):
        return cell
    try:
        return _READ[fact.type](fact, cell)
    except (ValueError, InvalidOperation, KeyError):
        raise _unreadable(fact, cell) from None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _number(fact: Fact, cell: Any) -> int | Decimal:
    if isinstance(cell, float):
        cell = _of_float(cell)
    text = _plain(str(cell)).replace(",", "").removesuffix("元").removesuffix("人").strip()
    percent = text.endswith("%")
    value = Decimal(text.removesuffix("%").strip())
    if not value.is_finite():
        raise ValueError(text)
    value = value / 100 if percent else value
    return int(value) if fact.type == "integer" and value == value.to_integral_value() else value


def _of_float(cell: float) -> str:
    """Return what a spreadsheet shows for a number it stores in binary: at most 15 significant digits."""
    return f"{cell:.15g}"


def _boolean(fact: Fact, cell: Any) -> bool:
    text = _plain(str(int(cell)) if isinstance(cell, float) else str(cell)).lower()
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise ValueError(text)


def _date(fact: Fact, cell: Any) -> dt.date:
    return day(str(cell))


def day(text: str) -> dt.date:
    """Return the date written in a text; ValueError when it is none."""
    found = _DAY.match(_plain(text).split(" ")[0].split("T")[0])
    if found is None:
        raise ValueError(text)
    return dt.date(int(found[1]), int(found[2]), int(found[3]))


def _choice(fact: Fact, cell: Any) -> str:
    text = _plain(str(cell))
    names = {_plain(name): one.value for one in fact.choices for name in (one.value, one.label.zh, one.label.en)}
    short = {name.removesuffix("企业"): value for name, value in names.items()}
    return names.get(text) or short[text.removesuffix("企业")]


def _text(fact: Fact, cell: Any) -> str:
    return _plain(str(cell))


def _series(fact: Fact, cell: Any) -> list[Decimal]:
    many = cell if isinstance(cell, list | tuple) else _BETWEEN.split(str(cell).strip())
    return [Decimal(_number(fact, one)) for one in many if str(one).strip()]


def _periods(fact: Fact, cell: Any) -> list[tuple[dt.date, dt.date]]:
    """Return periods written as 2005-03-01/2007-12-31; 2010-01-01/2020-06-30."""
    if isinstance(cell, list | tuple):
        return [(first, last) for first, last in cell]
    found = []
    for one in _BETWEEN.split(str(cell).strip()):
        first, last = re.split(r"\s*(?:~|至|到|/(?=\d{4}))\s*", one)
        found.append((day(first), day(last)))
    return found


_READ = {
    "integer": _number,
    "money": _number,
    "decimal": _number,
    "boolean": _boolean,
    "date": _date,
    "choice": _choice,
    "text": _text,
    "credit_code": _text,
    "series": _series,
    "periods": _periods,
}
_WANTED = {
    "integer": ("整数", "a whole number"),
    "money": ("金额", "an amount"),
    "decimal": ("数", "a number"),
    "boolean": ("是或否", "yes or no"),
    "date": ("日期，例如 2020-02-28", "a date such as 2020-02-28"),
    "series": ("用分号隔开的金额", "amounts with semicolons between them"),
    "periods": ("起止日期，例如 2018-01-01/2020-06-30", "periods such as 2018-01-01/2020-06-30"),
}


def _unreadable(fact: Fact, cell: Any) -> FactsError:
    choices = [one.label for one in fact.choices]
    zh, en = _WANTED.get(
        fact.type, ("、".join(one.zh for one in choices), ", ".join(one.in_language("en") for one in choices))
    )
    shown = str(cell) if len(str(cell)) <= 40 else f"{str(cell)[:37]}…"
    return FactsError(
        [
            refusal(
                f"fact:{fact.name}",
                zh=f"“{fact.label.zh}”栏写着“{shown}”，应为{zh}。请改正，不知道就留空。",
                en=f"{fact.label.in_language('en')} ({fact.name}) is “{shown}”, but must be "
                f"{en}. Correct it, or leave it empty "
                "when it is not known.",
            )
        ]
    )
