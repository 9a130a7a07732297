"""Conditions and formulas: the part of the language that is evaluated.

An expression is a number, a date, the name of a fact, parameter, formula or step, or one operation on expressions.
Numbers stay exact: nothing is ever rounded but where `rounding` says how, and a division must say it.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cached_property
from typing import Literal

from pydantic import Field as Spec
from pydantic import StrictBool, model_validator

from paotui.authored.base import Day, Model, Slug, one_of, refusal
from paotui.worktime import LocalText

RoundingMode = Literal["half_up", "half_even", "down", "up"]
Literal_ = StrictBool | int | Decimal | dt.date | str


class Text(Model):
    """A text in both languages; `zh` is required, a missing `en` is found by the linter."""

    zh: str = Spec(min_length=1)
    en: str = ""

    @cached_property
    def local(self) -> LocalText:
        return LocalText(self.zh, self.en or self.zh)

    def in_language(self, language: str) -> str:
        """Return the text in `language` ("zh-hans", "en", ...), Chinese when in doubt."""
        return self.local.in_language(language)


class Source(Model):
    """A law, notice or document; `verified` is false until somebody has read it."""

    id: Slug
    title: str
    number: str = ""
    date: Day | None = None
    verified: bool = False


class Rounding(Model):
    """To how many decimal places, and how: half_up and half_even to the nearest, down towards zero, up away from it."""

    places: int = Spec(ge=-6, le=6)
    mode: RoundingMode


class Branch(Model):
    if_: Condition = Spec(alias="if")
    then: Expression


class Operation(Model):
    """Exactly one operation on expressions."""

    add: tuple[Expression, ...] | None = Spec(default=None, min_length=2)
    subtract: tuple[Expression, Expression] | None = None
    multiply: tuple[Expression, ...] | None = Spec(default=None, min_length=2)
    divide: tuple[Expression, Expression] | None = None
    smaller_of: tuple[Expression, ...] | None = Spec(default=None, min_length=2)
    larger_of: tuple[Expression, ...] | None = Spec(default=None, min_length=2)
    round: Expression | None = None
    average: Slug | None = Spec(default=None, description="of a series, all of it or its `last` entries")
    total: Slug | None = None
    latest: Slug | None = None
    number_of: Slug | None = Spec(default=None, description="how many entries a series has")
    months: Slug | None = Spec(default=None, description="length of a `periods` fact within from and until")
    later: Expression | None = Spec(default=None, description="a date, `by_months` later")
    choose: tuple[Branch, ...] | None = Spec(default=None, min_length=1)
    by_months: int | None = Spec(default=None, ge=-1200, le=1200)
    last: int | None = Spec(default=None, gt=0)
    from_: Expression | None = Spec(default=None, alias="from", description="with months: first day that counts")
    until: Expression | None = Spec(default=None, description="with months: last day that counts")
    counting: Literal["whole", "started"] = Spec(default="whole", description="months: whole ones, or begun ones too")
    otherwise: Expression | None = None
    rounding: Rounding | None = None

    @model_validator(mode="after")
    def _one_operation(self) -> Operation:
        given = [name for name in OPERATIONS if getattr(self, name) is not None]
        if len(given) != 1:
            raise one_of(OPERATIONS, given)
        extra = {
            "last": ("average", "total"),
            "from_": ("months",),
            "until": ("months",),
            "otherwise": ("choose",),
            "by_months": ("later",),
            "rounding": ("divide", "round", "average"),
        }
        for name, goes_with in extra.items():
            if getattr(self, name) is not None and given[0] not in goes_with:
                word, where = name.rstrip("_"), ", ".join(goes_with)
                raise refusal(f"`{word}` 只与 {where} 连用", f"`{word}` goes with {where} only")
        if given[0] == "later" and self.by_months is None:
            raise refusal("`later` 要写 `by_months`（几个月后）", "`later` needs `by_months`: how many months later")
        if given[0] == "choose" and self.otherwise is None:
            raise refusal("`choose` 要有 `otherwise`", "`choose` needs `otherwise`: what holds when no case fits")
        if given[0] in ("divide", "round", "average") and self.rounding is None:
            raise refusal(
                f"`{given[0]}` 必须写明 `rounding`（保留几位、如何取舍）",
                f"`{given[0]}` must say its `rounding`: how many places, and which way",
            )
        return self

    @property
    def kind(self) -> str:
        return next(name for name in OPERATIONS if getattr(self, name) is not None)


OPERATIONS = (
    "add",
    "subtract",
    "multiply",
    "divide",
    "smaller_of",
    "larger_of",
    "round",
    "average",
    "total",
    "latest",
    "number_of",
    "months",
    "later",
    "choose",
)
Expression = StrictBool | int | Decimal | dt.date | str | Operation


class Formula(Model):
    """A named, labelled expression: a line of the working."""

    name: Slug
    label: Text
    is_: Expression = Spec(alias="is")
    clause: str = ""


class Curable(Model):
    """That a failed condition can still be put right, how, and until when (a day, or a named moment)."""

    how: Text
    until: Day | Slug | None = None


COMPARISONS = ("is_", "is_not", "in_", "at_least", "at_most", "more_than", "less_than", "known")
FORMS = ("all_", "any_", "not_", "use", "fact", "value", "ratio", "entitled")


class Condition(Model):
    """One test, or several combined: exactly one of all, any, not, use, fact, value, ratio, entitled.

    A test on something unknown is unknown, never failed. A ratio whose denominator is not positive is unknown too,
    unless `without_base` says what holds then.
    """

    id: Slug | None = None
    label: Text | None = None
    clause: str = ""
    source: Slug | None = None
    fixed: Day | Slug | None = Spec(default=None, description="day, or named moment, on which the fact is fixed")
    curable: Curable | None = None

    all_: tuple[Condition, ...] | None = Spec(default=None, alias="all", min_length=1)
    any_: tuple[Condition, ...] | None = Spec(default=None, alias="any", min_length=1)
    not_: Condition | None = Spec(default=None, alias="not")
    use: Slug | None = None
    fact: Slug | None = None
    value: Expression | None = None
    ratio: tuple[Expression, Expression] | None = None
    entitled: Slug | None = Spec(default=None, description="choice fact whose value is a group still entitled")

    is_: Literal_ | None = Spec(default=None, alias="is")
    is_not: Literal_ | None = None
    in_: tuple[Literal_, ...] | None = Spec(default=None, alias="in", min_length=1)
    at_least: Expression | None = None
    at_most: Expression | None = None
    more_than: Expression | None = None
    less_than: Expression | None = None
    known: StrictBool | None = None
    without_base: StrictBool | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Condition:
        forms = [name for name in FORMS if getattr(self, name) is not None]
        if len(forms) != 1:
            raise one_of([name.rstrip("_") for name in FORMS], [name.rstrip("_") for name in forms])
        given = [name for name in COMPARISONS if getattr(self, name) is not None]
        if forms[0] in ("fact", "value", "ratio"):
            if len(given) != 1:
                raise one_of([name.rstrip("_") for name in COMPARISONS], [name.rstrip("_") for name in given])
        elif given:
            form = forms[0].rstrip("_")
            raise refusal(f"`{form}` 不与比较连用", f"`{form}` takes no comparison")
        if self.without_base is not None and self.ratio is None:
            raise refusal("`without_base` 只与 ratio 连用", "`without_base` goes with ratio only")
        return self

    @property
    def form(self) -> str:
        return next(name for name in FORMS if getattr(self, name) is not None)

    @property
    def comparison(self) -> tuple[str, object]:
        """Return the one comparison as (name, right side); names are those of COMPARISONS."""
        return next((name, right) for name in COMPARISONS if (right := getattr(self, name)) is not None)


for _model in (Branch, Operation, Formula, Condition):
    _model.model_rebuild()
