"""What vehicles, stops and amounts are called in sentences."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from paotui.local_text import LocalText
from paotui.planning.routes.checker.case import Case
from paotui.planning.routes.checker.costs import fen
from paotui.planning.routes.problem import Problem


def vehicle(case: Case | None, name: str) -> str:
    """ "Van 2", or its id where it has no name of its own; the number tells alike ones apart."""
    known = case.fleet.get(name) if case else None
    if known is None or not known.name:
        return name
    number = name.rpartition("#")[2] if "#" in name else ""
    return f"{known.name} {number}".rstrip()


def stop(case: Case | None, name: str) -> str:
    """ "s3 (Railway school)" """
    known = case.stops.get(name) if case else None
    return f"{name} ({known.name})" if known and known.name and known.name != name else name


def kilometres(problem: Problem | None, metres: int) -> LocalText:
    if problem is not None and problem.source is not None:
        plain = f"{metres / problem.source.scale:.10g}"
        return LocalText(f"里程 {plain}", f"distance {plain}")
    return LocalText(f"{metres / 1000:.1f} 公里", f"{metres / 1000:.1f} km")


def money(problem: Problem | None, value: Fraction | Decimal, *, signed: bool = False) -> LocalText:
    """ "12.50 yuan", in the file's own unit for public problems; `signed` with a plus."""
    sign = "+" if signed and value > 0 else ""
    if problem is not None and problem.source is not None:
        plain = f"{sign}{float(value) / problem.source.scale:.10g}"
        return LocalText(plain, plain)
    amount = f"{sign}{fen(Fraction(value))}"
    return LocalText(f"{amount} 元", f"{amount} yuan")
