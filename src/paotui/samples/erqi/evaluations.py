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
from paotui.playbooks import reading as written
from paotui.playbooks.schema import Field, Text
from paotui.policy.schema import Fact, Policy
from paotui.registry import names
from paotui.registry.sheets import Heading, heading, sheets, table
from paotui.samples.erqi.world import sheet as file_of

Facts = dict[str, Any]
_NUMBER = Field(name="number", label=Text(zh="数"), type="decimal")


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
    rules: policy.Loaded, subjects: Sequence[Subject], day: dt.date | None, shared: Mapping[str, Any] | None = None
) -> list[Found]:
    """Return what a policy says of everybody, in bulk; raises ValueError naming who has facts that cannot be."""
    columns = policy.columns.of_rows(rules.policy, [one.facts for one in subjects])
    answers = policy.assess_table(rules, columns, day, shared=shared)
    found = [
        Found(one, answers.outcome_of(row), answers.reason_of(row), answers.amount_of(row))
        for row, one in enumerate(subjects)
    ]
    if refused := [f"{one.subject.name}: {one.reason}" for one in found if one.outcome == "refused"]:
        raise ValueError(f"{rules.name}: {'; '.join(refused)}")
    return found


@cache
def subjects(file: str, asked: str, name: str) -> tuple[Subject, ...]:
    """Return the rows of a spreadsheet for the policy called `asked`; `name` is the heading that says of whom.

    A blank cell is not known. Raises ValueError for a cell that does not say what its heading asks.
    """
    rules = policy.find(asked).policy
    return tuple(_subjects(file, rules, heading(name)))


def _subjects(file: str, rules: Policy, name: Heading) -> Iterator[Subject]:
    facts = {word: fact for fact in rules.facts for word in _words(fact)}
    read = table(sheets(file_of(file), file)[0], lambda one: one.label in facts or one.label == name.label)
    assert read is not None
    whom = next(column for column in read.columns if column.heading.label == name.label)
    asked = [(column, facts[column.heading.label]) for column in read.columns if column.heading.label in facts]
    for row in read.rows:
        yield Subject(
            names.tidy(str(row[whom])),
            {fact.name: cell(fact, row[column]) for column, fact in asked if row[column] is not None},
        )


def _words(fact: Fact) -> Iterator[str]:
    yield from map(names.comparable, (fact.label.zh, *fact.headings))


def cell(fact: Fact, raw: Any) -> Any:
    """Return the value of a cell as a policy wants it; raises ValueError when it means nothing of that type."""
    found = _read(fact, raw)
    if found is None:
        raise ValueError(f"{fact.label.zh}: {raw!r}")
    return found


def _read(fact: Fact, raw: Any) -> Any:
    match fact.type:
        case "integer" | "money" | "decimal":
            return written.number(raw, _NUMBER)
        case "boolean":
            return written.yes_or_no(raw)
        case "date":
            return written.day(raw)
        case "choice":
            return next((one.value for one in fact.choices if raw in (one.value, one.label.zh)), None)
        case _:
            return written.text(raw)
