"""The facts of a case, checked: known names, right types, within limits, not contradicting themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from paotui import credit_code
from paotui.authored.suggest import choose
from paotui.policy import service
from paotui.policy.program import day_number
from paotui.policy.refusals import FactsError, Refusal, refusal
from paotui.policy.schema import Fact, Policy

FIRST_DAY, LAST_DAY = day_number(dt.date(1900, 1, 1)), day_number(dt.date(2200, 12, 31))

Facts = Mapping[str, Any]
"""What is known of a case: int or Decimal, bool, date, text, a list of amounts, a list of (first, last) days.

None, or no entry, means that it is not known; nothing is ever taken for no.
"""


def check(policy: Policy, facts: Facts) -> dict[str, Any]:
    """Return the facts as the evaluator wants them; raises FactsError naming every fact that cannot be.

    Numbers become Decimal, dates day numbers, series lists of Decimal, periods lists of pairs of day numbers.
    """
    refused = list(_strangers(facts, policy.by_name))
    found: dict[str, Any] = {}
    for fact in policy.facts:
        given = facts.get(fact.name)
        if given is None:
            continue
        try:
            found[fact.name] = value(fact, given)
        except FactsError as error:
            refused += error.refusals
    if refused:
        raise FactsError(refused)
    return found


def _strangers(facts: Facts, known: Mapping[str, Fact]) -> Iterator[Refusal]:
    for name in facts:
        if name not in known:
            hint = choose(name, known)
            yield refusal("facts", zh=f"没有叫“{name}”的事实。{hint.zh}", en=f"no fact is called {name}. {hint.en}")


def value(fact: Fact, given: Any) -> Any:
    """Return one fact's value as the evaluator wants it; raises FactsError."""
    if fact.type in ("integer", "money", "decimal"):
        return _number(fact, given)
    return _MAKE[fact.type](fact, given)


def _number(fact: Fact, given: Any) -> Decimal:
    if isinstance(given, bool) or not isinstance(given, int | Decimal):
        raise _unfit(fact, given, "数", "a number, as int or Decimal")
    number = Decimal(given)
    if not (isinstance(given, int) or number.same_quantum(fact.step)):
        _check_places(fact, number, given)
    least, most = fact.limits
    if not least <= number <= most:
        raise _beyond(fact, given, least, most)
    return number


def _check_places(fact: Fact, number: Decimal, given: Any) -> None:
    """Raise FactsError for what is no number, or has more decimal places than the fact is kept with."""
    if not number.is_finite() or (fact.type == "integer" and number != number.to_integral_value()):
        zh, en = ("整数", "a whole number") if fact.type == "integer" else ("数", "a number")
        raise _unfit(fact, given, zh, en)
    places = fact.kept_places
    if number != round(number, places):
        raise _unfit(fact, given, f"最多 {places} 位小数的数", f"a number with at most {places} decimal places")


def _boolean(fact: Fact, given: Any) -> bool:
    if not isinstance(given, bool):
        raise _unfit(fact, given, "是或否", "true or false")
    return given


def _date(fact: Fact, given: Any) -> int:
    if isinstance(given, dt.datetime) or not isinstance(given, dt.date):
        raise _unfit(fact, given, "日期，例如 2020-02-28", "a date such as 2020-02-28")
    if not FIRST_DAY <= day_number(given) <= LAST_DAY:
        raise _unfit(fact, given, "1900 年至 2200 年之间的日期", "a date between 1900 and 2200")
    return day_number(given)


def _choice(fact: Fact, given: Any) -> str:
    if not isinstance(given, str) or given not in fact.options:
        options = list(fact.options)
        raise _unfit(fact, given, f"以下之一：{'、'.join(options)}", f"one of {', '.join(options)}")
    return str(given)


def _text(fact: Fact, given: Any) -> str:
    return str(given)


def _credit_code(fact: Fact, given: Any) -> str:
    if not credit_code.is_sound(str(given)):
        raise _unfit(fact, given, "校验码正确的 18 位统一社会信用代码，请对照营业执照",
                     "a unified social credit code of 18 characters whose check character fits; "
                     "compare it with the business licence")  # fmt: skip
    return str(given)


def _series(fact: Fact, given: Any) -> list[Decimal]:
    if isinstance(given, str) or not isinstance(given, list | tuple):
        raise _unfit(fact, given, "金额列表", "a list of amounts")
    return [_number(fact, one) for one in given]


def _periods(fact: Fact, given: Any) -> list[tuple[int, int]]:
    try:
        found = [service.numbers(first, last) for first, last in given]
    except (TypeError, ValueError, AttributeError):
        raise _unfit(fact, given, "起止日期的列表", "a list of pairs of dates") from None
    if not service.in_order(found):
        raise _unfit(
            fact,
            given,
            "依次排列、互不重叠、止不早于起的时段",
            "periods in order that end after they begin and do not overlap",
        )
    return found


_MAKE = {"boolean": _boolean, "date": _date, "choice": _choice, "text": _text, "credit_code": _credit_code,
         "series": _series, "periods": _periods}  # fmt: skip


def _unfit(fact: Fact, given: Any, zh: str, en: str) -> FactsError:
    shown = str(given) if len(str(given)) <= 60 else f"{str(given)[:57]}…"
    return FactsError([refusal(
        f"fact:{fact.name}",
        zh=f"{fact.label.zh}（{fact.name}）写着“{shown}”，应为{zh}。请改正，不知道就留空。",
        en=f"{fact.label.in_language('en')} ({fact.name}) is {shown}, but must be {en}. Correct it, or leave it empty "
           "when it is not known.",
    )])  # fmt: skip


def _beyond(fact: Fact, given: Any, least: Decimal, most: Decimal) -> FactsError:
    return FactsError([refusal(
        f"fact:{fact.name}",
        zh=f"{fact.label.zh}（{fact.name}）是 {given}，超出了 {least:f} 到 {most:f} 的范围。请核对来源。",
        en=f"{fact.label.in_language('en')} ({fact.name}) is {given}, outside {least:f} to {most:f}. "
           "Compare it with its source.",
    )])  # fmt: skip
