"""A problem of errands as written in JSON: places, counters with hours and queues, runners, errands of ordered steps.

Times are seconds after midnight of the first day, durations seconds, distances metres.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from pydantic import Field

from paotui.planning.errands.lilim import read_lilim
from paotui.planning.faults import Fault, ProblemError, fault, twice
from paotui.planning.reading import Model, read

Id = Annotated[str, Field(min_length=1, max_length=100)]
Seconds = Annotated[int, Field(ge=0, le=100 * 86_400)]
Span = tuple[Seconds, Seconds]
"""From, until."""
LOAD = Annotated[int, Field(ge=-1_000_000, le=1_000_000)]
MOST_PLACES = 2_000


class Place(Model):
    """A point on a plane in metres; left out where matrices are given."""

    id: Id
    name: str = ""
    x: Annotated[float, Field(ge=-1e7, le=1e7)] | None = None
    y: Annotated[float, Field(ge=-1e7, le=1e7)] | None = None


class Mode(Model):
    """How a runner gets about: straight distance × detour at a speed, plus a fixed time a leg; or matrices.

    Matrices have one row and one column for each place in order.
    """

    id: Id = "walk"
    kmh: Annotated[float, Field(gt=0, le=200)] = 5.0
    detour: Annotated[float, Field(ge=1, le=5)] = 1.3
    each: Seconds = 0
    """Fixed time of a leg between two places: unlocking the bicycle, waiting for the bus."""
    seconds: list[list[Seconds]] | None = None
    metres: list[list[Annotated[int, Field(ge=0, le=10_000_000)]]] | None = None


class Queue(Model):
    """Who joins the queue from `since` until before `until` waits `seconds`."""

    since: Seconds
    until: Seconds
    seconds: Seconds


class Counter(Model):
    """A counter of an office; who is to be served must be finished before it closes."""

    id: Id
    name: str = ""
    place: Id
    hours: Annotated[list[Span], Field(min_length=1)]
    queue: list[Queue] = []
    queue_per: Literal["visit", "case"] = "visit"
    """Whether several papers on one visit wait once, or draw a number each."""


class Runner(Model):
    """Somebody who carries papers: each shift is one tour from `home` to `end` (home again unless said)."""

    id: Id
    name: str = ""
    home: Id
    end: Id | None = None
    shifts: Annotated[list[Span], Field(min_length=1)]
    capacity: dict[Id, Annotated[int, Field(ge=0, le=1_000_000)]] = {}
    """What can be carried at once, by kind of load; a kind not named is not limited."""
    mode: Id | None = None


class Step(Model):
    """One thing done at a place or at a counter, after the step before."""

    does: Id = "stamp"
    """fetch, lodge, stamp, collect, return, or a word of your own."""
    place: Id | None = None
    counter: Id | None = None
    seconds: Seconds = 0
    windows: list[Span] | None = None
    """When it may be done: always, unless there are some; at a counter on top of its hours."""
    after: Seconds = 0
    """Least time since the step before was left: the paper is being processed."""
    within: Seconds | None = None
    """Greatest time since the step before was left."""
    load: dict[Id, LOAD] = {}
    """What is taken up (above zero) or handed over (below)."""


class Errand(Model):
    """The way of one case's papers: done by one runner in one tour, or not at all."""

    id: Id
    name: str = ""
    applicant: str = ""
    steps: Annotated[list[Step], Field(min_length=1, max_length=50)]
    priority: Annotated[int, Field(ge=1, le=100)] = 1
    runners: list[Id] | None = None
    """Who may do it; everybody unless said."""
    gaps: Annotated[int, Field(ge=0, le=100)] = 0
    """How often papers came back because something was missing: each is a trip of the applicant alone."""
    brought: Annotated[int, Field(ge=0, le=100)] = 0
    """Trips the applicant makes all the same: papers brought to the office instead of being fetched."""


class Weights(Model):
    """What a plan costs, in seconds of a runner's time."""

    tour: Annotated[int, Field(ge=0, le=1_000_000)] = 600
    """Each tour."""
    out: Annotated[int, Field(ge=0, le=1_000)] = 1
    """Each second from the beginning of the shift until back."""
    travel: Annotated[int, Field(ge=0, le=1_000)] = 1
    """Each second on the way."""
    kilometre: Annotated[int, Field(ge=0, le=100_000)] = 0
    undone: Annotated[int, Field(ge=1, le=1_000_000_000)] = 1_000_000
    """An errand left undone, times its priority."""


class Problem(Model):
    """Everything a plan of errands is made from."""

    kind: Literal["errands"]
    name: str = ""
    sample: bool = False
    places: Annotated[list[Place], Field(min_length=1, max_length=MOST_PLACES)]
    modes: Annotated[list[Mode], Field(min_length=1, max_length=8)] = [Mode()]
    counters: list[Counter] = []
    runners: Annotated[list[Runner], Field(min_length=1)]
    errands: list[Errand]
    weights: Weights = Weights()
    same_visit: Seconds = 1800
    """Alone, an applicant told to wait no longer than this at a counter stays; longer is another trip."""

    @property
    def loads(self) -> list[str]:
        """Kinds of load that matter: carried by some step and limited for some runner."""
        limited = {kind for runner in self.runners for kind in runner.capacity}
        return sorted(limited & {kind for errand in self.errands for step in errand.steps for kind in step.load})

    def mode_of(self, runner: Runner) -> int:
        return 0 if runner.mode is None else [mode.id for mode in self.modes].index(runner.mode)

    def where(self, step: Step) -> str:
        """Return the place of a step."""
        if step.counter is None:
            assert step.place is not None
            return step.place
        return next(counter.place for counter in self.counters if counter.id == step.counter)


