from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paotui.playbooks.conditions import compiled, holds
from paotui.playbooks.lint.satisfiable import conflict
from paotui.playbooks.schema import Condition, Field
from tests.playbooks.cast import clock

MORNING = clock("2020-07-07 05:59")


def hold(comparison: dict[str, Any], left: Any) -> bool:
    condition = Condition.model_validate({"fact": "x", **comparison})
    direct = holds([condition], facts={"x": left})
    test = compiled([condition])
    assert test is not None
    assert test({"x": left}, {}, None) is direct
    return direct


@pytest.mark.parametrize("comparison", ["is", "is_not", "at_least", "at_most", "before", "after"])
@pytest.mark.parametrize("unknown", [None, ""])
def test_what_is_not_known_satisfies_no_comparison(comparison: str, unknown: Any) -> None:
    assert not hold({comparison: 1}, unknown)
    assert not hold({"in": [1, 2]}, unknown)
    assert not hold({"known": True}, unknown)
    assert hold({"known": False}, unknown)


@pytest.mark.parametrize(
    ("comparison", "left", "result"),
    [
        ({"is": True}, True, True),
        ({"is": True}, 1, False),
        ({"is": 1}, True, False),
        ({"is": 3}, Decimal("3.00"), True),
        ({"is_not": "a"}, "b", True),
        ({"in": ["a", "b"]}, "b", True),
        ({"in": [1, 2]}, True, False),
        ({"at_least": Decimal("2.5")}, 3, True),
        ({"at_most": 2}, Decimal("2.0"), True),
        ({"at_least": 2}, "3", False),
        ({"at_least": 2}, True, False),
        ({"before": dt.time(6)}, MORNING, True),
        ({"before": dt.time(6)}, MORNING.astimezone(dt.UTC), True),
        ({"before": "06:00"}, MORNING, True),
        ({"before": dt.time(6)}, clock("2020-07-07 06:00"), False),
        ({"before": dt.date(2020, 7, 8)}, MORNING, True),
        ({"after": dt.date(2020, 7, 7)}, MORNING, False),
        ({"is": dt.date(2020, 7, 7)}, MORNING, True),
        ({"at_least": dt.date(2020, 7, 7)}, dt.date(2020, 7, 7), True),
        ({"after": clock("2020-07-06 23:00")}, dt.date(2020, 7, 7), True),
        ({"before": "b"}, "a", False),
        ({"known": True}, 0, True),
        ({"known": True}, False, True),
    ],
)
def test_comparisons_respect_types_and_compare_moments_in_the_coarser_unit(
    comparison: dict[str, Any], left: Any, result: bool
) -> None:
    assert hold(comparison, left) is result


def test_facts_values_and_the_clock_are_different_left_sides() -> None:
    one = [
        Condition.model_validate({"fact": "x", "is": 1}),
        Condition.model_validate({"value": "x", "is": 2}),
        Condition.model_validate({"clock": True, "before": dt.time(6)}),
    ]
    assert holds(one, facts={"x": 1}, values={"x": 2}, at=MORNING)
    assert not holds(one, facts={"x": 2}, values={"x": 2}, at=MORNING)
    assert not holds(one, facts={"x": 1}, values={"x": 1}, at=MORNING)
    assert not holds(one, facts={"x": 1}, values={"x": 2}, at=clock("2020-07-07 06:00"))
    assert not holds(one, facts={"x": 1}, values={"x": 2})


numbers = st.integers(-4, 4)
comparisons = st.one_of(
    st.builds(lambda n: {"is": n}, numbers),
    st.builds(lambda n: {"is_not": n}, numbers),
    st.builds(lambda n: {"at_least": n}, numbers),
    st.builds(lambda n: {"at_most": n}, numbers),
    st.builds(lambda n: {"in": n}, st.lists(numbers, min_size=1, max_size=3)),
    st.builds(lambda b: {"known": b}, st.booleans()),
)


@given(st.lists(comparisons, min_size=1, max_size=4), st.booleans(), st.sampled_from([None, -2, 0]))
def test_a_conflict_is_reported_exactly_when_no_value_satisfies_the_conditions(
    parts: list[dict[str, Any]], required: bool, minimum: int | None
) -> None:
    field = Field.model_validate(
        {"name": "x", "label": {"zh": "数"}, "type": "integer", "required": required, "minimum": minimum}
    )
    conditions = [Condition.model_validate({"fact": "x", **part}) for part in parts]
    possible = [n for n in range(-60, 60) if minimum is None or n >= minimum]
    candidates = possible if required else [*possible, None]
    satisfiable = any(holds(conditions, facts={"x": one}) for one in candidates)
    assert (conflict(conditions, {"x": field}, {}) is None) is satisfiable
