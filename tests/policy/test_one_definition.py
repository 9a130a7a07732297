"""One definition, evaluated case by case in Decimal and in bulk: equal to the fen and to the reason."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import HealthCheck, given, settings

from paotui.authored.errors import AuthoredError
from paotui.policy import bulk, columns
from paotui.policy.answering import assess
from paotui.policy.loader import Loaded
from paotui.policy.refusals import FactsError
from tests.policy import random_policies as random

Row = tuple[str, str, Any, Any, Any]


def one_by_one(loaded: Loaded, row: dict[str, Any], day: dt.date | None) -> Row:
    try:
        found = assess(loaded, row, day)
    except FactsError as error:
        return ("refused", error.code, None, None, None)
    figures = (found.figures.get("step"), found.figures.get("extra")) if found.amount is not None else (None, None)
    return (found.outcome, found.reason, found.amount, *figures)


def in_bulk(loaded: Loaded, rows: list[dict[str, Any]], day: dt.date | None, chunk: int) -> list[Row]:
    found = bulk.assess_table(loaded, columns.of_rows(loaded.policy, rows), day, figures=("step", "extra"), chunk=chunk)
    return [
        (
            found.outcome_of(row),
            found.reason_of(row),
            found.amount_of(row),
            *(found.figures[name].at(row) for name in ("step", "extra")),
        )
        for row in range(len(found))
    ]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(random.POLICIES, random.ROSTERS, random.DAYS)
def test_both_ways_give_the_same_answer(loaded, rows, day):
    try:
        expected = [one_by_one(loaded, row, day) for row in rows]
    except AuthoredError:
        return  # compared kinds that do not fit: refused on loading, before any evaluation
    assert in_bulk(loaded, rows, day, chunk=3) == expected