def read_problem(data: bytes, name: str = "") -> Problem:
    """Return the problem; raises ProblemError with every fault. A Li–Lim text file is told where it belongs."""
    if name.lower().endswith((".txt", ".pdptw")):
        read_lilim(data, name)
        raise ProblemError([fault(
            name, zh="这是 Li–Lim 算例，没有柜台和跑腿人。请用 paotui.planning.errands.solve_lilim 求解。",
            en="this is a Li–Lim instance, without counters and runners. Solve it with "
               "paotui.planning.errands.solve_lilim.",
        )])  # fmt: skip
    problem = read(Problem, data)
    refuse(problem)
    return problem


def refuse(problem: Problem) -> None:
    """Raise ProblemError with everything that does not fit together: unknown ids, overlapping hours, …"""
    if faults := list(_faults(problem)):
        raise ProblemError(faults)


def _faults(problem: Problem) -> Iterator[Fault]:
    for kind in ("places", "modes", "counters", "runners", "errands"):
        yield from twice(kind, [one.id for one in getattr(problem, kind)])
    places = {place.id for place in problem.places}
    yield from _modes(problem)
    for k, counter in enumerate(problem.counters):
        yield from _known(f"counters[{k}].place", counter.place, places)
        yield from _spans(f"counters[{k}].hours", counter.hours)
        yield from _spans(f"counters[{k}].queue", [(one.since, one.until) for one in counter.queue])
    for k, runner in enumerate(problem.runners):
        yield from _runner(f"runners[{k}]", runner, places, {mode.id for mode in problem.modes})
    for k, errand in enumerate(problem.errands):
        yield from _errand(f"errands[{k}]", errand, problem, places)
    if len(problem.loads) > 4:
        yield fault(
            "runners", zh="受限的载重种类不能超过四种。请合并。",
            en="there are more than four kinds of limited load. Merge some.",
        )  # fmt: skip


def _modes(problem: Problem) -> Iterator[Fault]:
    size = len(problem.places)
    for k, mode in enumerate(problem.modes):
        for name in ("seconds", "metres"):
            rows = getattr(mode, name)
            if rows is not None and (len(rows) != size or any(len(row) != size for row in rows)):
                yield fault(
                    f"modes[{k}].{name}", zh=f"应为 {size}×{size} 的矩阵。请按地点顺序补齐。",
                    en=f"should be a matrix of {size} × {size}. Give a row and a column for every place.",
                )  # fmt: skip
        if mode.seconds is None or mode.metres is None:
            for p, place in enumerate(problem.places):
                if place.x is None or place.y is None:
                    yield fault(
                        f"places[{p}]", zh="缺少坐标 x、y。请补上，或为每种方式给出两个矩阵。",
                        en="has no x and y. Add them, or give both matrices for every mode.",
                    )  # fmt: skip


def _runner(path: str, runner: Runner, places: set[str], modes: set[str]) -> Iterator[Fault]:
    yield from _known(f"{path}.home", runner.home, places)
    if runner.end is not None:
        yield from _known(f"{path}.end", runner.end, places)
    if runner.mode is not None:
        yield from _known(f"{path}.mode", runner.mode, modes)
    yield from _spans(f"{path}.shifts", runner.shifts)


def _errand(path: str, errand: Errand, problem: Problem, places: set[str]) -> Iterator[Fault]:
    counters, carried = {counter.id for counter in problem.counters}, dict[str, int]()
    for k, step in enumerate(errand.steps):
        at = f"{path}.steps[{k}]"
        if (step.place is None) == (step.counter is None):
            yield fault(at, zh="地点和柜台要写且只写一个。", en='either "place" or "counter", one of them. Write one.')
        elif step.place is not None:
            yield from _known(f"{at}.place", step.place, places)
        elif step.counter is not None:
            yield from _known(f"{at}.counter", step.counter, counters)
        if step.within is not None and step.within < step.after:
            yield fault(
                f"{at}.within", zh="最迟间隔小于最早间隔。请改正。", en='is less than "after". Correct one of them.'
            )
        if step.windows is not None:
            yield from _spans(f"{at}.windows", step.windows)
        for kind, amount in step.load.items():
            carried[kind] = carried.get(kind, 0) + amount
            if carried[kind] < 0:
                yield fault(
                    f"{at}.load.{kind}", zh="交出的多于带着的。请先写取件。",
                    en="hands over more than is carried. Take it up in an earlier step.",
                )  # fmt: skip
    for k, runner in enumerate(errand.runners or []):
        yield from _known(f"{path}.runners[{k}]", runner, {one.id for one in problem.runners})


def _known(path: str, one: str, known: Iterable[str]) -> Iterator[Fault]:
    if one not in known:
        yield fault(path, zh=f"没有“{one}”。请改正，或先登记。", en=f'there is no "{one}". Correct it or add it.')


def _spans(path: str, spans: list[Span]) -> Iterator[Fault]:
    before = -1
    for k, (since, until) in enumerate(spans):
        if until <= since:
            yield fault(f"{path}[{k}]", zh="结束不晚于开始。请改正。", en="ends no later than it begins. Correct it.")
        elif since < before:
            yield fault(
                f"{path}[{k}]", zh="与前一段重叠或次序颠倒。请按时间排列。",
                en="overlaps the one before, or comes out of order. Sort them.",
            )  # fmt: skip
        before = until
