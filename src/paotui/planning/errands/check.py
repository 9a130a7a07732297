"""Verifies a plan from the problem alone: times, hours, queues, order, loads, shifts, costs, trips. Knows no solver."""

from __future__ import annotations

import itertools
import math
from collections import Counter as Count
from collections.abc import Iterator

from paotui.planning.errands.plan import Plan, Tour, Visit
from paotui.planning.errands.problem import Errand, Mode, Place, Problem, Runner, Step
from paotui.planning.errands.wording import clock, clock_zh
from paotui.planning.faults import Fault, fault


def check(problem: Problem, plan: Plan) -> list[Fault]:
    """Return what is wrong with a plan: nothing when it can be done as written and its figures are right."""
    if named := misfits(problem, plan):
        return named
    faults = list(_done_once(problem, plan))
    for t, tour in enumerate(plan.tours):
        faults += _tour(problem, tour, f"tours[{t}]")
    faults += _costs(problem, plan)
    faults += _trips(problem, plan)
    return faults


def misfits(problem: Problem, plan: Plan) -> list[Fault]:
    """Return what the plan names and the problem has not: such a plan cannot be told of, nor drawn."""
    return list(_names(problem, plan))


def _names(problem: Problem, plan: Plan) -> Iterator[Fault]:
    runners = {runner.id: runner for runner in problem.runners}
    errands = {errand.id: errand for errand in problem.errands}
    places = {place.id for place in problem.places}
    used: set[tuple[str, int]] = set()
    for t, tour in enumerate(plan.tours):
        path, runner = f"tours[{t}]", runners.get(tour.runner)
        if runner is None or not 0 <= tour.shift < len(runner.shifts):
            yield fault(f"{path}.runner", zh="没有此人或此班次。", en="there is no such runner or shift.")
        if (tour.runner, tour.shift) in used:
            yield fault(f"{path}.shift", zh="一个班次排了两趟。", en="this shift has two tours.")
        used.add((tour.runner, tour.shift))
        for k, visit in enumerate(tour.visits):
            errand = errands.get(visit.errand)
            if errand is None or not 0 <= visit.step < len(errand.steps):
                yield fault(f"{path}.visits[{k}]", zh="没有此事或此步。", en="there is no such errand or step.")
            if visit.place not in places:
                yield fault(f"{path}.visits[{k}].place", zh="没有此地。", en="there is no such place.")
        if not tour.visits:
            yield fault(path, zh="空趟。请删去。", en="goes nowhere. Leave it out.")
    for k, undone in enumerate(plan.undone):
        if undone.errand not in errands:
            yield fault(f"undone[{k}].errand", zh="没有此事。", en="there is no such errand.")


def _done_once(problem: Problem, plan: Plan) -> Iterator[Fault]:
    where: dict[str, list[tuple[int, int]]] = {errand.id: [] for errand in problem.errands}
    for t, tour in enumerate(plan.tours):
        for visit in tour.visits:
            where[visit.errand].append((t, visit.step))
    undone = Count(one.errand for one in plan.undone)
    for errand in problem.errands:
        steps, path = where[errand.id], f"errands.{errand.id}"
        if bool(steps) + undone[errand.id] != 1:
            yield fault(
                path, zh="应当只办一次，或只列为未办一次。", en="should be done once, or listed as undone once."
            )
        elif steps and len({t for t, _ in steps}) > 1:
            yield fault(path, zh="分给了两趟。", en="is split between two tours.")
        elif steps and [step for _, step in steps] != list(range(len(errand.steps))):
            yield fault(path, zh="步骤不全或次序不对。", en="steps are missing or out of order.")


