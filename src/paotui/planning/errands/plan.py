"""A plan of errands: who goes where when, what is left undone and why, what it costs, the trips it saves."""

from __future__ import annotations

from typing import Literal

from paotui.local_text import LocalText
from paotui.planning.reading import Model, read

Reason = Literal["nobody", "capacity", "closed", "too_long", "full", "time", "dear"]


class Text(Model):
    """A sentence in both languages."""

    zh: str
    en: str

    @property
    def local(self) -> LocalText:
        return LocalText(self.zh, self.en)


class Visit(Model):
    """One step of one errand; times in seconds after midnight of the first day."""

    errand: str
    step: int
    place: str
    counter: str | None = None
    arrive: int
    begin: int
    """Joins the queue, or is served at once."""
    queue: int = 0
    leave: int


class Tour(Model):
    """What one runner does in one shift."""

    runner: str
    shift: int
    depart: int
    visits: list[Visit]
    back: int
    metres: int
    travel: int
    """Seconds on the way."""


class Relaxation(Model):
    """The least change of one kind that lets an undone errand be done, everything else staying as planned."""

    what: Literal["shift", "start", "hours", "capacity", "gap", "runner", "window"]
    subject: str
    amount: int
    """Seconds, or units of load."""
    text: Text


class Undone(Model):
    """An errand that is not done: the binding reason, and the smallest relaxation of every kind, smallest first."""

    errand: str
    reason: Reason
    text: Text
    relaxations: list[Relaxation] = []


class TripsOf(Model):
    """The trips of one errand: the applicant's alone, those still made, and by which rules."""

    errand: str
    alone: int
    still: int
    rules: list[Text]


class Trips(Model):
    """Trips applicants would have made alone, trips they still make, tours the runners make for them."""

    alone: int
    still: int
    tours: int
    saved: int
    """alone − still − tours."""
    errands: list[TripsOf]


class Costs(Model):
    """In seconds of a runner's time, by the weights of the problem."""

    tours: int
    out: int
    travel: int
    kilometres: int
    undone: int
    total: int


class Plan(Model):
    """`bound`: no plan costs less; `proven`: this one is optimal; `gap` is (total − bound) / total."""

    kind: Literal["errands"] = "errands"
    problem: str = ""
    tours: list[Tour]
    undone: list[Undone]
    costs: Costs
    bound: int
    gap: float
    proven: bool
    trips: Trips
    seed: int = 1
    iterations: int = 0

    def to_json(self) -> str:
        return self.model_dump_json(indent=1)


def read_plan(data: bytes) -> Plan:
    """Return the plan written as JSON; raises ProblemError with every fault."""
    return read(Plan, data)
