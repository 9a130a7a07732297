"""What ties stops of a problem together: shipments, orders, company, rounds, locks; none may contradict itself."""

from __future__ import annotations

from collections.abc import Iterator

from paotui.planning.faults import Fault, fault
from paotui.planning.routes.problem import Problem

Graph = dict[str, list[tuple[str, str]]]
"""By stop, what comes after it, and the path that says so."""


def faults(problem: Problem) -> Iterator[Fault]:
    known = _names(problem)
    yield from _unknown_stops(problem, known)
    yield from _alone(problem)
    yield from _gaps(problem)
    yield from _rounds(problem)
    yield from _locks(problem)
    yield from _cycles(problem)


def _names(problem: Problem) -> set[str]:
    """Stops by the names they are served under: visits of rounds have their own."""
    rounds = {one.stop: one.count for one in problem.rounds}
    return {
        name
        for stop in problem.stops
        for name in (
            [f"{stop.id}@{place}" for place in range(1, rounds[stop.id] + 1)] if stop.id in rounds else [stop.id]
        )
    }


def _unknown_stops(problem: Problem, known: set[str]) -> Iterator[Fault]:
    rounds = {one.stop for one in problem.rounds}
    for path, name in _references(problem):
        if name in known:
            continue
        if name in rounds:
            yield fault(
                path,
                zh=f"“{name}”是巡回作业。请指明哪一次：“{name}@1”等。",
                en=f"'{name}' is a round. Say which visit: '{name}@1' and so on.",
            )
        else:
            yield fault(path, zh=f"没有点“{name}”。请改正编号。", en=f"there is no stop '{name}'. Correct the id.")


def _references(problem: Problem) -> Iterator[tuple[str, str]]:
    for number, shipment in enumerate(problem.shipments):
        yield f"shipments[{number}].pickup", shipment.pickup
        yield f"shipments[{number}].delivery", shipment.delivery
    for number, order in enumerate(problem.orders):
        yield f"orders[{number}].before", order.before
        yield f"orders[{number}].after", order.after
    for number, group in enumerate(problem.together):
        for place, name in enumerate(group.stops):
            yield f"together[{number}].stops[{place}]", name
    for number, vehicle in enumerate(problem.vehicles):
        for place, name in enumerate(vehicle.locked):
            yield f"vehicles[{number}].locked[{place}]", name


def _alone(problem: Problem) -> Iterator[Fault]:
    """Two ends that are one and the same stop, or a stop named twice."""
    for number, shipment in enumerate(problem.shipments):
        if shipment.pickup == shipment.delivery:
            yield fault(
                f"shipments[{number}]",
                zh=f"取货点与送货点都是 {shipment.pickup}。请改正。",
                en=f"{shipment.pickup} is both its pick-up and its delivery. Correct either.",
            )
    for number, group in enumerate(problem.together):
        if len(set(group.stops)) < len(group.stops):
            yield fault(f"together[{number}].stops", zh="有点写了两次。请只留一次。",
                        en="a stop is there twice. Keep one.")  # fmt: skip


def _gaps(problem: Problem) -> Iterator[Fault]:
    limits = [
        *((f"orders[{place}].max_gap", one.min_gap, one.max_gap) for place, one in enumerate(problem.orders)),
        *((f"rounds[{place}].max_spacing", one.min_spacing, one.max_spacing)
          for place, one in enumerate(problem.rounds)),
    ]  # fmt: skip
    for path, least, most in limits:
        if most is not None and most < least:
            yield fault(
                path,
                zh=f"最大间隔 {most} 小于最小间隔 {least}。请改正。",
                en=f"at most {most} is below at least {least}. Correct either.",
            )


def _rounds(problem: Problem) -> Iterator[Fault]:
    stops = {stop.id for stop in problem.stops}
    seen: set[str] = set()
    for number, one in enumerate(problem.rounds):
        path = f"rounds[{number}].stop"
        if one.stop not in stops:
            yield fault(
                path, zh=f"没有点“{one.stop}”。请改正编号。", en=f"there is no stop '{one.stop}'. Correct the id."
            )
        elif one.stop in seen:
            yield fault(
                path, zh=f"“{one.stop}”已有巡回作业。请合并。", en=f"'{one.stop}' has a round already. Join them."
            )
        seen.add(one.stop)


def _locks(problem: Problem) -> Iterator[Fault]:
    holder: dict[str, str] = {}
    for number, vehicle in enumerate(problem.vehicles):
        if vehicle.locked and vehicle.count not in (0, 1):
            yield fault(
                f"vehicles[{number}].locked",
                zh=f"“{vehicle.id}”不止一辆，不知锁定给哪一辆。请单独列出该车。",
                en=f"'{vehicle.id}' is several vehicles, and it is not said which. List that one by itself.",
            )
        for place, name in enumerate(vehicle.locked):
            path = f"vehicles[{number}].locked[{place}]"
            if name in holder:
                yield fault(
                    path,
                    zh=f"{name} 已锁定给 {holder[name]}。请只留一处。",
                    en=f"{name} is locked to {holder[name]} already. Keep one.",
                )
            holder.setdefault(name, vehicle.id)


def _cycles(problem: Problem) -> Iterator[Fault]:
    """Stops that would each come before the other."""
    leader = _companies(problem)
    graph: Graph = {}
    for number, order in enumerate(problem.orders):
        ends = leader.get(order.before, order.before), leader.get(order.after, order.after)
        graph.setdefault(ends[0], []).append((ends[1], f"orders[{number}]"))
    for number, one in enumerate(problem.rounds):
        for visit in range(1, one.count):
            ends = (f"{one.stop}@{visit}", f"{one.stop}@{visit + 1}")
            graph.setdefault(leader.get(ends[0], ends[0]), []).append(
                (leader.get(ends[1], ends[1]), f"rounds[{number}]")
            )
    if found := _cycle(graph):
        names, path = found
        chain = " → ".join([*names, names[0]])
        yield fault(path, zh=f"先后次序成环：{chain}。请去掉其中一条。",
                    en=f"the order runs in a circle: {chain}. Take one of its links out.")  # fmt: skip


def _companies(problem: Problem) -> dict[str, str]:
    """By stop, the one that stands for all that start together with it."""
    leader: dict[str, str] = {}
    for group in problem.together:
        heads = {leader.get(stop, stop) for stop in group.stops}
        first = min(heads)
        members = set(group.stops) | {stop for stop, head in leader.items() if head in heads}
        leader |= dict.fromkeys(members, first)
    return leader


def _cycle(graph: Graph) -> tuple[list[str], str] | None:
    """A circle in the graph and the path of the link that closes it; without recursion, lists may be long."""
    done: set[str] = set()
    for root in graph:
        trail: dict[str, None] = {}
        stack: list[tuple[str, str, bool]] = [(root, "", False)]
        while stack:
            node, path, leaving = stack.pop()
            if leaving:
                trail.popitem()
                done.add(node)
            elif node in trail:
                names = list(trail)
                return names[names.index(node) :], path
            elif node not in done:
                trail[node] = None
                stack.append((node, path, True))
                stack += [(after, link, False) for after, link in graph.get(node, [])]
    return None