def _tour(problem: Problem, tour: Tour, path: str) -> Iterator[Fault]:
    runner = next(one for one in problem.runners if one.id == tour.runner)
    mode = problem.modes[0] if runner.mode is None else next(m for m in problem.modes if m.id == runner.mode)
    since, until = runner.shifts[tour.shift]
    if tour.depart < since or tour.back > until:
        yield fault(
            path, zh=f"{clock_zh(tour.depart)}–{clock_zh(tour.back)} 超出班次。",
            en=f"{clock(tour.depart)}–{clock(tour.back)} is outside the shift.",
        )  # fmt: skip
    errands = {errand.id: errand for errand in problem.errands}
    at, left, travel, metres, counter = runner.home, tour.depart, 0, 0, None
    carried, leaves = Count[str](), dict[tuple[str, int], int]()
    for k, visit in enumerate(tour.visits):
        here, errand = f"{path}.visits[{k}]", errands[visit.errand]
        step = errand.steps[visit.step]
        place = _place(problem, step)
        if visit.place != place or visit.counter != step.counter:
            yield fault(here, zh="地点不是这一步的。", en="is not where this step is done.")
        seconds, way = _leg(problem, mode, at, place)
        travel, metres = travel + seconds, metres + way
        if visit.arrive < left + seconds:
            yield fault(
                here,
                zh=f"最早 {clock_zh(left + seconds)} 才能到。",
                en=f"cannot be there before {clock(left + seconds)}.",
            )
        direct = step.counter is not None and step.counter == counter
        yield from _times(problem, step, visit, here, direct=direct)
        yield from _gap(step, visit, leaves, here)
        if errand.runners is not None and runner.id not in errand.runners:
            yield fault(here, zh="不该由此人办。", en="may not be done by this runner.")
        carried.update(step.load)
        yield from _load(runner, carried, here)
        at, left, counter = place, visit.leave, step.counter
        leaves[visit.errand, visit.step] = visit.leave
    seconds, way = _leg(problem, mode, at, runner.end or runner.home)
    if tour.back < left + seconds:
        yield fault(f"{path}.back", zh=f"最早 {clock_zh(left + seconds)} 才能回。", en=f"cannot be back before {clock(left + seconds)}.")  # fmt: skip  # noqa: E501
    if (tour.travel, tour.metres) != (travel + seconds, metres + way):
        yield fault(
            path, zh=f"路上应为 {travel + seconds} 秒、{metres + way} 米。",
            en=f"travels {travel + seconds} s and {metres + way} m, not as stated.",
        )  # fmt: skip


def _times(problem: Problem, step: Step, visit: Visit, path: str, *, direct: bool) -> Iterator[Fault]:
    if visit.begin < visit.arrive:
        yield fault(path, zh="没到就开始了。", en="begins before arriving.")
    queue, closes = 0, None
    if step.counter is not None:
        counter = next(one for one in problem.counters if one.id == step.counter)
        closes = next((b for a, b in counter.hours if a <= visit.begin < b), None)
        if closes is None:
            yield fault(
                path, zh=f"{clock_zh(visit.begin)} 柜台不开。", en=f"the counter is closed at {clock(visit.begin)}."
            )
            return
        if not (direct and counter.queue_per == "visit"):
            queue = sum(one.seconds for one in counter.queue if one.since <= visit.begin < one.until)
    if visit.queue != queue or visit.leave != visit.begin + queue + step.seconds:
        yield fault(
            path, zh=f"应排队 {queue} 秒，{clock_zh(visit.begin + queue + step.seconds)} 办完。",
            en=f"queues {queue} s and is done at {clock(visit.begin + queue + step.seconds)}, not as stated.",
        )  # fmt: skip
    if closes is not None and visit.begin + queue + step.seconds > closes:
        yield fault(
            path,
            zh=f"到 {clock_zh(closes)} 关门办不完。",
            en=f"is not done when the counter closes at {clock(closes)}.",
        )
    if step.windows and not any(a <= visit.begin <= b for a, b in step.windows):
        yield fault(path, zh="不在可办时段内。", en="begins outside the windows of the step.")


def _gap(step: Step, visit: Visit, leaves: dict[tuple[str, int], int], path: str) -> Iterator[Fault]:
    before = leaves.get((visit.errand, visit.step - 1))
    if visit.step == 0 or before is None:
        return
    if visit.begin - before < step.after:
        yield fault(path, zh="上一步还没办好。", en="is too soon after the step before.")
    if step.within is not None and visit.begin - before > step.within:
        yield fault(path, zh="离上一步太久。", en="is too long after the step before.")


