"""The policy language: what a policy file may say, as pydantic models.

A policy is dated, cited rules: facts somebody holds, parameters with values by date, versions side by side, and in each
version who qualifies, for how much and in which procedure. The models check shape and types; `lint` checks meaning.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Literal

from pydantic import Field as Spec
from pydantic import model_validator

from paotui.authored.base import Day, Key, Model, Slug, refusal
from paotui.policy.rules import Condition, Expression, Formula, Rounding, Source, Text

FactType = Literal[
    "integer", "money", "decimal", "boolean", "date", "choice", "text", "credit_code", "series", "periods"
]
ParameterType = Literal["integer", "money", "rate", "date"]

LARGEST_FACT = 10**12
"""No number of a case may exceed a trillion, whatever its policy says."""


class Jurisdiction(Model):
    """Where a policy holds: code of GB/T 2260 and name."""

    code: str = Spec(pattern=r"^[0-9]{6}$")
    name: Text


class Choice(Model):
    value: Slug
    label: Text


class Fact(Model):
    """Something to be known about a case, and who holds it.

    `series` is a list of amounts (wages by month, oldest first), `periods` a list of first and last days. A fact `per:
    run` is told once for everybody: the fund's reserve, for example.
    """

    name: Slug
    label: Text
    type: FactType
    holder: Text = Spec(description="who has this fact, so that nobody asks the applicant for it")
    unit: Text | None = None
    choices: tuple[Choice, ...] = ()
    places: int = Spec(default=2, ge=0, le=6, description="decimal places of a `decimal`")
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    per: Literal["case", "run"] = "case"
    headings: tuple[str, ...] = Spec(default=(), description="other headings of its column in spreadsheets")
    source: Slug | None = Spec(
        default=None, description="where it is said what exactly counts; shown as unverified where nobody has read it"
    )

    @model_validator(mode="after")
    def _choices_go_with_choice(self) -> Fact:
        if (self.type == "choice") != bool(self.choices):
            raise refusal("`choices` 与 `type: choice` 必须同时出现", "`choices` is given exactly for `type: choice`")
        return self

    @cached_property
    def kept_places(self) -> int:
        """The decimal places the fact is kept with."""
        return {"money": 2, "series": 2, "decimal": self.places}.get(self.type, 0)

    @cached_property
    def step(self) -> Decimal:
        """The smallest difference between two values of a number."""
        return Decimal(1).scaleb(-self.kept_places)

    @cached_property
    def limits(self) -> tuple[Decimal, Decimal]:
        """The least and the most a number may be: as the policy says, else ± a trillion."""
        least = Decimal(-LARGEST_FACT) if self.minimum is None else max(self.minimum, Decimal(-LARGEST_FACT))
        most = Decimal(LARGEST_FACT) if self.maximum is None else min(self.maximum, Decimal(LARGEST_FACT))
        return least, most

    @cached_property
    def options(self) -> dict[str, Text]:
        """The labels of a choice by value."""
        return {one.value: one.label for one in self.choices}


class ParameterValue(Model):
    """A value from a day on, to a day or until the next one begins; with the clause that says so."""

    from_: Day = Spec(alias="from")
    to: Day | None = None
    value: int | Decimal | Day
    source: Slug | None = None
    clause: str = ""
    verified: bool | None = Spec(default=None, description="false: general knowledge; absent: as its source")


class Parameter(Model):
    """A number of the policy that is set by somebody and changes: a rate, a limit, a local average."""

    name: Slug
    label: Text
    type: ParameterType
    holder: Text | None = Spec(default=None, description="who sets it, named where a date has no value yet")
    unit: Text | None = None
    values: tuple[ParameterValue, ...] = Spec(min_length=1)


class Moment(Model):
    """A day that differs from case to case, such as the end of publicity, on which facts are fixed."""

    name: Slug
    label: Text


class Group(Model):
    """A value of a choice that is entitled, until a day where its entitlement is temporary."""

    value: Slug
    until: Day | None = None
    clause: str = ""
    source: Slug | None = None


class Entitled(Model):
    """The groups entitled: those values of the choice `fact` that stand here and have not expired."""

    fact: Slug
    groups: tuple[Group, ...] = Spec(min_length=1)


class Cap(Model):
    """What the statute allows at most, whatever rate was adopted."""

    is_: Expression = Spec(alias="is")
    label: Text
    clause: str = ""


class Amount(Model):
    """How much: steps worked out line by line, the adopted result, and the statutory cap."""

    steps: tuple[Formula, ...] = ()
    result: Expression
    label: Text | None = None
    clause: str = ""
    cap: Cap | None = None
    rounding: Rounding | None = None
    also: tuple[Formula, ...] = Spec(default=(), description="figures that go with the amount, such as interest")


class Procedure(Model):
    """What happens between the proposal and the payment."""

    apply_free: bool = Spec(default=False, description="proposed by the office, the applicant only confirms")
    publicity_days: int | None = Spec(default=None, ge=0)
    publicity_counts: Literal["working_days", "calendar_days"] = "working_days"
    objections: Text | None = None
    payee: Text | None = None
    notes: tuple[Text, ...] = ()


class Version(Model):
    """What held from one day to another. `who` must all be met; one of `excluded` met is enough to be out."""

    version: Key
    label: Text | None = None
    from_: Day = Spec(alias="from")
    to: Day | None = None
    source: Slug
    clause: str = ""
    fund: tuple[Condition, ...] = ()
    who: tuple[Condition, ...] = Spec(min_length=1)
    excluded: tuple[Condition, ...] = ()
    entitled: tuple[Entitled, ...] = ()
    amount: Amount
    procedure: Procedure | None = None

    @model_validator(mode="after")
    def _checked(self) -> Version:
        if self.to is not None and self.to < self.from_:
            raise refusal("有效期的终止早于起始", "it ends before it begins: exchange `from` and `to`")
        for one in (*self.fund, *self.who, *self.excluded):
            if one.id is None and one.use is None:
                raise refusal(
                    "fund、who、excluded 的每一条都要有 id，答复以它为原因代码",
                    "every condition in fund, who and excluded needs an `id`: answers name it as their reason",
                )
        return self


class Policy(Model):
    """A support policy or a claim of law in a jurisdiction, with all its versions."""

    policy: Key
    kind: Literal["support", "claim"] = "support"
    title: Text
    summary: Text
    jurisdiction: Jurisdiction
    subject: Text = Spec(description="whom a case is about: the enterprise, the borrower, the employee")
    dated_by: Slug | None = Spec(default=None, description="date fact that picks version and parameters")
    sources: tuple[Source, ...] = Spec(min_length=1)
    facts: tuple[Fact, ...] = Spec(min_length=1)
    parameters: tuple[Parameter, ...] = ()
    moments: tuple[Moment, ...] = ()
    formulas: tuple[Formula, ...] = ()
    conditions: tuple[Condition, ...] = ()
    consistent: tuple[Condition, ...] = Spec(default=(), description="what facts of one case cannot contradict")
    versions: tuple[Version, ...] = Spec(min_length=1)

    @model_validator(mode="after")
    def _named(self) -> Policy:
        for one in (*self.conditions, *self.consistent):
            if one.id is None or one.label is None:
                raise refusal(
                    "conditions 与 consistent 的每一条都要有 id 和 label",
                    "every entry of conditions and consistent needs an `id` and a `label`",
                )
        return self

    @cached_property
    def by_name(self) -> dict[str, Fact]:
        """The facts by name."""
        return {one.name: one for one in self.facts}
