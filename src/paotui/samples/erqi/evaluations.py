"""What the rules of `paotui.policy` say of the people and enterprises in the district's spreadsheets.

The replay takes its sums from here: no register holds an amount that a rule gives.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from paotui import policy
from paotui.policy import cells
from paotui.policy.schema import Fact, Policy
from paotui.registry import names
from paotui.registry.sheets import Heading, heading, sheets, table
from paotui.samples.erqi.files import sheet as file_of

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Subject:
    """A row of a spreadsheet: whom it is about, and what it says of the facts a policy asks for."""

    name: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class Found:
    """A subject and what the policy says of it; `amount` is yuan, None unless it qualifies."""

    subject: Subject
    outcome: str
    reason: str
    amount: Decimal | None


def assess(
    rules: policy.Loaded,
    subjects: Sequence[Subject],
    day: dt.date | None = None,
    shared: Mapping[str, Any] | None = None,
) -> list[Found]:
    """Return what a policy says of everybody, in bulk; raises ValueError naming who has facts that cannot be."""
    columns = policy.columns.of_rows(rules.policy, [one.facts for one in subjects])
    told = policy.assess_table(rules, columns, day, shared=shared)
    found = [
        Found(one, told.outcome_of(row), told.reason_of(row), told.amount_of(row)) for row, one in enumerate(subjects)
    ]
    if refused := [f"{one.subject.name}: {one.reason}" for one in found if one.outcome == "refused"]:
        raise ValueError(f"{rules.name}: {'; '.join(refused)}")
    return found


def words(rules: Policy) -> dict[str, Fact]:
    """Return the facts of a policy by the headings clerks know them by, ready to be compared."""
    return {names.comparable(word): one for one in rules.facts for word in (one.label.zh, *one.headings)}


@cache
def subjects(file: str, asked: str, name: str) -> tuple[Subject, ...]:
    """Return the rows of a spreadsheet for the policy called `asked`; `name` is the heading that says of whom.

    A blank cell is not known. Raises FactsError for a cell that does not say what its heading asks.
    """
    return tuple(_subjects(file, policy.find(asked).policy, heading(name)))


def _subjects(file: str, rules: Policy, name: Heading) -> Iterator[Subject]:
    facts = words(rules)
    read = table(sheets(file_of(file), file)[0], lambda one: one.label in facts or one.label == name.label)
    assert read is not None
    whom = next(column for column in read.columns if column.heading.label == name.label)
    asked = [(column, facts[column.heading.label]) for column in read.columns if column.heading.label in facts]
    for row in read.rows:
        known = {fact.name: cells.read(fact, row[column]) for column, fact in asked}
        yield Subject(names.tidy(str(row[whom])), {fact: value for fact, value in known.items() if value is not None})
