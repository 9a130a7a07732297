"""Says in plain words why something is where it is, and what changed between two plans."""

from __future__ import annotations

from collections.abc import Iterator

from paotui.local_text import LocalText
from paotui.planning.errands.engine import Engine
from paotui.planning.errands.network import Network, network_of
from paotui.planning.errands.plan import Plan, Tour, Undone, Visit
from paotui.planning.errands.problem import Errand, Problem
from paotui.planning.errands.reasons import undone_of
from paotui.planning.errands.wording import clock, clock_zh, lasting, named
from paotui.planning.faults import ProblemError, fault


def explain(problem: Problem, plan: Plan, subject: str) -> list[LocalText]:
    """Return sentences on an errand, a runner or a counter, by its id; raises ProblemError for an unknown one."""
    told: list[LocalText] = []
    for errand in problem.errands:
        if errand.id == subject:
            told += _errand(problem, plan, errand)
    if any(runner.id == subject for runner in problem.runners):
        told += _runner(problem, plan, subject)
    if any(counter.id == subject for counter in problem.counters):
        told += _counter(problem, plan, subject)
    if not told:
        raise ProblemError([fault(
            "subject", zh=f"没有事项、跑腿人或柜台叫“{subject}”。请写其编号（id）。",
            en=f'no errand, runner or counter is called "{subject}". Give its id.',
        )])  # fmt: skip
    return told


def _errand(problem: Problem, plan: Plan, errand: Errand) -> Iterator[LocalText]:
    name = errand.name or errand.id
    for undone in plan.undone:
        if undone.errand == errand.id:
            yield from _undone(undone if undone.relaxations else _looked_into(problem, plan, errand))
            yield from _trips(plan, errand)
            return
    tour = next((t for t in plan.tours if any(v.errand == errand.id for v in t.visits)), None)
    if tour is None:
        yield LocalText(f"方案里没有“{name}”。", f"{name} is not in the plan.")
        return
    who = named(problem, "runners", tour.runner)
    yield LocalText(f"{who} 办“{name}”：", f"{who} does {name}:")
    for visit in tour.visits:
        if visit.errand == errand.id:
            yield _visit(problem, visit)
    yield from _elsewhere(problem, plan, tour, errand.id)
    yield from _trips(plan, errand)


def _trips(plan: Plan, errand: Errand) -> Iterator[LocalText]:
    for one in plan.trips.errands:
        if one.errand == errand.id:
            zh, en = "、".join(rule.zh for rule in one.rules), ", ".join(rule.en for rule in one.rules)
            yield LocalText(
                f"申请人自己办要跑 {one.alone} 趟（{zh}），照此方案还要跑 {one.still} 趟。",
                f"Alone, the applicant would make {one.alone} trip{'s' * (one.alone != 1)} ({en}); "
                f"by this plan {one.still}.",
            )


def _looked_into(problem: Problem, plan: Plan, errand: Errand) -> Undone:
    """What would let an errand be done, where the plan does not say it yet."""
    network = network_of(problem)
    number = {stop: k for k, stop in enumerate(network.stops)}
    tours: list[list[int]] = [[] for _ in network.vehicles]
    for tour in plan.tours:
        tours[_vehicle(problem, network, tour)] = _stops(problem, number, tour, errand.id)
    return undone_of(problem, network, Engine(network.instance), tours, [problem.errands.index(errand)])[0]


def _undone(undone: Undone) -> Iterator[LocalText]:
    yield undone.text.local
    for one in undone.relaxations:
        yield LocalText(f"可以办，只要：{one.text.zh}", f"It could be done if: {one.text.en}")
    if not undone.relaxations:
        yield LocalText("没有单独一项放宽就能办成的办法。", "No single change would be enough.")


def _visit(problem: Problem, visit: Visit) -> LocalText:
    does = next(e for e in problem.errands if e.id == visit.errand).steps[visit.step].does
    where = named(problem, "counters", visit.counter) if visit.counter else named(problem, "places", visit.place)
    zh = f"{clock_zh(visit.arrive)} 到 {where}，{_zh(does)}"
    en = f"{clock(visit.arrive)} at {where}, {does}"
    if visit.begin > visit.arrive:
        zh, en = f"{zh}，等到 {clock_zh(visit.begin)}", f"{en}, waits until {clock(visit.begin)}"
    if visit.queue:
        zh, en = f"{zh}，排队 {lasting(visit.queue).zh}", f"{en}, queues {lasting(visit.queue).en}"
    return LocalText(f"{zh}，{clock_zh(visit.leave)} 办完。", f"{en}, done at {clock(visit.leave)}.")


def _zh(does: str) -> str:
    words = {"fetch": "取件", "lodge": "交件", "stamp": "盖章", "collect": "领件", "return": "送还"}
    return words.get(does, does)


def _elsewhere(problem: Problem, plan: Plan, tour: Tour, errand: str) -> Iterator[LocalText]:
    """What the errand costs where it is, and what the next best shift would cost."""
    network = network_of(problem)
    engine, of = Engine(network.instance), [e.id for e in problem.errands].index(errand)
    number = {stop: k for k, stop in enumerate(network.stops)}
    tours = {_vehicle(problem, network, t): _stops(problem, number, t, errand) for t in plan.tours}
    here, allowed = _vehicle(problem, network, tour), network.instance.allowed
    costs = {}
    for v in range(len(network.vehicles)):
        if allowed is None or allowed[of, v]:
            found = engine.insert(tours.get(v, []), v, of)
            if found:
                costs[v] = found[0]
    others = sorted((cost, v) for v, cost in costs.items() if v != here)
    if here in costs:
        yield LocalText(
            f"在此处多花相当于 {lasting(costs[here]).zh}的人力。",
            f"Here it costs {lasting(costs[here]).en} of a runner's time.",
        )
    if others:
        cost, v = others[0]
        r, shift = network.vehicles[v]
        who, begins = named(problem, "runners", problem.runners[r].id), problem.runners[r].shifts[shift][0]
        yield LocalText(
            f"次好的是 {who} {clock_zh(begins)} 起的班次：{lasting(cost).zh}。",
            f"Next best is the shift of {who} from {clock(begins)}: {lasting(cost).en}.",
        )
    else:
        yield LocalText("别的班次都排不进。", "It fits into no other shift.")


