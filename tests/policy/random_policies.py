"""Random policies and random cases: every form of condition and expression, unknown facts, facts that cannot be."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import strategies as st

from paotui.policy.compiling import breakpoints
from paotui.policy.loader import Loaded
from paotui.policy.schema import Policy

TEXT = {"zh": "文", "en": "text"}
FACTS = [
    {"name": "heads", "type": "integer", "minimum": 0, "maximum": 500},
    {"name": "gone", "type": "integer", "minimum": -5, "maximum": 500},
    {"name": "owed", "type": "money", "minimum": 0},
    {"name": "profit", "type": "money"},
    {"name": "share", "type": "decimal", "places": 4},
    {"name": "good", "type": "boolean"},
    {"name": "listed", "type": "boolean"},
    {
        "name": "size",
        "type": "choice",
        "choices": [{"value": one, "label": TEXT} for one in ("large", "small", "micro")],
    },
    {"name": "since", "type": "date"},
    {"name": "wages", "type": "series"},
    {"name": "service", "type": "periods"},
]
NUMBERS = ["heads", "gone", "owed", "profit", "share", "rate", "sum_set", "gapped", "helper"]
START, MIDDLE, END = dt.date(2019, 1, 1), dt.date(2020, 2, 29), dt.date(2021, 12, 31)
START_DAY, DAYS_IN_ALL = dt.date(2018, 11, 1), 1215
DAYS = st.integers(0, DAYS_IN_ALL).map(lambda number: START_DAY + dt.timedelta(number))
MODES = ["half_up", "half_even", "down", "up"]
ORDER = ["at_least", "at_most", "more_than", "less_than"]


def policy_of(seed: int) -> Loaded:
    """Return a policy made from a seed."""
    return _policy(Random(seed))


POLICIES = st.integers(0, 2**32).map(policy_of)


def _day(draw: Random) -> dt.date:
    return START_DAY + dt.timedelta(draw.randint(0, DAYS_IN_ALL))


def _rounding(draw: Random, least: int, most: int) -> dict[str, Any]:
    return {"places": draw.randint(least, most), "mode": draw.choice(MODES)}


def _expression(draw: Random, depth: int) -> Any:
    if not depth or draw.random() < 0.3:
        literals = [draw.randint(-3, 40), Decimal(draw.randint(-200, 6000)).scaleb(-2), Decimal("0.055"), 10**9]
        return draw.choice([*NUMBERS, *literals])
    kind = draw.choice(["add", "multiply", "smaller_of", "larger_of", "subtract", "divide", "round", "average", "total",
                        "latest", "months", "choose"])  # fmt: skip
    several = [_expression(draw, depth - 1) for _part in range(draw.randint(2, 3))]
    last = {"last": draw.randint(1, 4)} if draw.random() < 0.5 else {}
    days = [_day(draw), "since", "limit_day"]
    limits = {name: draw.choice(days) for name in ("from", "until") if draw.random() < 0.4}
    made: dict[str, dict[str, Any]] = {
        "subtract": {"subtract": several[:2]},
        "divide": {"divide": several[:2], "rounding": _rounding(draw, -2, 3)},
        "round": {"round": several[0], "rounding": _rounding(draw, -2, 3)},
        "average": {"average": "wages", "rounding": _rounding(draw, -2, 3), **last},
        "total": {"total": "wages", **last},
        "latest": draw.choice([{"latest": "wages"}, {"number_of": "wages"}]),
        "months": {"months": "service", "counting": draw.choice(["whole", "started"]), **limits},
    }
    if kind == "choose":
        branches = [
            {"if": _condition(draw, 1, 0), "then": _expression(draw, depth - 1)} for _one in range(draw.randint(1, 2))
        ]
        return {"choose": branches, "otherwise": several[0]}
    return made.get(kind, {kind: several})


def _condition(draw: Random, depth: int, inside: int) -> dict[str, Any]:
    """Return a test, with an id of its own half of the time."""
    form = draw.choice(["all", "any", "not"]) if depth and draw.random() < 0.5 else "leaf"
    if form == "leaf":
        found = _leaf(draw, inside)
    elif form == "not":
        found = {form: _condition(draw, depth - 1, inside)}
    else:
        found = {form: [_condition(draw, depth - 1, inside) for _child in range(draw.randint(1, 3))]}
    return {**found, "id": f"c{draw.randint(0, 10**6)}"} if draw.random() < 0.5 else found


def _leaf(draw: Random, depth: int) -> dict[str, Any]:
    left, right = _expression(draw, depth), _expression(draw, depth)
    base = draw.choice([{}, {"without_base": True}, {"without_base": False}])
    operator = draw.choice(ORDER if isinstance(right, dict) else [*ORDER, "is", "is_not"])
    later = {"later": "limit_day", "by_months": draw.randint(-30, 30)}
    sizes = ["large", "small", "micro"]
    return draw.choice([
        {"value": left, operator: right},
        {"value": left, operator: right},
        {"ratio": [left, _expression(draw, depth)], draw.choice(ORDER): right, **base},
        {"fact": draw.choice(["good", "listed"]), "is": draw.random() < 0.5},
        {"fact": "size", "in": draw.sample(sizes, draw.randint(1, 2))},
        {"fact": "since", draw.choice(ORDER): draw.choice([_day(draw), "limit_day", later])},
        {"fact": draw.choice(["profit", "wages", "size"]), "known": draw.random() < 0.5},
        {"entitled": "size"},
        {"use": "shared"},
    ])  # fmt: skip


def _version(draw: Random, key: str, start: dt.date, end: dt.date) -> dict[str, Any]:
    def section(name: str, number: int) -> list[dict[str, Any]]:
        return [{**_condition(draw, 2, 1), "id": f"{name}{at}"} for at in range(number)]

    # Half of the versions let everybody in, so that amounts are compared as often as reasons are.
    open_to_all = draw.random() < 0.5
    amount: dict[str, Any] = {
        "steps": [{"name": "step", "label": TEXT, "is": _expression(draw, 2)}],
        "result": {"add": ["step", _expression(draw, 2)]},
        "rounding": _rounding(draw, -1, 2),
        "also": [{"name": "extra", "label": TEXT, "is": _expression(draw, 2)}],
    }
    if draw.random() < 0.5:
        amount["cap"] = {"is": _expression(draw, 1), "label": TEXT}
    until = draw.choice([None, dt.date(2020, 1, 15)])
    return {
        "version": key, "from": start, "to": end, "source": "law", "amount": amount,
        "fund": [] if open_to_all else section("fund", draw.randint(0, 1)),
        "excluded": [] if open_to_all else section("out", draw.randint(0, 2)),
        "who": [{"id": "who0", "value": 1, "at_least": 0}] if open_to_all else section("who", draw.randint(1, 3)),
        "entitled": [{"fact": "size", "groups": [{"value": "small"}, {"value": "micro", "until": until}]}],
    }  # fmt: skip


def _parameters() -> list[dict[str, Any]]:
    first = dt.date(2000, 1, 1)
    values: dict[str, tuple[str, list[dict[str, Any]]]] = {
        "rate": ("rate", [{"from": first, "value": Decimal("0.045")}, {"from": MIDDLE, "value": Decimal("0.5")}]),
        "sum_set": ("money", [{"from": first, "value": 1520}]),
        "gapped": ("integer", [{"from": MIDDLE, "value": 12}]),
        "limit_day": ("date", [{"from": first, "value": dt.date(2019, 8, 31)}]),
    }
    return [{"name": name, "type": kind, "label": TEXT, "values": many} for name, (kind, many) in values.items()]


def _policy(draw: Random) -> Loaded:
    # The shared condition must not use itself; groups are entitled in both versions.
    shared = {"fact": "good", "is": True, "id": "shared", "label": TEXT}
    helper = {"multiply": ["heads", draw.choice(["rate", "owed", 3])]}
    policy = Policy.model_validate({
        "policy": "random", "title": TEXT, "summary": TEXT, "subject": TEXT,
        "jurisdiction": {"code": "410100", "name": TEXT}, "sources": [{"id": "law", "title": "law"}],
        "facts": [{"label": TEXT, "holder": TEXT, **one} for one in FACTS],
        "dated_by": draw.choice([None, "since"]),
        "parameters": _parameters(),
        "formulas": [{"name": "helper", "label": TEXT, "is": helper}],
        "conditions": [shared],
        "consistent": [{"id": "fits", "label": TEXT, "fact": "gone", "at_most": "heads"}],
        "versions": [_version(draw, "one", START, MIDDLE), _version(draw, "two", MIDDLE + dt.timedelta(1), END)],
    })  # fmt: skip
    return Loaded(policy, "", "", "random.yaml", {}, breakpoints(policy))


# Policies and cases are made from seeds: drawing each part by itself takes far longer than answering.


def roster(seed: int) -> list[dict[str, Any]]:
    """Return twelve cases: some know nearly everything, some little, some hold facts that cannot be."""
    draw = Random(seed)
    return [_case(draw, draw.choice([0.02, 0.02, 0.15, 0.5]), draw.random() < 0.25) for _number in range(12)]


ROSTERS = st.integers(0, 2**32).map(roster)
NAMES = [one["name"] for one in FACTS]


def _case(draw: Random, unknown: float, wild: bool) -> dict[str, Any]:
    """Return facts; `wild` ones may lie on or beyond their limits."""
    found: dict[str, Any] = {
        "heads": draw.choice([0, 500, 501, 10**20]) if wild and draw.random() < 0.3 else draw.randint(0, 60),
        "gone": draw.randint(-6 if wild else -5, 30 if wild else 15),
        "owed": draw.choice([0, Decimal("0.01"), 10**12, Decimal("-0.01")]) if wild else abs(_money(draw)),
        "profit": draw.choice([10**12, -(10**12), 0]) if wild and draw.random() < 0.5 else _money(draw),
        "share": Decimal("0.00005")
        if wild and draw.random() < 0.1
        else Decimal(draw.randint(-30_000, 30_000)).scaleb(-4),
        "good": draw.random() < 0.5,
        "listed": draw.random() < 0.5,
        "size": draw.choice(["large", "small", "micro", *(["huge"] if wild else [])]),
        "since": dt.date(2019, 1, 1) + dt.timedelta(draw.randint(-40 if wild else 0, 1095)),
        "wages": [abs(_money(draw)) for _month in range(draw.randint(0, 5))],
        "service": _periods(draw, wild),
    }
    return {name: None if draw.random() < unknown else value for name, value in found.items()}


def _money(draw: Random) -> Decimal:
    return Decimal(draw.randint(-(10 ** draw.randint(1, 8)), 10 ** draw.randint(1, 8))).scaleb(-2)


def _periods(draw: Random, wild: bool) -> list[list[dt.date]]:
    days = sorted(draw.sample(range(8000), 2 * draw.randint(0, 3)))
    found = [[dt.date(2000, 1, 1) + dt.timedelta(day) for day in days[at : at + 2]] for at in range(0, len(days), 2)]
    return [one[::-1] for one in found] if wild and draw.random() < 0.2 else found
