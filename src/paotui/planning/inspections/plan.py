"""A plan: visits with start and team, tours that follow from them, sites left out and why, costs, bound."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from paotui.planning.inspections.problem import Seconds
from paotui.planning.reading import Model


class Attending(Model):
    """An inspector at a visit, from its start until `leaves`."""

    inspector: str
    department: str
    leaves: Seconds


class Visit(Model):
    """Everyone a site needs, there from `start`; `end` is when the last one leaves."""

    site: str
    start: Seconds
    end: Seconds
    team: tuple[Attending, ...]
    preferred: bool = True


class Tour(Model):
    """One inspector in one interval of the calendar: from the office through `sites` and back."""

    inspector: str
    leaves: Seconds
    returns: Seconds
    sites: tuple[str, ...]
    travel: Seconds


class LeftOut(Model):
    """A site without a visit: the reason that binds, in both languages, and the smallest change that would do."""

    site: str
    code: str
    reason_zh: str
    reason_en: str
    relaxation_zh: str
    relaxation_en: str


class Costs(Model):
    """What the plan costs, in seconds of one person's travel; `total` is the sum of the four.

    Beside them, when re-planning: appointments `moved` from the start people were told, and officers `substituted`
    who were not announced.
    """

    travel: Annotated[int, Field(ge=0)]
    preference: Annotated[int, Field(ge=0)] = 0
    later_day: Annotated[int, Field(ge=0)] = 0
    balance: Annotated[int, Field(ge=0)] = 0
    total: Annotated[int, Field(ge=0)]
    moved: Annotated[int, Field(ge=0)] = 0
    substituted: Annotated[int, Field(ge=0)] = 0


class Bound(Model):
    """No plan of this problem costs less than `value`; `gap` is (total − value) / total."""

    value: Annotated[int, Field(ge=0)]
    gap: float
    method: str
    proven: bool


class Plan(Model):
    """The answer to a problem."""

    kind: Literal["inspections-plan"] = "inspections-plan"
    problem: str = ""
    visits: tuple[Visit, ...]
    tours: tuple[Tour, ...]
    left_out: tuple[LeftOut, ...] = ()
    costs: Costs
    bound: Bound | None = None
    iterations: Annotated[int, Field(ge=0)] = 0

    def to_json(self) -> str:
        return self.model_dump_json(indent=1, exclude_none=True)
