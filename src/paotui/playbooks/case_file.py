"""The shape of a cases file: examples beside a playbook that say what must come out of what goes in."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, model_validator
from pydantic import Field as Spec

from paotui.authored.base import Day, Model, Moment, Scalar, refusal
from paotui.playbooks.schema import Occurrence

When = dt.datetime | dt.date | None
"""A moment to the minute, a day at whatever hour, or null: none."""


def _several(value: Any) -> Any:
    return (value,) if isinstance(value, str | int) else value


class Period(Model):
    """When the playbook is launched, and the period it runs for."""

    at: Moment
    from_: Day = Spec(alias="from")
    to: Day


class Recorded(Model):
    """A record that is made; `target: all` makes one for every target, `refused` names the field that must not pass."""

    measure: str
    target: str
    at: Moment
    values: dict[str, Scalar | None] = {}
    by: str | None = Spec(default=None, description="the organisation, where several have the same work")
    refused: str | None = None


class ExpectedWork(Model):
    """Work orders that must be there, exactly `times` of them; what is left out may be anything."""

    measure: str
    target: str | None = None
    role: str | None = None
    by: str | None = Spec(default=None, description="the organisation responsible")
    with_: tuple[str, ...] | None = Spec(
        default=None, alias="with", description="organisations acting together with it"
    )
    opens: When = None
    due: When = None
    state: str | None = Spec(default=None, pattern="^(waiting|ready|done)$")
    times: int | None = Spec(default=None, ge=0)


class Expected(Model):
    """What must come out. `work_orders` and `counts` are of everything there is after the records."""

    work_orders: int | None = None
    counts: dict[str, int] = {}
    work: tuple[ExpectedWork, ...] = ()
    figures: dict[str, Decimal | int | None] = {}
    minutes: dict[str, Decimal] = Spec(default={}, description="burden by role before launch")

    @model_validator(mode="after")
    def _says_something(self) -> Expected:
        if not self.model_fields_set:
            raise refusal("没有写期望的结果，这个用例不可能失败", "nothing is expected, so this case could not fail")
        return self


class Case(Model):
    """One example: this roster and these records in, this work and these figures out."""

    name: str
    note: str = ""
    launch: Period
    members: dict[str, Annotated[tuple[str, ...], BeforeValidator(_several)]] = {}
    events: dict[str, tuple[Occurrence, ...]] = {}
    roster: tuple[dict[str, Scalar | None], ...] = Spec(min_length=1)
    records: tuple[Recorded, ...] = ()
    at: Moment | None = Spec(default=None, description="moment of the figures; the last record when absent")
    expect: Expected


class CaseFile(Model):
    """A file of cases, NAME.cases.yaml beside NAME.yaml."""

    cases: tuple[Case, ...] = Spec(min_length=1)
