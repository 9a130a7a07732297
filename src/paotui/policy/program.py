"""A version of a policy at a date, ready to be evaluated: names resolved, kinds known, parameters fixed.

Both evaluators walk these nodes and nothing else, so that there is one definition: `single` in Decimal, `bulk` in NumPy
integers. Every number has a fixed count of decimal `places`; dates are days since 1970-01-01.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from paotui.policy.rules import Curable, Rounding, Text
from paotui.policy.schema import Fact, Parameter, ParameterValue, Policy, Version

Kind = Literal["number", "boolean", "date", "choice", "text", "series", "periods"]
Value = Decimal | int | bool | str | None

MOST = 10**13
"""No sum of a policy may exceed ten trillion yuan: beyond it a figure is a mistake, and is refused as one."""

EPOCH = dt.date(1970, 1, 1).toordinal()


def day_number(day: dt.date) -> int:
    """Return days since 1970-01-01."""
    return day.toordinal() - EPOCH


def day_of(number: int) -> dt.date:
    return dt.date.fromordinal(int(number) + EPOCH)


@dataclass(frozen=True, slots=True, eq=False)
class Expr:
    """Base of expressions; `money` tells whether it is an amount in yuan."""

    kind: Kind
    places: int
    money: bool


@dataclass(frozen=True, slots=True, eq=False)
class Const(Expr):
    value: Value


@dataclass(frozen=True, slots=True, eq=False)
class Param(Expr):
    """A parameter at the program's date; `value` is None where it has none then."""

    name: str
    value: Value


@dataclass(frozen=True, slots=True, eq=False)
class FactRef(Expr):
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class NamedRef(Expr):
    """A formula or a step, worked out once."""

    name: str


Operation = Literal["add", "subtract", "multiply", "divide", "smaller_of", "larger_of", "round"]


@dataclass(frozen=True, slots=True, eq=False)
class Arithmetic(Expr):
    operation: Operation
    arguments: tuple[Expr, ...]
    rounding: Rounding | None


@dataclass(frozen=True, slots=True, eq=False)
class OfSeries(Expr):
    operation: Literal["average", "total", "latest", "number_of"]
    fact: str
    last: int | None
    rounding: Rounding | None


@dataclass(frozen=True, slots=True, eq=False)
class Months(Expr):
    fact: str
    first: Expr | None
    last: Expr | None
    started: bool


@dataclass(frozen=True, slots=True, eq=False)
class Later(Expr):
    """The same day of the month some months later, the last one of a shorter month."""

    date: Expr
    months: int


@dataclass(frozen=True, slots=True, eq=False)
class Choose(Expr):
    branches: tuple[tuple[Test, Expr], ...]
    otherwise: Expr


@dataclass(frozen=True, slots=True, eq=False)
class Meta:
    """What is said of a test: its reason code, label, clause, the day its facts are fixed, whether it can be cured."""

    code: str
    label: Text | None
    clause: str
    source: str
    fixed: dt.date | str | None
    curable: Curable | None


@dataclass(frozen=True, slots=True, eq=False)
class Test:
    meta: Meta
    path: str


@dataclass(frozen=True, slots=True, eq=False)
class All(Test):
    children: tuple[Test, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Any(Test):
    children: tuple[Test, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Not(Test):
    child: Test


Operator = Literal["is_", "is_not", "at_least", "at_most", "more_than", "less_than"]


@dataclass(frozen=True, slots=True, eq=False)
class Compare(Test):
    left: Expr
    operator: Operator
    right: Expr


@dataclass(frozen=True, slots=True, eq=False)
class Ratio(Test):
    """numerator / denominator against right, by cross-multiplication: nothing is rounded."""

    numerator: Expr
    denominator: Expr
    operator: Operator
    right: Expr
    without_base: bool | None


@dataclass(frozen=True, slots=True, eq=False)
class OneOf(Test):
    left: Expr
    options: tuple[Expr, ...]


@dataclass(frozen=True, slots=True, eq=False)
class IsKnown(Test):
    left: Expr
    known: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A formula or step of the program."""

    name: str
    label: Text
    clause: str
    expr: Expr


Section = Literal["fund", "who", "excluded"]


@dataclass(frozen=True, slots=True, eq=False)
class Requirement:
    """A top-level condition; one of `excluded` is met when its test is not."""

    section: Section
    test: Test


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    policy: Policy
    version: Version
    date: dt.date
    facts: Mapping[str, Fact]
    parameters: Mapping[str, tuple[Parameter, ParameterValue | None]]
    named: Mapping[str, Named]
    consistent: tuple[Test, ...]
    requirements: tuple[Requirement, ...]
    steps: tuple[str, ...]
    result: Expr
    cap: Expr | None
    also: tuple[str, ...]
    rounding: Rounding | None
    codes: tuple[str, ...] = field(default=())
    """Every reason code an answer of this program can have, each once."""


QUALIFIES, AMOUNT, OVERFLOW, NO_VERSION, DATE = "qualifies", "amount", "overflow", "no_version", "date"
FIXED_CODES = (QUALIFIES, AMOUNT, DATE, NO_VERSION, OVERFLOW)
