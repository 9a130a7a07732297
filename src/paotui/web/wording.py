"""How dates, numbers and money are written, in Chinese and in English; times are shown in the district's zone."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
_WEEKDAYS = "一二三四五六日"


def day(value: dt.date | dt.datetime | None, language: str) -> str:
    """Return 2020年7月9日 or 9 July 2020; an empty string for None."""
    if value is None:
        return ""
    value = _local(value)
    if language.startswith("en"):
        return f"{value.day} {value:%B} {value.year}"
    return f"{value.year}年{value.month}月{value.day}日"


def short_day(value: dt.date | dt.datetime | None, language: str) -> str:
    """Return 7月9日 or 9 Jul: for lists whose year is plain."""
    if value is None:
        return ""
    value = _local(value)
    return f"{value.day} {value:%b}" if language.startswith("en") else f"{value.month}月{value.day}日"


def weekday(value: dt.date | dt.datetime, language: str) -> str:
    """Return 星期四 or Thursday."""
    value = _local(value)
    return f"{value:%A}" if language.startswith("en") else f"星期{_WEEKDAYS[value.weekday()]}"


def moment(value: dt.datetime | None, language: str) -> str:
    """Return 2020年7月9日 17:05 or 9 July 2020, 17:05."""
    if value is None:
        return ""
    comma = "," if language.startswith("en") else ""
    return f"{day(value, language)}{comma} {_local(value):%H:%M}"


def short_moment(value: dt.datetime | None, language: str) -> str:
    """Return 7月9日 17:05 or 9 Jul 17:05."""
    return f"{short_day(value, language)} {_local(value):%H:%M}" if value else ""


def number(value: int | float | Decimal | None) -> str:
    """Return a number with thousands separators, its decimals as they are."""
    return "" if value is None else f"{value:,}"


def money(value: Decimal | None, language: str) -> str:
    """Return yuan with two places: 124,315,160.00元 or RMB 124,315,160.00."""
    if value is None:
        return ""
    amount = f"{Decimal(value):,.2f}"
    return f"RMB {amount}" if language.startswith("en") else f"{amount}元"


def _local(value: dt.date | dt.datetime) -> dt.date | dt.datetime:
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        return value.astimezone(ZONE)
    return value
