"""Why an errand is left undone, and the least single change that would let it be done, all else as planned."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from paotui.planning.errands.engine import ALONE, BESIDE, NEVER, Engine, Instance, Tours
from paotui.planning.errands.network import UNLIMITED, Network
from paotui.planning.errands.one_shift import Change, OneShift, carrying, cut_out, with_segments
from paotui.planning.errands.plan import Reason, Relaxation, Text, Undone
from paotui.planning.errands.problem import Counter, Errand, Problem, Step
from paotui.planning.errands.wording import clock, clock_zh, lasting, named

MINUTE = 60
MOST = 12 * 60
"""Minutes beyond which a change is not proposed."""


LOOKS = 120
"""Shifts looked into for relaxations while planning; of errands beyond, `explain` finds them when asked."""


def undone_of(
    problem: Problem, network: Network, engine: Engine, tours: Tours, missing: list[int], until: float = math.inf
) -> list[Undone]:
    """Return the reason for every errand (by number) that no tour does; relaxations of the most urgent ones.

    An errand whose relaxations are not all found by `until` (monotonic clock) gets none: `explain` finds them.
    """
    most = max(3, LOOKS // max(1, len(network.vehicles)))
    urgent = sorted(missing, key=lambda errand: -problem.errands[errand].priority)[:most]
    cases = {
        errand: _Case(problem, network, tours, errand, fits)
        for errand, fits in zip(missing, _fits(network.instance, engine, tours, missing), strict=True)
    }
    told = {errand: case.told() for errand, case in cases.items()}
    for errand in urgent:
        found = cases[errand].relaxations(told[errand].reason, until)
        if found is None:
            break
        told[errand] = told[errand].model_copy(update={"relaxations": found})
    return list(told.values())


@dataclass(frozen=True, slots=True)
class _Fits:
    """Where an undone errand fits: as it is; alone with no limit to what is carried; with no greatest times."""

    as_it_is: int
    if_carried: bool = False
    if_patient: bool = False


def _fits(one: Instance, engine: Engine, tours: Tours, missing: list[int]) -> list[_Fits]:
    as_it_is = engine.fits(tours, missing)
    nowhere = [errand for errand, fits in zip(missing, as_it_is, strict=True) if not fits]
    carried, patient = (
        Engine(changed).fits([[] for _ in tours], nowhere) if nowhere else []
        for changed in (
            replace(one, capacity=np.full_like(one.capacity, UNLIMITED), metric=False),
            replace(one, gap_max=[NEVER] * len(one.place), metric=False),
        )
    )
    more = dict(zip(nowhere, zip(carried, patient, strict=True), strict=True))
    return [
        _Fits(fits, *(bool(one) for one in more.get(errand, ())))
        for errand, fits in zip(missing, as_it_is, strict=True)
    ]


class _TooLate(Exception):
    """There is no time left to look for relaxations."""


class _Case:
    """One undone errand looked at in every shift that may do it: with the tour as planned, and alone."""

    def __init__(self, problem: Problem, network: Network, tours: Tours, errand: int, fits: _Fits) -> None:
        self.problem, self.network, self.number = problem, network, errand
        self.errand: Errand = problem.errands[errand]
        allowed = network.instance.allowed
        self.vehicles = [v for v in range(len(network.vehicles)) if allowed is None or allowed[errand, v]]
        self.tours, self.fits, self.until = tours, fits, math.inf

    @cached_property
    def within(self) -> dict[int, OneShift]:
        return {v: cut_out(self.network.instance, v, self.tours[v], self.number) for v in self.vehicles}

    def told(self) -> Undone:
        reason, text = self._reason()
        return Undone(errand=self.errand.id, reason=reason, text=text)

    def relaxations(self, reason: Reason, until: float) -> list[Relaxation] | None:
        """The smallest change of every kind, smallest first; None where `until` comes before all are found."""
        self.until = until
        try:
            return sorted(self._relaxations(reason), key=lambda one: (one.what in ("capacity", "runner"), one.amount))
        except _TooLate:
            return None

    def _reason(self) -> tuple[Reason, Text]:
        name = self.errand.name or self.errand.id
        if not self.vehicles:
            return "nobody", Text(zh=f"“{name}”没有可派的人。", en=f"Nobody may do {name}.")
        if self.fits.as_it_is == BESIDE:
            return "dear", Text(
                zh=f"“{name}”排得下，但所费多于权重里未办的代价（weights.undone）。",
                en=f"{name} would fit, but costs more than leaving it undone weighs (weights.undone).",
            )
        if self.fits.as_it_is == ALONE:
            return "full", Text(
                zh=f"“{name}”单独能办，但各班次都已排满，插不进去。",
                en=f"{name} could be done alone, but fits into no shift beside what is planned there.",
            )
        for step in self._steps_closed():
            return "closed", Text(
                zh=f"“{name}”第 {step + 1} 步没有可办的时间：开放时间内排队加办理办不完。",
                en=f"Step {step + 1} of {name} has no time when it can be done: "
                   "queue and service do not end within opening hours.",
            )  # fmt: skip
        if self.fits.if_carried:
            return "capacity", Text(
                zh=f"“{name}”的材料超出任何一人的携带能力。", en=f"{name} is more than anybody can carry."
            )
        if self.fits.if_patient:
            return "time", Text(
                zh=f"“{name}”两步之间的最长间隔守不住。",
                en=f"The greatest time between two steps of {name} cannot be kept.",
            )
        return "too_long", Text(
            zh=f"“{name}”一个班次内办不完，单独去办也不行。",
            en=f"{name} cannot be done within one shift, not even alone.",
        )

    def _steps_closed(self) -> list[int]:
        of = self.network.instance.stops_of(self.number)
        return [k for k, stop in enumerate(of) if not self.network.instance.segments[stop]]

    def _relaxations(self, reason: Reason) -> Iterator[Relaxation]:
        if reason in ("nobody", "dear"):
            return
        yield from self._shifts()
        yield from self._hours()
        yield from self._gaps()
        yield from self._carrying()
        if reason == "full":
            yield Relaxation(what="runner", subject="", amount=1, text=Text(zh="增派一人一班。", en="One shift more."))

    def _least(self, change: Change, unit: int = MINUTE, most: int = MOST) -> tuple[int, int] | None:
        """Return the least amount with which some shift can do it, and that shift."""
        best: tuple[int, int] | None = None
        for v, one in self.within.items():
            if time.monotonic() > self.until:
                raise _TooLate
            high = most if best is None else best[0] // unit - 1
            if high < 1 or not one.fits(change, high * unit):
                continue
            low = 0
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (low, middle) if one.fits(change, middle * unit) else (middle, high)
            best = (high * unit, v)
        return best

    def _shifts(self) -> Iterator[Relaxation]:
        later = self._least(lambda one, by: replace(one, close=[one.close[0] + by]))
        if later:
            who, until = self._runner(later[1]), self.network.instance.close[later[1]] + later[0]
            yield self._said("shift", later, Text(
                zh=f"{who} 下班推迟 {lasting(later[0]).zh}，到 {clock_zh(until)}。",
                en=f"{who} stays {lasting(later[0]).en} longer, until {clock(until)}.",
            ))  # fmt: skip
        sooner = self._least(lambda one, by: replace(one, open=[one.open[0] - by]))
        if sooner and self.network.instance.open[sooner[1]] >= sooner[0]:
            who, since = self._runner(sooner[1]), self.network.instance.open[sooner[1]] - sooner[0]
            yield self._said("start", sooner, Text(
                zh=f"{who} 提前 {lasting(sooner[0]).zh}上班，{clock_zh(since)} 开始。",
                en=f"{who} begins {lasting(sooner[0]).en} earlier, at {clock(since)}.",
            ))  # fmt: skip

    def _hours(self) -> Iterator[Relaxation]:
        """Each counter of the errand stays open longer, or each step's own window is longer, one at a time."""
        counters = {counter.id: counter for counter in self.problem.counters}
        for counter in dict.fromkeys(step.counter for step in self.errand.steps if step.counter is not None):
            found = self._least(self._open_longer(counters[counter]))
            if found:
                name = counters[counter].name or counter
                yield Relaxation(what="hours", subject=counter, amount=found[0], text=Text(
                    zh=f"{name} 延长 {lasting(found[0]).zh}关门。",
                    en=f"{name} stays open {lasting(found[0]).en} longer.",
                ))  # fmt: skip
        for k, step in enumerate(self.errand.steps):
            if step.windows and (found := self._least(self._window_longer(k, step))):
                yield Relaxation(what="window", subject=str(k), amount=found[0], text=Text(
                    zh=f"第 {k + 1} 步可晚 {lasting(found[0]).zh}。",
                    en=f"Step {k + 1} may be {lasting(found[0]).en} later.",
                ))  # fmt: skip

    def _open_longer(self, counter: Counter) -> Change:
        def change(one: Instance, by: int) -> Instance:
            hours = [(since, until + by) for since, until in counter.hours]
            hours = [(a, min(b, c[0])) for (a, b), c in zip(hours, [*hours[1:], (1 << 29, 0)], strict=True)]
            longer = counter.model_copy(update={"hours": hours})
            steps = self.errand.steps
            return with_segments(one, steps, {k: longer for k, step in enumerate(steps) if step.counter == counter.id})

        return change

    def _window_longer(self, k: int, step: Step) -> Change:
        def change(one: Instance, by: int) -> Instance:
            assert step.windows
            *others, last = step.windows
            steps = list(self.errand.steps)
            steps[k] = step.model_copy(update={"windows": [*others, (last[0], last[1] + by)]})
            counter = next((c for c in self.problem.counters if c.id == step.counter), None)
            return with_segments(one, steps, {k: counter})

        return change

    def _gaps(self) -> Iterator[Relaxation]:
        if any(step.after for step in self.errand.steps):
            found = self._least(self._sooner_ready)
            if found:
                yield self._said("gap", found, Text(
                    zh=f"每步等候各缩短 {lasting(found[0]).zh}。", en=f"Every wait is {lasting(found[0]).en} shorter.",
                ), self.errand.id)  # fmt: skip
        if any(step.within is not None for step in self.errand.steps):
            found = self._least(self._later_allowed)
            if found:
                yield self._said("gap", found, Text(
                    zh=f"最长间隔各放宽 {lasting(found[0]).zh}。",
                    en=f"Every greatest time between steps is {lasting(found[0]).en} longer.",
                ), self.errand.id)  # fmt: skip

    def _sooner_ready(self, one: Instance, by: int) -> Instance:
        ours = set(one.stops_of(one.chains - 1))
        return replace(one, gap_min=[max(0, g - by) if s in ours else g for s, g in enumerate(one.gap_min)])

    def _later_allowed(self, one: Instance, by: int) -> Instance:
        ours = set(one.stops_of(one.chains - 1))
        return replace(one, gap_max=[g + by if s in ours and g < NEVER else g for s, g in enumerate(one.gap_max)])

    def _carrying(self) -> Iterator[Relaxation]:
        for d, kind in enumerate(self.problem.loads):
            most = max(1, int(np.abs(self.network.instance.load[:, d]).sum()))
            found = self._least(lambda one, by, d=d: carrying(one, d, by), unit=1, most=most)  # type: ignore[misc]
            if found:
                who = self._runner(found[1])
                yield self._said("capacity", found, Text(
                    zh=f"{who} 多带 {found[0]}（{kind}）。", en=f"{who} carries {found[0]} more ({kind}).",
                ))  # fmt: skip

    def _runner(self, v: int) -> str:
        return named(self.problem, "runners", self.problem.runners[self.network.vehicles[v][0]].id)

    def _said(self, what: str, found: tuple[int, int], text: Text, subject: str = "") -> Relaxation:
        runner = self.problem.runners[self.network.vehicles[found[1]][0]].id
        return Relaxation.model_validate(
            {"what": what, "subject": subject or runner, "amount": found[0], "text": text.model_dump()}
        )
