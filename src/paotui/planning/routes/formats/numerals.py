"""Numbers in public files, and how each set scales and rounds them."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal

from paotui.planning.faults import ProblemError, fault
from paotui.planning.routes.problem import FOREVER

Rounding = Literal["round", "dimacs", "exact", "ceil"]
SCALES: dict[Rounding, int] = {"round": 1, "dimacs": 10, "exact": 1000, "ceil": 1000}


def scaled(rounding: Rounding) -> Callable[[float], int]:
    """How costs and prizes of a set with this rounding become whole numbers."""
    scale = SCALES[rounding]
    if rounding == "dimacs":
        return lambda value: int(value * scale)
    if rounding == "ceil":
        return lambda value: math.ceil(value * scale)
    return lambda value: math.floor(value * scale + 0.5)


def clock(rounding: Rounding) -> Callable[[float], int]:
    """As `scaled`, for times and distances, which end at the language's for ever."""
    scale = scaled(rounding)
    return lambda value: min(FOREVER, scale(value))


def number(text: str, path: str) -> float:
    """The finite number written there."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise refused(path, zh=f"“{text}”不是有限的数。请写出数值", en=f"'{text}' is no finite number. Write one")
    return value


def whole(text: str, path: str) -> int:
    value = number(text, path)
    if value != int(value):
        raise refused(path, zh=f"“{text}”不是整数。请写出整数", en=f"'{text}' is no whole number. Write one")
    return int(value)


def not_negative(value: float, path: str) -> float:
    if value < 0:
        raise refused(path, zh=f"{value:g} 是负数。请写零或正数", en=f"{value:g} is negative. Write zero or more")
    if value > FOREVER:
        raise refused(path, zh=f"{value:g} 过大，最多 {FOREVER}。请改小", en=f"{value:g} is above {FOREVER}. Lower it")
    return value


def refused(path: str, *, zh: str, en: str) -> ProblemError:
    return ProblemError([fault(path, zh=f"{zh}。", en=f"{en}.")])
