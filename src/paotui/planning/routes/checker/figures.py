"""Figures a plan states of itself: lengths, loads, costs, bound."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from paotui.planning.routes.checker import costs, loads
from paotui.planning.routes.checker.driving import Drive, Fleet
from paotui.planning.routes.checker.faults import Fault, fault, stated
from paotui.planning.routes.plan import Plan

HALF_A_FEN = Decimal("0.005")
NAMES = {
    "fixed": "固定成本", "distance": "里程成本", "duration": "工时成本", "overtime": "加班成本",
    "unserved": "未服务代价", "change": "变更代价", "balance": "均衡代价", "territory": "片区代价",
}  # fmt: skip


def check(fleet: Fleet, plan: Plan) -> Iterator[Fault]:
    for drive in fleet.drives:
        if drive.stated:
            yield from _lengths(drive, plan)
            yield from _loads(drive, plan)
    if plan.cost is not None:
        yield from _cost(fleet, plan)
    yield from _bound(plan)


def _lengths(drive: Drive, plan: Plan) -> Iterator[Fault]:
    route = plan.routes[drive.place]
    if route.distance != drive.distance:
        yield stated(f"{drive.path}.distance", ("里程", "the distance"), route.distance, drive.distance)
    if route.duration != drive.duration:
        yield stated(f"{drive.path}.duration", ("历时", "the duration"), route.duration, drive.duration)


def _loads(drive: Drive, plan: Plan) -> Iterator[Fault]:
    """What is said to be on board after each visit; a route that says it nowhere is left alone."""
    if not any(visit.load for visit in plan.routes[drive.place].visits):
        return
    found = _on_board(drive)
    for one in drive.activities:
        said = {dimension: amount for dimension, amount in one.visit.load.items() if amount}
        if said != found[one.path]:
            yield stated(f"{one.path}.load", ("载量", "the load"), said, found[one.path])


def _on_board(drive: Drive) -> dict[str, dict[str, int]]:
    """By path of the activity, the load afterwards."""
    after: dict[str, dict[str, int]] = {}
    for number, trip in enumerate(drive.trips()):
        onboard = drive.vehicle.onboard if number == 0 else {}
        for one, load in loads.on_board(drive, trip, onboard):
            key = one.path if one else trip.begins.path if trip.begins else ""
            after[key] = dict(load)
    now = after.get("", {})
    for one in drive.activities:
        now = after.setdefault(one.path, now)
    return after


def _cost(fleet: Fleet, plan: Plan) -> Iterator[Fault]:
    assert plan.cost
    found = costs.components(fleet, [str(one.stop) for one in plan.unserved])
    for name, exact in found.items():
        said = getattr(plan.cost, name)
        if abs(said - costs.fen(exact)) > HALF_A_FEN:
            yield stated(f"cost.{name}", (NAMES[name], f"the cost of {name}"), said, costs.fen(exact))
    total = sum((costs.fen(exact) for exact in found.values()), Decimal(0))
    if abs(plan.cost.total - total) > HALF_A_FEN * len(found):
        yield stated("cost.total", ("总成本", "the total cost"), plan.cost.total, total)


def _bound(plan: Plan) -> Iterator[Fault]:
    if plan.cost is None or plan.bound is None:
        return
    total = plan.cost.total
    if plan.bound > total + HALF_A_FEN:
        yield fault(
            "bound",
            zh=f"下界 {plan.bound} 高于总成本 {total}，不是下界。请删去。",
            en=f"the bound {plan.bound} is above the total {total}, so it is none. Leave it out.",
        )
    gap = float((total - plan.bound) / total) if total else 0.0
    if plan.gap is not None and abs(plan.gap - gap) > 1e-6:
        yield stated("gap", ("差距", "the gap"), plan.gap, round(gap, 9))
