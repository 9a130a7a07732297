"""The enterprises the emergency refund finds, and those it misses by a hair.

Each is drawn like any other and then given what lets it in, or what keeps it out.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal

from sample_enterprise_facts import Enterprise, Facts, draw, fen, settle

YEARS = (2016, 2017, 2018, 2019)
WAYS_IN = {"loss": 46, "profit_down": 28, "hardship_recognised": 10, "epidemic_recognised": 16}
"""What lets an enterprise in, and of how many in a hundred."""


def sound(rng: random.Random, name: str, code: str, contributors: int, way: str = "") -> Enterprise:
    """Return an enterprise that meets every test of the emergency refund, by one of its alternatives."""
    one = draw(rng, name, code)
    one.debt, one.cured = (one.debt, one.cured) if one.cured else (Decimal(0), "")
    one.facts |= {"complies": True, "arrears": Decimal(0), "paid_months": rng.randint(12, 180), "dishonest": False}
    resize(rng, one, contributors)
    _WAY[way or rng.choices(list(WAYS_IN), list(WAYS_IN.values()))[0]](rng, one.facts)
    return one


def resize(rng: random.Random, one: Enterprise, contributors: int) -> None:
    """Give an enterprise so many contributors, and the size, layoffs and premiums that go with them."""
    insured = max(contributors, round(contributors * rng.uniform(0.97, 1.09)))
    limit = 0.20 if insured <= 30 else 0.055 if insured < 300 else 0.045
    layoffs = min(int(insured * limit * rng.uniform(0, 1)), insured - contributors)
    size = "micro" if insured < 20 else "small" if insured < 300 else "medium" if insured < 1_000 else "large"
    one.facts |= {"contributors": contributors, "insured": insured, "layoffs": layoffs, "size": size}
    settle(rng, one)
    if one.cured:
        one.debt = fen(rng, float(one.facts["premiums"]) / 12)


def _loss(rng: random.Random, facts: Facts) -> None:
    """A loss in one or two of 2017–2019; a few lost money in all three and earned some in 2016."""
    level = facts["insured"] * rng.uniform(1_500, 7_000)
    losing = set(rng.sample(YEARS[1:], rng.choice((1, 1, 2))))
    if rng.random() < 0.06:
        losing = set(YEARS[1:])
    for year in YEARS:
        facts[f"profit_{year}"] = fen(rng, level * rng.uniform(0.2, 1.1) * (-1 if year in losing else 1))


def _profit_down(rng: random.Random, facts: Facts) -> None:
    level = facts["insured"] * rng.uniform(3_000, 12_000)
    for year in YEARS:
        facts[f"profit_{year}"] = fen(rng, level * rng.uniform(0.9, 1.2))
    facts["profit_2019"] = (facts["profit_2018"] * Decimal(rng.randint(5, 69)) / 100).quantize(Decimal("0.01"))


def _steady(rng: random.Random, facts: Facts) -> None:
    level = facts["insured"] * rng.uniform(3_000, 12_000)
    for year in YEARS:
        facts[f"profit_{year}"] = fen(rng, level * rng.uniform(0.9, 1.2))


def _recognised(fact: str) -> Callable[[random.Random, Facts], None]:
    def give(rng: random.Random, facts: Facts) -> None:
        _steady(rng, facts)
        if rng.random() < 0.3:
            facts |= {f"profit_{year}": None for year in YEARS}
        facts[fact] = True

    return give


_WAY: dict[str, Callable[[random.Random, Facts], None]] = {
    "loss": _loss,
    "profit_down": _profit_down,
    "steady": _steady,
    "hardship_recognised": _recognised("hardship_recognised"),
    "epidemic_recognised": _recognised("epidemic_recognised"),
}

LOSSES: Facts = {"profit_2017": Decimal(-1), "profit_2018": Decimal(-1), "profit_2019": Decimal("-0.01")}
JUST_IN: tuple[tuple[str, int, Facts], ...] = (
    ("loss", 24, {"insured": 30, "layoffs": 6}),
    ("loss", 188, {"insured": 200, "layoffs": 11, "size": "small"}),
    ("loss", 770, {"insured": 800, "layoffs": 36, "size": "large", "hit_by_epidemic": False}),
    ("loss", 385, {"insured": 400, "layoffs": 22, "size": "large", "hit_by_epidemic": True}),
    ("steady", 46, {"profit_2018": Decimal(860_000), "profit_2019": Decimal(602_000)}),
    ("steady", 57, {"profit_2016": Decimal("0.01"), **LOSSES}),
    ("steady", 33, {"paid_months": 12, "profit_2017": Decimal("-0.01")}),
)
"""Enterprises on the very line that are in: way, contributors, and what puts them there."""

JUST_OUT: tuple[tuple[str, int, Facts], ...] = (
    ("loss", 25, {"insured": 31, "layoffs": 6}),
    ("loss", 23, {"insured": 30, "layoffs": 7}),
    ("loss", 187, {"insured": 200, "layoffs": 12, "size": "small"}),
    ("loss", 760, {"insured": 800, "layoffs": 38, "size": "large", "hit_by_epidemic": False}),
    ("loss", 41, {"arrears": Decimal("3200.00")}),
    ("loss", 66, {"arrears": Decimal("0.01")}),
    ("loss", 52, {"paid_months": 11}),
    ("loss", 35, {"complies": False}),
    ("steady", 46, {"profit_2018": Decimal(860_000), "profit_2019": Decimal("602000.01")}),
    ("steady", 57, {"profit_2016": Decimal(0), **LOSSES}),
    ("steady", 29, {f"profit_{year}": Decimal(0) for year in YEARS}),
)
"""The same on the other side of the line."""

NOT_KNOWN: tuple[tuple[str, int, Facts], ...] = (
    ("loss", 38, {"arrears": None}),
    ("loss", 44, {"complies": None}),
    ("loss", 61, {"contributors": None}),
    ("loss", 188, {"insured": 200, "layoffs": 10, "size": None, "hit_by_epidemic": False}),
    ("loss", 27, {"layoffs": None}),
    ("steady", 57, {"profit_2016": None, **LOSSES}),
    ("steady", 31, {"hardship_recognised": None}),
    ("steady", 72, {"epidemic_recognised": None}),
)
"""Enterprises nobody can answer for until somebody has looked: a blank cell is no no."""
