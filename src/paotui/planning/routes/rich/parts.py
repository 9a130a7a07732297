"""A problem that falls apart: work and vehicles that nothing ties to others are problems of their own.

Stops belong together where one vehicle may serve them, where an order, a round, a shipment or a common start ties them,
and where they stand in one published or locked route. The best plan of each part is found by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from paotui.planning.routes.problem import Problem
from paotui.planning.routes.rich.lowering import Lowered

MOST = 8
"""Each is lowered and begun by itself, which takes its time."""


def parts(lowered: Lowered) -> list[Problem]:
    """The problems a problem falls into, at most `MOST`, the first the largest; itself where it does not.

    Beyond that many the smaller ones are put together. Stops that nobody may serve and vehicles that may serve nothing
    go with the first.
    """
    stops, vehicles = _roots(lowered)
    many = Counter(stops)
    wholes = sorted({*stops} & {*vehicles}, key=lambda root: (-many[root], root))
    if len(wholes) < 2:
        return [lowered.expansion.problem]
    size = [0] * min(MOST, len(wholes))
    place: dict[int, int] = {}
    for root in wholes:
        place[root] = size.index(min(size))
        size[place[root]] += many[root]
    of_stop, of_vehicle = ([place.get(root, 0) for root in roots] for roots in (stops, vehicles))
    return [_part(lowered, of_stop, of_vehicle, number) for number in range(len(size))]


def _part(lowered: Lowered, of_stop: list[int], of_vehicle: list[int], number: int) -> Problem:
    x = lowered.expansion
    problem = x.problem

    def here(name: str) -> bool:
        return of_stop[x.owner[x.stop_number[name]]] == number

    return problem.model_copy(
        update={
            "stops": [stop for stop, part in zip(problem.stops, of_stop, strict=True) if part == number],
            "vehicles": [one for one, part in zip(problem.vehicles, of_vehicle, strict=True) if part == number],
            "orders": [one for one in problem.orders if here(one.before)],
            "together": [one for one in problem.together if here(one.stops[0])],
            "rounds": [one for one in problem.rounds if here(f"{one.stop}@1")],
            "shipments": [one for one in problem.shipments if here(one.pickup)],
        }
    )


def _roots(lowered: Lowered) -> tuple[list[int], list[int]]:
    """By stop and by entry of vehicles of the problem, the number of what they belong to."""
    x = lowered.expansion
    many, kind_of = len(x.problem.stops), lowered.arrays["kind"].tolist()
    root = [*range(many + len(lowered.arrays["fit"]))]

    def find(one: int) -> int:
        while root[one] != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    for first, *others in _ties(lowered, many):
        for other in others:
            root[find(other)] = find(first)
    firsts = {one.number: place for place, one in reversed([*enumerate(x.fleet)])}
    entries = [
        find(many + kind_of[firsts[number]]) if number in firsts else -1 for number in range(len(x.problem.vehicles))
    ]
    return [find(one) for one in range(many)], entries


def _ties(lowered: Lowered, many: int) -> Iterator[Iterable[int]]:
    """What belongs together: stops by number, from `many` on kinds of vehicles."""
    x, kind_of = lowered.expansion, lowered.arrays["kind"].tolist()
    for kind, fits in enumerate(lowered.arrays["fit"]):
        yield [many + kind, *(x.owner[stop] for stop in fits.nonzero()[0].tolist())]
    for place, one in enumerate(x.fleet):
        named = [x.stop_number[name] for name in one.vehicle.locked] + x.published.get(place, [])
        same = [many + kind_of[place - 1]] if place and x.fleet[place - 1].number == one.number else []
        yield [many + kind_of[place], *same, *(x.owner[stop] for stop in named)]
    for link in x.links:
        yield [x.owner[link.a], x.owner[link.b]]
    for shipment in x.problem.shipments:
        yield [x.owner[x.stop_number[shipment.pickup]], x.owner[x.stop_number[shipment.delivery]]]
