"""What changed between two plans, in sentences a dispatcher reads out; the problem is there for names and times."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from paotui.local_text import LocalText
from paotui.planning.routes import naming
from paotui.planning.routes.checker import costs, driven, words
from paotui.planning.routes.checker.case import Case
from paotui.planning.routes.plan import Cost, Plan
from paotui.planning.routes.problem import Problem

NOTICED = 60
"""Seconds; a stop that moves by less is not worth a sentence."""
ONE_BY_ONE = 3
"""So many new times on a route are told one by one, more are told together."""


@dataclass(frozen=True)
class Told:
    """A plan as the sentences need it: who serves each stop, in which order, and when (None: not known)."""

    order: dict[str, list[str]]
    vehicle: dict[str, str]
    start: dict[str, int | None]
    distance: int
    cost: Cost | None
    unserved: dict[str, LocalText]


def diff(problem: Problem | None, before: Plan, after: Plan) -> list[LocalText]:
    old, new = _told(problem, before), _told(problem, after)
    case = Case(problem) if problem else None
    said = [
        *_vehicles(case, old, new),
        *_moves(case, problem, old, new),
        *_service(case, problem, old, new),
        *_orders(case, old, new),
        *_times(case, problem, old, new),
    ]
    return [*(said or [LocalText("路线没有变化。", "No route has changed.")]), *_totals(problem, old, new)]


def _told(problem: Problem | None, plan: Plan) -> Told:
    order = {one.vehicle: [str(stop) for trip in one.trips for stop in trip] for one in plan.routes}
    starts: dict[str, int | None] = {
        visit.id: visit.start for one in plan.routes for visit in one.visits if visit.kind == "stop"
    }
    distance, cost = sum(one.distance for one in plan.routes), plan.cost
    if problem:
        fleet, wrong = driven(problem, plan)
        starts |= {name: one.visit.start for name, (_, one) in fleet.served.items()}
        if not wrong:  # else a vehicle or stop is of before the change, and the plan's own figures stand
            distance = sum(drive.distance for drive in fleet.drives)
            cost = costs.cost(fleet, [str(one.stop) for one in plan.unserved])
    vehicle = {stop: name for name, stops in order.items() for stop in stops}
    left = {str(one.stop): LocalText(one.reason.zh, one.reason.en) for one in plan.unserved}
    return Told(order, vehicle, {stop: starts.get(stop) for stop in vehicle}, distance, cost, left)


def _at(problem: Problem | None, start: int | None) -> LocalText:
    """ " (9:10)", or nothing."""
    if start is None:
        return LocalText("", "")
    told = words.moment(problem, start) if problem else words.clock(start)
    return LocalText(f"（{told.zh}）", f" ({told.en})")


def _vehicles(case: Case | None, old: Told, new: Told) -> Iterator[LocalText]:
    """Vehicles that drive no longer, or did not before."""
    for name in _in_use(old):
        if not new.order.get(name):
            who = naming.vehicle(case, name)
            yield LocalText(f"{who} 不再出车。", f"{who} no longer drives.")
    for name in _in_use(new):
        if not old.order.get(name):
            who, count = naming.vehicle(case, name), len(new.order[name])
            yield LocalText(
                f"{who} 新增出车，服务 {count} 个点。",
                f"{who} drives now, and serves {count} stop{'' if count == 1 else 's'}.",
            )


def _in_use(plan: Told) -> list[str]:
    return [name for name, stops in plan.order.items() if stops]


def _moves(case: Case | None, problem: Problem | None, old: Told, new: Told) -> Iterator[LocalText]:
    for stop, vehicle in new.vehicle.items():
        before = old.vehicle.get(stop)
        if before is not None and before != vehicle:
            label = naming.stop(case, stop)
            giver, taker = naming.vehicle(case, before), naming.vehicle(case, vehicle)
            was, now = _at(problem, old.start[stop]), _at(problem, new.start[stop])
            yield LocalText(
                f"{label} 由 {giver}{was.zh or ' '}改为 {taker}{now.zh}。",
                f"{label} moves from {giver}{was.en} to {taker}{now.en}.",
            )


def _service(case: Case | None, problem: Problem | None, old: Told, new: Told) -> Iterator[LocalText]:
    """Stops that are served no longer, or now are."""
    for stop, vehicle in old.vehicle.items():
        if stop not in new.vehicle:
            label, who = naming.stop(case, stop), naming.vehicle(case, vehicle)
            why = new.unserved.get(stop)
            yield LocalText(
                f"{who} 不再服务 {label}" + (f"：{why.zh}" if why else "。"),
                f"{who} no longer serves {label}" + (f": {why.en}" if why else "."),
            )
    for stop, vehicle in new.vehicle.items():
        if stop not in old.vehicle:
            label, who, now = naming.stop(case, stop), naming.vehicle(case, vehicle), _at(problem, new.start[stop])
            yield LocalText(f"{who} 新增服务 {label}{now.zh}。", f"{who} now serves {label}{now.en}.")


def _orders(case: Case | None, old: Told, new: Told) -> Iterator[LocalText]:
    """Routes that serve the stops they kept in another order."""
    for name, stops in new.order.items():
        kept, was = ([stop for stop in dict.fromkeys(order) if old.vehicle.get(stop) == new.vehicle.get(stop) == name]
                     for order in (stops, old.order.get(name, [])))  # fmt: skip
        if kept != was:
            who, first = naming.vehicle(case, name), next(i for i, pair in enumerate(zip(kept, was, strict=True))
                                                          if pair[0] != pair[1])  # fmt: skip
            last = len(kept) - next(i for i, pair in enumerate(zip(kept[::-1], was[::-1], strict=True))
                                    if pair[0] != pair[1])  # fmt: skip
            told = [naming.stop(case, stop) for stop in kept[first:last]]
            yield LocalText(
                f"{who} 改变次序：{'、'.join(told)}。", f"{who} changes its order: now {', then '.join(told)}."
            )


def _times(case: Case | None, problem: Problem | None, old: Told, new: Told) -> Iterator[LocalText]:
    """Stops that stay with their vehicle and are served at another time."""
    for name, stops in new.order.items():
        shifts = [
            (stop, was, now)
            for stop in stops
            if old.vehicle.get(stop) == name
            and (was := old.start[stop]) is not None
            and (now := new.start[stop]) is not None
            and abs(now - was) >= _threshold(problem)
        ]
        who = naming.vehicle(case, name)
        if len(shifts) > ONE_BY_ONE:
            yield _together(problem, who, [now - was for _, was, now in shifts])
            continue
        for stop, was, now in shifts:
            label = naming.stop(case, stop)
            before, then = (words.moment(problem, one) if problem else words.clock(one) for one in (was, now))
            yield LocalText(
                f"{who} 到 {label} 由 {before.zh} 改为 {then.zh}。",
                f"{who} serves {label} at {then.en} instead of {before.en}.",
            )


def _threshold(problem: Problem | None) -> int:
    return 1 if problem is not None and problem.source is not None else NOTICED


def _together(problem: Problem | None, who: str, shifts: list[int]) -> LocalText:
    most = max(shifts, key=abs)
    far = words.span(problem, abs(most)) if problem else LocalText(f"{abs(most) // 60} 分钟", f"{abs(most) // 60} min")
    later = LocalText("推迟", "later") if most > 0 else LocalText("提前", "earlier")
    return LocalText(
        f"{who} 有 {len(shifts)} 个点改时间，最多{later.zh} {far.zh}。",
        f"{who} serves {len(shifts)} stops at other times, up to {far.en} {later.en}.",
    )


def _way(problem: Problem | None, old: int, new: int) -> LocalText:
    if problem is not None and problem.source is not None:
        before, after = (f"{metres / problem.source.scale:.10g}" for metres in (old, new))
        return LocalText(f"里程 {after}，原为 {before}。", f"The distance is {after} instead of {before}.")
    was, now = naming.kilometres(problem, old), naming.kilometres(problem, new)
    return LocalText(f"里程 {now.zh}，原为 {was.zh}。", f"The way is {now.en} instead of {was.en}.")


def _totals(problem: Problem | None, old: Told, new: Told) -> Iterator[LocalText]:
    if old.cost and new.cost:
        was, now = (naming.money(problem, one.cost.total) for one in (old, new) if one.cost)
        by = naming.money(problem, new.cost.total - old.cost.total, signed=True)
        yield LocalText(f"总成本 {now.zh}，原为 {was.zh}（{by.zh}）。",
                        f"The cost is {now.en} instead of {was.en} ({by.en}).")  # fmt: skip
    yield _way(problem, old.distance, new.distance)
    gone, left = len(old.unserved), len(new.unserved)
    if gone or left:
        yield LocalText(f"未服务 {left} 个，原为 {gone} 个。", f"Not served are {left} instead of {gone}.")
    pairs = [pair for stops in old.order.values() for pair in pairwise(stops)]
    now_pairs = {pair for stops in new.order.values() for pair in pairwise(stops)}
    if pairs:
        kept = sum(pair in now_pairs for pair in pairs)
        yield LocalText(
            f"{len(pairs)} 个前后相接中保留 {kept} 个（{100 * kept / len(pairs):.0f}%）。",
            f"{kept} of {len(pairs)} successions are kept ({100 * kept / len(pairs):.0f} %).",
        )
