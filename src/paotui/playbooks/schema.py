"""The playbook language: what a playbook file may say, as pydantic models.

The language is declarative: comparisons on facts, no loops, no expressions. Anything that needs an algorithm is a
measure kind with code in its room. The models below check shape and types; `lint` checks meaning.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Tag, model_validator
from pydantic import Field as Spec

from paotui.authored.base import Clock, Day, Key, Model, Moment, Scalar, Slug, one_of, refusal

TargetKind = Literal["organisation", "person", "place"]
FieldType = Literal[
    "text", "integer", "decimal", "money", "boolean", "date", "time", "datetime", "choice",
    "organisation", "person", "place",
]  # fmt: skip
MeasureKind = Literal[
    "session", "notice", "submission", "inspection", "errand", "decision", "round", "collection", "visit",
    "broadcast", "establishment", "pairing", "mediation", "payment",
]  # fmt: skip


class Text(Model):
    """A text in both languages; `zh` is required, a missing `en` is found by the linter."""

    zh: str = Spec(min_length=1)
    en: str = ""

    def in_language(self, language: str) -> str:
        """Return the text in `language` ("zh-hans", "en", ...), Chinese when in doubt."""
        return self.en if language.startswith("en") and self.en else self.zh


class Basis(Model):
    """A law, notice or document a playbook rests on; `verified` is false until somebody has read it."""

    title: str
    number: str = ""
    article: str = ""
    date: Day | None = None
    verified: bool = False


class Choice(Model):
    value: Slug
    label: Text


class Field(Model):
    """A typed fact of a target or a typed value of a record, with its unit."""

    name: Slug
    label: Text
    type: FieldType = "text"
    unit: Text | None = None
    required: bool = True
    choices: tuple[Choice, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    why: Text | None = None
    personal: bool = False
    seconds: int | None = Spec(default=None, ge=0, description="time to fill in; a default by type when absent")
    same_as: str | None = Spec(
        default=None, description="measure.field this repeats on purpose (a re-check, a second reading)"
    )


class Target(Model):
    """What a playbook is applied to; `facts` are the columns its roster must bring."""

    kind: TargetKind
    label: Text
    facts: tuple[Field, ...] = ()


class Role(Model):
    """Somebody responsible: an organisation named at launch, the target itself, or one a fact of the target names."""

    name: Slug
    label: Text
    held_by: Literal["member", "target", "fact"] = "member"
    fact: Slug | None = None
    kinds: tuple[Slug, ...] = Spec(default=(), description="kinds of organisation that may hold it; empty: any")

    @model_validator(mode="after")
    def _fact_goes_with_held_by(self) -> Role:
        if (self.held_by == "fact") != (self.fact is not None):
            raise refusal("`fact` 与 `held_by: fact` 必须同时出现", "`fact` is given exactly when `held_by` is `fact`")
        return self


class Occurrence(Model):
    """One happening of an event, local time of the district (Asia/Shanghai when no offset is written)."""

    starts: Moment
    ends: Moment
    label: Text | None = None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Occurrence:
        if self.ends < self.starts:
            raise refusal("结束时间早于开始时间", "it ends before it starts")
        return self


class Event(Model):
    """A named moment other rules refer to: fixed occurrences, or a date/datetime fact of the target."""

    name: Slug
    label: Text
    occurrences: tuple[Occurrence, ...] = ()
    fact: Slug | None = None

    @model_validator(mode="after")
    def _one_source(self) -> Event:
        if self.occurrences and self.fact:
            raise refusal("`occurrences` 与 `fact` 只能写一个", "say `occurrences` or `fact`, not both")
        return self


class Statutory(Model):
    """A statutory limit: working days, an extension, and the role that must approve it."""

    days: int = Spec(default=20, gt=0)
    extension: int = Spec(default=10, ge=0)
    approver: Slug


class Due(Model):
    """When work is due: exactly one of the rules; `after` names launch, ready, a measure, an event or a fact."""

    working_days: int | None = Spec(default=None, ge=0)
    calendar_days: int | None = Spec(default=None, ge=0)
    hours: Decimal | None = Spec(default=None, gt=0)
    before: Clock | None = None
    end_of: Literal["month", "year", "period"] | None = None
    statutory: Statutory | None = None
    at_end_of: Slug | None = Spec(default=None, description="event: due when the occurrence (or round) ends")
    after: str = "launch"
    on: Slug | tuple[Day, ...] | None = Spec(default=None, description="with `before`: an event's days or dates")

    @model_validator(mode="after")
    def _exactly_one_rule(self) -> Due:
        names = ("working_days", "calendar_days", "hours", "before", "end_of", "statutory", "at_end_of")
        given = [name for name in names if getattr(self, name) is not None]
        if len(given) != 1:
            raise one_of(names, given)
        if (self.before is None) != (self.on is None):
            raise refusal(
                "`before` 要有 `on`（事件或日期），`on` 也只与 `before` 连用",
                "`before` needs `on` (an event or dates), and `on` goes with `before` only",
            )
        return self


class Quota(Model):
    """At least so many per period for every target (an organisation or a person)."""

    at_least: int = Spec(gt=0)
    per: Literal["week", "month", "quarter", "year"]


class Rounds(Model):
    """Every so many minutes in a window around each occurrence of an event."""

    every_minutes: int = Spec(gt=0)
    around: Slug
    before_minutes: int = Spec(default=0, ge=0)
    after_minutes: int = Spec(default=0, ge=0)
    during: bool = True


class Each(Model):
    """Once per occurrence of an event, or once per day on which it occurs."""

    each: Slug
    by: Literal["occurrence", "day"] = "occurrence"


def _which_repeat(value: Any) -> str | None:
    if isinstance(value, dict):
        if "each" in value:
            return "Each"
        if "at_least" in value or "per" in value:
            return "Quota"
        return "Rounds" if "every_minutes" in value or "around" in value else None
    return type(value).__name__


Repeat = Annotated[
    Annotated[Quota, Tag("Quota")] | Annotated[Rounds, Tag("Rounds")] | Annotated[Each, Tag("Each")],
    Discriminator(_which_repeat),
]
"""How work repeats: a quota per period, rounds around an event, or once per occurrence of an event."""

COMPARISONS = ("is_", "is_not", "in_", "at_least", "at_most", "before", "after", "known")


class Condition(Model):
    """One comparison. Left side: a `fact` of the target, a `value` of a record, or the `clock` of the doing.

    An unknown left side never satisfies a comparison except `known: false`.
    """

    fact: Slug | None = None
    value: Slug | None = None
    clock: bool = False
    is_: Scalar | None = Spec(default=None, alias="is")
    is_not: Scalar | None = None
    in_: tuple[Scalar, ...] | None = Spec(default=None, alias="in")
    at_least: Scalar | None = None
    at_most: Scalar | None = None
    before: Scalar | None = None
    after: Scalar | None = None
    known: bool | None = None

    @model_validator(mode="after")
    def _one_side_and_one_comparison(self) -> Condition:
        sides = [name for name in ("fact", "value", "clock") if getattr(self, name)]
        if len(sides) != 1:
            raise one_of(("fact", "value", "clock"), sides)
        given = [name for name in COMPARISONS if getattr(self, name) is not None]
        if len(given) != 1:
            raise one_of([name.rstrip("_") for name in COMPARISONS], [name.rstrip("_") for name in given])
        return self

    @property
    def comparison(self) -> tuple[str, Any]:
        """Return the one comparison as (name, right side); names are those of COMPARISONS."""
        return next((name, right) for name in COMPARISONS if (right := getattr(self, name)) is not None)


class Trigger(Model):
    """A measure that comes into being when another's record says so (make-up session, rectification, re-check)."""

    measure: Slug
    when: tuple[Condition, ...] = ()