def _load(runner: Runner, carried: Count[str], path: str) -> Iterator[Fault]:
    for kind, most in runner.capacity.items():
        if carried[kind] > most:
            yield fault(
                path,
                zh=f"带了 {carried[kind]}（{kind}），最多 {most}。",
                en=f"carries {carried[kind]} {kind}, at most {most}.",
            )


def _place(problem: Problem, step: Step) -> str:
    if step.place is not None:
        return step.place
    return next(one.place for one in problem.counters if one.id == step.counter)


def _leg(problem: Problem, mode: Mode, one: str, other: str) -> tuple[int, int]:
    ids = [place.id for place in problem.places]
    a, b = ids.index(one), ids.index(other)
    straight = _straight(problem.places[a], problem.places[b]) * mode.detour
    seconds = math.ceil(straight / (mode.kmh / 3.6) - 1e-9) + (mode.each if straight > 0 else 0)
    return (
        seconds if mode.seconds is None else mode.seconds[a][b],
        math.ceil(straight - 1e-9) if mode.metres is None else mode.metres[a][b],
    )


def _straight(one: Place, other: Place) -> float:
    if one.x is None or one.y is None or other.x is None or other.y is None:
        return 0.0
    return math.hypot(one.x - other.x, one.y - other.y)


def _costs(problem: Problem, plan: Plan) -> Iterator[Fault]:
    weights, priority = problem.weights, {errand.id: errand.priority for errand in problem.errands}
    runners = {runner.id: runner for runner in problem.runners}
    right = {
        "tours": weights.tour * len(plan.tours),
        "out": weights.out * sum(t.back - runners[t.runner].shifts[t.shift][0] for t in plan.tours),
        "travel": weights.travel * sum(t.travel for t in plan.tours),
        "kilometres": sum(_kilometres(problem, tour) for tour in plan.tours),
        "undone": weights.undone * sum(priority[one.errand] for one in plan.undone),
    }
    right["total"] = sum(right.values())
    for name, amount in right.items():
        if getattr(plan.costs, name) != amount:
            yield fault(f"costs.{name}", zh=f"应为 {amount}。", en=f"should be {amount}.")
    if plan.bound > right["total"] or (plan.proven and plan.bound != right["total"]):
        yield fault("bound", zh="下界与费用不符。", en="does not agree with the costs.")


def _kilometres(problem: Problem, tour: Tour) -> int:
    runner = next(one for one in problem.runners if one.id == tour.runner)
    mode = problem.modes[0] if runner.mode is None else next(m for m in problem.modes if m.id == runner.mode)
    path = [runner.home, *(visit.place for visit in tour.visits), runner.end or runner.home]
    legs = [_leg(problem, mode, one, other)[1] for one, other in itertools.pairwise(path)]
    return sum((problem.weights.kilometre * leg + 500) // 1000 for leg in legs)


def _trips(problem: Problem, plan: Plan) -> Iterator[Fault]:
    undone = {one.errand for one in plan.undone}
    alone = {errand.id: _alone(problem, errand) for errand in problem.errands}
    still = {errand.id: alone[errand.id] if errand.id in undone else errand.brought for errand in problem.errands}
    right = (sum(alone.values()), sum(still.values()), len(plan.tours))
    stated = plan.trips
    if (stated.alone, stated.still, stated.tours) != right or stated.saved != right[0] - right[1] - right[2]:
        yield fault("trips", zh=f"应为 {right}。", en=f"should be alone, still, tours = {right}, and what is saved.")
    if {one.errand: (one.alone, one.still) for one in stated.errands} != {k: (alone[k], still[k]) for k in alone}:
        yield fault("trips.errands", zh="逐件数与规则不符。", en="does not follow the rules.")


def _alone(problem: Problem, errand: Errand) -> int:
    """Rules of the guide: a trip for each counter in turn, one for each long wait at the same one, one for each gap."""
    trips, waited, last = errand.gaps, 0, None
    for step in errand.steps:
        waited += step.after
        if step.counter is not None:
            trips += step.counter != last or waited > problem.same_visit
            last, waited = step.counter, 0
    return trips
