"""How people write values: 1,234.50, １２３, 12万元, 是, √, 2020年7月3日, 6点30分, a day number out of a spreadsheet.

Every reader returns the typed value, or None when the text means nothing of that type.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal
from typing import Any

from paotui.authored.base import in_zone
from paotui.playbooks.schema import Choice, Field
from paotui.worktime import ZONE

YES = frozenset(("true", "yes", "y", "1", "on", "是", "有", "对", "已", "√", "✓", "✔"))
NO = frozenset(("false", "no", "n", "0", "off", "否", "无", "没有", "未", "不", "×", "✗", "✘", "x"))

_NUMBER = re.compile(r"[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_CLOCK = re.compile(r"(\d{1,2})\s*[:时点]\s*(?:(\d{1,2})\s*分?)?(?:\s*[:]?\s*(\d{1,2})(?:\.0+)?\s*秒?)?")
MAX_DIGITS = 18
"""More digits before the point than any count or amount has; a number beyond is a slip of the keyboard."""
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_EPOCH = dt.datetime(1899, 12, 30, tzinfo=ZONE)  # day 0 of spreadsheets, which count 29 February 1900
_SERIALS = range(20_000, 80_000)  # 1954 to 2119: a number outside is no day anybody means


def plain(raw: Any) -> str:
    """Return the text of a cell with full-width digits and signs made ordinary ones."""
    return unicodedata.normalize("NFKC", str(raw)).strip()


def number(raw: Any, field: Field) -> Decimal | None:
    """Return the exact number; a float is taken at the 15 digits a spreadsheet keeps."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int | Decimal):
        return _finite(Decimal(raw))
    if isinstance(raw, float):
        return _finite(Decimal(f"{raw:.15g}"))
    text = _without_unit(plain(raw).replace("¥", "").replace(" ", ""), field)
    scale = _SCALES.get(text[-1:])
    text = text[:-1] if scale else text
    if not _NUMBER.fullmatch(text):
        return None
    return _finite(Decimal(text.replace(",", "")) * (scale or 1))


def _finite(value: Decimal) -> Decimal | None:
    return value if value.is_finite() and value.adjusted() < MAX_DIGITS else None


def _without_unit(text: str, field: Field) -> str:
    units = [plain(unit) for unit in (field.unit.zh, field.unit.en) if unit] if field.unit else []
    for unit in [*units, *(("元",) if field.type == "money" else ())]:
        if text.lower().endswith(unit.lower()) and len(text) > len(unit):
            return text[: -len(unit)]
    return text


def yes_or_no(raw: Any) -> bool | None:
    if isinstance(raw, bool):
        return raw
    text = plain(int(raw) if isinstance(raw, float) and raw.is_integer() else raw).lower()
    return True if text in YES else False if text in NO else None


def day(raw: Any) -> dt.date | None:
    if isinstance(raw, dt.datetime):
        return in_zone(raw).date()
    if isinstance(raw, dt.date):
        return raw
    if isinstance(raw, int | float):
        found = _serial(raw)
        return found.date() if found else None
    text = plain(raw)
    if re.fullmatch(r"\d{8}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    found = moment(text) if re.search(r"\d[T\s]+\d", text) else None
    return found.date() if found else _day(text)


def moment(raw: Any) -> dt.datetime | None:
    """Return the moment in Asia/Shanghai; one written without an offset is local time."""
    if isinstance(raw, dt.datetime):
        return in_zone(raw)
    if isinstance(raw, dt.date):
        return None
    if isinstance(raw, int | float):
        return _serial(raw)
    text = plain(raw)
    try:
        return None if re.fullmatch(r"[\d-]{8,10}", text) else in_zone(dt.datetime.fromisoformat(text))
    except ValueError:
        pass
    start = _DAY.match(text)
    found, at = (_day(start[0]), clock(text[start.end() :].lstrip("T "))) if start else (None, None)
    return dt.datetime.combine(found, at, ZONE) if found and at else None


def clock(raw: Any) -> dt.time | None:
    if isinstance(raw, dt.datetime):
        return raw.time()
    if isinstance(raw, dt.time):
        return raw
    if isinstance(raw, float):
        return (_EPOCH + dt.timedelta(seconds=round(raw * 86_400))).time() if 0 <= raw < 1 else None
    found = _CLOCK.fullmatch(plain(raw))
    try:
        return dt.time(*(int(part or 0) for part in found.groups())) if found else None  # type: ignore[arg-type]
    except ValueError:
        return None


def choice(raw: Any, choices: tuple[Choice, ...]) -> str | None:
    """Return the value of the choice meant by its value or by its label in either language."""
    text = plain(raw).casefold()
    for one in choices:
        if text in (one.value, plain(one.label.zh).casefold(), plain(one.label.en).casefold()):
            return one.value
    return None


def key(raw: Any) -> int | str | None:
    """Return the key of an organisation, person or place; digits from a form become the number they are."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int):
        return raw
    text = plain(int(raw) if isinstance(raw, float) and raw.is_integer() else raw)
    return int(text) if re.fullmatch(r"0|[1-9]\d{0,17}", text) else text or None


def text(raw: Any) -> str:
    """Return the text of a cell; a number typed into a text column keeps no spurious .0."""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return (raw.isoformat() if isinstance(raw, dt.date | dt.time) else str(raw)).strip()


def _day(written: str) -> dt.date | None:
    found = _DAY.fullmatch(written)
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _serial(days: float) -> dt.datetime | None:
    if isinstance(days, bool) or int(days) not in _SERIALS:
        return None
    return _EPOCH + dt.timedelta(seconds=round(days * 86_400))
