"""Draws the facts of one invented enterprise: who it insures, what it earned, what it owes, what is not known of it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sample_codes import HARDEST_HIT, trade

Facts = dict[str, Any]
"""Facts by their name in the policies; None is not known."""

SIZES = {"micro": (2, 18, 60), "small": (15, 160, 29), "medium": (120, 900, 9), "large": (700, 3500, 2)}
"""Fewest and most insured, and how many of a hundred enterprises."""
PREMIUM = Decimal("0.01")
"""Unemployment premiums of employer and employee together, of wages."""
STREETS = ("砾桥街道", "棠溪街道", "苇岸街道", "栎园街道", "汀湖街道", "岚坡街道")


@dataclass
class Enterprise:
    """One row of the sheet; `debt` and `cured` tell of arrears at the end of 2019 and of the day they were paid."""

    name: str
    code: str
    street: str
    facts: Facts
    debt: Decimal = Decimal(0)
    cured: str = ""
    remark: str = ""
    trade: str = field(init=False)

    def __post_init__(self) -> None:
        self.trade = trade(self.name)


def draw(rng: random.Random, name: str, code: str) -> Enterprise:
    """Return an enterprise as it may be found in any district."""
    size = rng.choices(list(SIZES), [one[2] for one in SIZES.values()])[0]
    least, most, _ = SIZES[size]
    insured = min(most, max(least, round(rng.lognormvariate(0, 0.6) * (least * most) ** 0.5)))
    found = Enterprise(name, code, rng.choice(STREETS), {"credit_code": code, "size": size})
    _people(rng, found.facts, insured)
    _profits(rng, found.facts, insured)
    _standing(rng, found)
    settle(rng, found)
    _arrears(rng, found)
    return found


def _people(rng: random.Random, facts: Facts, insured: int) -> None:
    rate = rng.choices([0.0, rng.uniform(0.005, 0.045), rng.uniform(0.045, 0.12), rng.uniform(0.12, 0.5)],
                       [58, 24, 12, 6])[0]  # fmt: skip
    layoffs = min(insured, round(insured * rate))
    facts["insured"], facts["layoffs"] = insured, layoffs
    facts["contributors"] = max(1, insured - layoffs + round(insured * rng.uniform(-0.08, 0.12)))


def _profits(rng: random.Random, facts: Facts, insured: int) -> None:
    """Four years of net profit in yuan and fen; one enterprise in six keeps no accounts the tax office could tell."""
    years = range(2016, 2020)
    if rng.random() < 1 / 6:
        facts |= {f"profit_{year}": None for year in years}
        return
    losing = rng.random() < 0.22
    level = insured * rng.uniform(2_500, 14_000)
    for year in years:
        level *= rng.uniform(0.85, 1.25)
        facts[f"profit_{year}"] = fen(rng, level * rng.uniform(-0.6, 0.7) if losing else level)


def fen(rng: random.Random, yuan: float) -> Decimal:
    """Return an amount near `yuan` with jiao and fen, as accounts have them."""
    return Decimal(round(yuan * 100) + rng.randrange(100)).scaleb(-2)


def _standing(rng: random.Random, one: Enterprise) -> None:
    facts = one.facts
    facts["complies"] = rng.choices([True, False, None], [965, 15, 20])[0]
    facts["paid_months"] = rng.choices([rng.randint(12, 180), rng.randint(1, 11), 12], [88, 11, 1])[0]
    facts["hit_by_epidemic"] = rng.random() < (0.8 if one.trade in HARDEST_HIT else 0.25)
    facts["hardship_recognised"] = facts["epidemic_recognised"] = False
    facts["earlier_refund"] = Decimal(0)
    facts["dishonest"] = rng.random() < 0.012
    facts["zombie"] = rng.random() < 0.004


def settle(rng: random.Random, one: Enterprise) -> None:
    """Work out what follows from the head count: the premiums of 2019, and who is insured in the summer of 2020."""
    wage = rng.randint(3_100, 5_600)
    one.facts["premiums"] = (one.facts["contributors"] * wage * 12 * PREMIUM).quantize(Decimal("0.01"))
    one.facts["insured_now"] = max(1, round(one.facts["contributors"] * rng.uniform(0.9, 1.08)))


def _arrears(rng: random.Random, one: Enterprise) -> None:
    """One in twelve owed something at the end of 2019; two of three of them have paid since."""
    one.facts["arrears"] = Decimal(0)
    if rng.random() < 1 / 12:
        one.debt = fen(rng, float(one.facts["premiums"]) / 12 * rng.randint(1, 6))
        if rng.random() < 2 / 3:
            one.cured = f"2020-{rng.choice(['01', '02'])}-{rng.randint(2, 28):02d}"
        else:
            one.facts["arrears"] = one.debt
    elif rng.random() < 0.012:
        one.facts["arrears"] = None
