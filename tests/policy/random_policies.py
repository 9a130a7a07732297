"""Random policies and random cases: every form of condition and expression, unknown facts, facts that cannot be."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache
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
DAYS = st.one_of(
    *[st.dates(dt.date(2019, 1, 1), dt.date(2021, 12, 31))] * 9, st.dates(dt.date(2018, 11, 1), dt.date(2022, 2, 28))
)
ROUNDINGS = st.fixed_dictionaries(
    {
        "places": st.integers(-2, 3),
        "mode": st.sampled_from(["half_up", "half_even", "down", "up"]),
    }
)
SIMPLE = st.sampled_from(NUMBERS[:6])
LITERALS = st.one_of(
    st.integers(-3, 40), st.decimals(-2, 60, places=2), st.sampled_from([Decimal("0.055"), Decimal("1.0"), 10**9])
)


@cache
def operations(inner: st.SearchStrategy[Any], tests: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several, pair = st.lists(inner, min_size=2, max_size=3), st.lists(inner, min_size=2, max_size=2)
    branch = st.fixed_dictionaries({"if": tests, "then": inner})
    days = st.one_of(DAYS, st.sampled_from(["since", "limit_day"]))
    return st.one_of(
        *(st.fixed_dictionaries({name: several}) for name in ("add", "multiply", "smaller_of", "larger_of")),
        st.fixed_dictionaries({"subtract": pair}),
        st.fixed_dictionaries({"divide": pair, "rounding": ROUNDINGS}),
        st.fixed_dictionaries({"round": inner, "rounding": ROUNDINGS}),
        st.fixed_dictionaries(
            {"average": st.just("wages"), "rounding": ROUNDINGS}, optional={"last": st.integers(1, 4)}
        ),
        st.fixed_dictionaries({"total": st.just("wages")}, optional={"last": st.integers(1, 4)}),
        st.sampled_from([{"latest": "wages"}, {"number_of": "wages"}]),
        st.fixed_dictionaries(
            {"months": st.just("service"), "counting": st.sampled_from(["whole", "started"])},
            optional={"from": days, "until": days},
        ),
        st.fixed_dictionaries({"choose": st.lists(branch, min_size=1, max_size=2), "otherwise": inner}),
    )


@cache
def leaves(numbers: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    order = st.sampled_from(["at_least", "at_most", "more_than", "less_than"])
    comparison = st.tuples(
        st.one_of(order, st.sampled_from(["is", "is_not"])), numbers.filter(lambda one: one is not None)
    )
    simple = comparison.filter(lambda one: not (one[0].startswith("is") and isinstance(one[1], dict)))
    ratio = st.builds(
        lambda above, below, name, right, base: {
            "ratio": [above, below],
            name: right,
            **({} if base is None else {"without_base": base}),
        },
        numbers,
        numbers,
        order,
        numbers,
        st.sampled_from([None, True, False]),
    )
    return st.one_of(
        st.builds(lambda left, one: {"value": left, one[0]: one[1]}, numbers, simple),
        ratio,
        st.builds(lambda name, yes: {"fact": name, "is": yes}, st.sampled_from(["good", "listed"]), st.booleans()),
        st.builds(
            lambda many: {"fact": "size", "in": many},
            st.lists(st.sampled_from(["large", "small", "micro"]), min_size=1),
        ),
        st.builds(
            lambda name, day: {"fact": "since", name: day},
            order,
            st.one_of(
                DAYS,
                st.just("limit_day"),
                st.builds(lambda by: {"later": "limit_day", "by_months": by}, st.integers(-30, 30)),
            ),
        ),
        st.builds(
            lambda name, yes: {"fact": name, "known": yes}, st.sampled_from(["profit", "wages", "size"]), st.booleans()
        ),
        st.sampled_from([{"entitled": "size"}, {"use": "shared"}]),
    )


@cache
@st.composite
def conditions(draw: st.DrawFn, numbers: st.SearchStrategy[Any], depth: int) -> dict[str, Any]:
    """A test, with an id of its own half of the time."""
    if depth and draw(st.booleans()):
        form = draw(st.sampled_from(["all", "any", "not"]))
        inner = conditions(numbers, depth - 1)
        found = {form: draw(inner) if form == "not" else draw(st.lists(inner, min_size=1, max_size=3))}
    else:
        found = dict(draw(leaves(numbers)))
    if draw(st.booleans()):
        found["id"] = f"c{draw(st.integers(0, 10**6))}"
    return found


@cache
@st.composite
def expressions(draw: st.DrawFn, depth: int) -> Any:
    if not depth or draw(st.integers(0, 2)) == 0:
        return draw(st.one_of(st.sampled_from(NUMBERS), LITERALS))
    inner = expressions(depth - 1)
    return draw(operations(inner, conditions(SIMPLE, 1)))


@cache
@st.composite
def versions(draw: st.DrawFn, key: str, start: dt.date, end: dt.date) -> dict[str, Any]:
    tests = conditions(expressions(1), 2)

    def section(name: str, least: int, most: int) -> list[dict[str, Any]]:
        found = draw(st.lists(tests, min_size=least, max_size=most))
        return [{**one, "id": f"{name}{number}"} for number, one in enumerate(found)]

    amount: dict[str, Any] = {
        "steps": [{"name": "step", "label": TEXT, "is": draw(expressions(2))}],
        "result": {"add": ["step", draw(expressions(2))]},
        "rounding": {
            "places": draw(st.integers(-1, 2)),
            "mode": draw(st.sampled_from(["half_up", "half_even", "down", "up"])),
        },
        "also": [{"name": "extra", "label": TEXT, "is": draw(expressions(2))}],
    }
    if draw(st.booleans()):
        amount["cap"] = {"is": draw(expressions(1)), "label": TEXT}
    # Half of the versions let everybody in, so that amounts are compared as often as reasons are.
    open_to_all = draw(st.booleans())
    until = draw(st.one_of(st.none(), st.just(dt.date(2020, 1, 15))))
    return {
        "version": key,
        "from": start,
        "to": end,
        "source": "law",
        "amount": amount,
        "fund": [] if open_to_all else section("fund", 0, 1),
        "excluded": [] if open_to_all else section("out", 0, 1),
        "who": [{"id": "who0", "value": 1, "at_least": 0}] if open_to_all else section("who", 1, 2),
        "entitled": [{"fact": "size", "groups": [{"value": "small"}, {"value": "micro", "until": until}]}],
    }


@st.composite
def policies(draw: st.DrawFn) -> Loaded:
    simple = conditions(SIMPLE, 1)
    data = {
        "policy": "random",
        "title": TEXT,
        "summary": TEXT,
        "subject": TEXT,
        "jurisdiction": {"code": "410100", "name": TEXT},
        "sources": [{"id": "law", "title": "law"}],
        "facts": [{"label": TEXT, "holder": TEXT, **one} for one in FACTS],
        "dated_by": draw(st.sampled_from([None, "since"])),
        "parameters": [
            {
                "name": "rate",
                "type": "rate",
                "label": TEXT,
                "values": [
                    {"from": dt.date(2000, 1, 1), "value": Decimal("0.045")},
                    {"from": MIDDLE, "value": Decimal("0.5")},
                ],
            },
            {
                "name": "sum_set",
                "type": "money",
                "label": TEXT,
                "values": [{"from": dt.date(2000, 1, 1), "value": 1520}],
            },
            {"name": "gapped", "type": "integer", "label": TEXT, "values": [{"from": MIDDLE, "value": 12}]},
            {
                "name": "limit_day",
                "type": "date",
                "label": TEXT,
                "values": [{"from": dt.date(2000, 1, 1), "value": dt.date(2019, 8, 31)}],
            },
        ],
        "formulas": [
            {"name": "helper", "label": TEXT, "is": {"multiply": ["heads", draw(st.sampled_from(["rate", "owed", 3]))]}}
        ],
        "conditions": [{**draw(simple.filter(lambda one: one.get("use") is None)), "id": "shared", "label": TEXT}],
        "consistent": [{"id": "fits", "label": TEXT, "fact": "gone", "at_most": "heads"}],
        "versions": [draw(versions("one", START, MIDDLE)), draw(versions("two", MIDDLE + dt.timedelta(1), END))],
    }
    policy = Policy.model_validate(_without_loops(data))
    return Loaded(policy, "", "", "random.yaml", {}, breakpoints(policy))


def _without_loops(data: dict[str, Any]) -> dict[str, Any]:
    """The shared condition must not use itself, and only versions know entitled groups."""

    def clean(one: Any) -> Any:
        if isinstance(one, dict):
            return (
                {name: clean(value) for name, value in one.items()}
                if one.get("use") is None
                else {"fact": "good", "is": True}
            )
        return [clean(each) for each in one] if isinstance(one, list) else one

    shared = {**clean(data["conditions"][0]), "id": "shared", "label": TEXT}
    return {**data, "conditions": [shared]}


# Cases are made from a seed: drawing each fact by itself takes ten times as long as answering under it.


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