class Evidence(Model):
    """Something attached to a record. A photo or position must say why, on what basis and until when."""

    kind: Literal["photo", "position", "document", "signature"]
    label: Text
    required: bool = False
    why: Text | None = None
    basis: str | None = None
    expires: Day | None = None


class Measure(Model):
    """One thing to be done for a target."""

    id: Slug
    kind: MeasureKind
    title: Text
    guide: Text | None = Spec(default=None, description="what the doer is told, in a sentence or two")
    roles: tuple[Slug, ...] = Spec(min_length=1)
    mode: Literal["together", "each"] = "together"
    after: tuple[Slug, ...] = ()
    when: tuple[Condition, ...] = ()
    on: Trigger | None = None
    due: Due | None = None
    repeat: Repeat | None = None
    record: tuple[Field, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    review: Slug | None = Spec(default=None, description="role that accepts or returns the record")
    minutes: int = Spec(default=10, ge=0, description="time the doing takes, without filling in")
    trips: int = Spec(default=0, ge=0, description="times the applicant has to go somewhere")


class Counting(Model):
    """What a figure counts: exactly one of count, distinct, sum; of which measures; where."""

    count: Literal["records", "work_orders", "targets"] | None = None
    distinct: str | None = Spec(
        default=None,
        pattern=r"^(target|organisation|person|(value|fact):[a-z][a-z0-9_]*)$",
        description="target, organisation, person, value:FIELD or fact:FACT",
    )
    sum: Slug | None = None
    of: tuple[Slug, ...] = ()
    every: bool = Spec(default=False, description="with distinct: only what has a record of every measure in `of`")
    where: tuple[Condition, ...] = ()

    @model_validator(mode="after")
    def _exactly_one(self) -> Counting:
        given = [name for name in ("count", "distinct", "sum") if getattr(self, name) is not None]
        if len(given) != 1:
            raise one_of(("count", "distinct", "sum"), given)
        if not self.of and self.count != "targets":
            raise refusal("`of` 至少要写一项措施", "`of` must name at least one measure")
        return self


class Rate(Model):
    of: Counting
    over: Counting


class Behind(Model):
    """How many targets are behind a quota: now, at this pace, or beyond reach."""

    measure: Slug
    standing: Literal["behind", "behind_at_pace", "unreachable"] = "behind"


class Figure(Model):
    """A stored question over records. Its public name is STORY.id, for example S5.schools."""

    id: Slug
    title: Text
    unit: Text
    definition: Text
    value: Counting | None = None
    rate: Rate | None = None
    behind: Behind | None = None
    decimals: int = Spec(default=0, ge=0, le=4)

    @model_validator(mode="after")
    def _exactly_one(self) -> Figure:
        given = [name for name in ("value", "rate", "behind") if getattr(self, name) is not None]
        if len(given) != 1:
            raise one_of(("value", "rate", "behind"), given)
        return self


class Playbook(Model):
    """A versioned definition of what must be done, by whom, by when, proven how."""

    playbook: Key
    version: int = Spec(gt=0)
    story: str | None = Spec(default=None, pattern=r"^S[0-9]+$")
    title: Text
    summary: Text
    sample: Text | None = Spec(default=None, description="remark: these labels are samples, not law")
    basis: tuple[Basis, ...] = ()
    target: Target
    roles: tuple[Role, ...] = Spec(min_length=1)
    events: tuple[Event, ...] = ()
    measures: tuple[Measure, ...] = Spec(min_length=1)
    figures: tuple[Figure, ...] = ()

    def measure(self, id: str) -> Measure:
        """Return the measure called `id`; KeyError when there is none."""
        for measure in self.measures:
            if measure.id == id:
                return measure
        raise KeyError(id)

    def figure_name(self, figure: Figure) -> str:
        """Return the public name of a figure, for example S5.schools."""
        return f"{self.story}.{figure.id}" if self.story else f"{self.playbook}.{figure.id}"


Values = dict[str, Any]
"""Typed values of a record or facts of a target, by field name."""