def _vehicle(problem: Problem, network: Network, tour: Tour) -> int:
    return network.vehicles.index(([r.id for r in problem.runners].index(tour.runner), tour.shift))


def _stops(problem: Problem, number: dict[tuple[int, int], int], tour: Tour, without: str) -> list[int]:
    ids = [errand.id for errand in problem.errands]
    return [number[ids.index(visit.errand), visit.step] for visit in tour.visits if visit.errand != without]


def _runner(problem: Problem, plan: Plan, runner: str) -> Iterator[LocalText]:
    name = named(problem, "runners", runner)
    tours = [tour for tour in plan.tours if tour.runner == runner]
    if not tours:
        yield LocalText(f"{name} 不用出门。", f"{name} need not go out.")
    for tour in tours:
        errands = len({visit.errand for visit in tour.visits})
        yield LocalText(
            f"{name} {clock_zh(tour.depart)} 出发，{clock_zh(tour.back)} 回，办 {errands} 件，"
            f"路上 {lasting(tour.travel).zh}。",
            f"{name} leaves at {clock(tour.depart)}, is back at {clock(tour.back)}, "
            f"does {errands} errands, {lasting(tour.travel).en} on the way.",
        )
        for visit in tour.visits:
            said, what = _visit(problem, visit), named(problem, "errands", visit.errand)
            yield LocalText(f"{said.zh}（{what}）", f"{said.en} ({what})")


def _counter(problem: Problem, plan: Plan, counter: str) -> Iterator[LocalText]:
    name = named(problem, "counters", counter)
    visits = [(v.begin, t.runner, v) for t in plan.tours for v in t.visits if v.counter == counter]
    if not visits:
        yield LocalText(f"没有人去 {name}。", f"Nobody goes to {name}.")
    for _, runner, visit in sorted(visits, key=lambda one: one[0]):
        who, said = named(problem, "runners", runner), _visit(problem, visit)
        yield LocalText(f"{who}：{said.zh}", f"{who}: {said.en}")


def diff(problem: Problem | None, before: Plan, after: Plan) -> list[LocalText]:
    """Return what changed between two plans; names come from the problem where it is given."""
    old, new = _places(before), _places(after)
    every = dict.fromkeys([*old, *new, *_undone_ids(before), *_undone_ids(after)])
    told = [
        said for errand in every if (said := _changed(problem, errand, old.get(errand), new.get(errand))) is not None
    ]
    told = told or [LocalText("没有事项变动。", "No errand changes.")]
    saved = after.trips.saved - before.trips.saved
    cost = after.costs.total - before.costs.total
    told.append(LocalText(
        f"费用 {cost:+d}，少跑的趟数 {saved:+d}。", f"Cost {cost:+d}, trips saved {saved:+d}.",
    ))  # fmt: skip
    return told


def _undone_ids(plan: Plan) -> list[str]:
    return [one.errand for one in plan.undone]


def _places(plan: Plan) -> dict[str, tuple[str, int, list[int]]]:
    """By errand: runner, shift, when each step begins."""
    found: dict[str, tuple[str, int, list[int]]] = {}
    for tour in plan.tours:
        for visit in tour.visits:
            found.setdefault(visit.errand, (tour.runner, tour.shift, []))[2].append(visit.begin)
    return found


def _changed(
    problem: Problem | None, errand: str, old: tuple[str, int, list[int]] | None, new: tuple[str, int, list[int]] | None
) -> LocalText | None:
    name = named(problem, "errands", errand) if problem else errand

    def who(one: tuple[str, int, list[int]]) -> str:
        return named(problem, "runners", one[0]) if problem else one[0]

    if old == new:
        return None
    if old is None and new is not None:
        return LocalText(f"“{name}”现在由 {who(new)} 办。", f"{name} is now done by {who(new)}.")
    if new is None and old is not None:
        return LocalText(f"“{name}”不再办（原由 {who(old)} 办）。", f"{name} is no longer done (was {who(old)}).")
    assert old is not None
    assert new is not None
    if old[:2] != new[:2]:
        return LocalText(
            f"“{name}”从 {who(old)} {clock_zh(old[2][0])} 改为 {who(new)} {clock_zh(new[2][0])}。",
            f"{name} moves from {who(old)} at {clock(old[2][0])} to {who(new)} at {clock(new[2][0])}.",
        )
    moved = [(k, a, b) for k, (a, b) in enumerate(zip(old[2], new[2], strict=False), 1) if clock(a) != clock(b)]
    if not moved:  # by less than a minute
        return None
    zh = "，".join(f"第 {k} 步 {clock_zh(a)} → {clock_zh(b)}" for k, a, b in moved)
    return LocalText(
        f"“{name}”：{zh}。", f"{name}: {', '.join(f'step {k} {clock(a)} → {clock(b)}' for k, a, b in moved)}."
    )
