"""The best plan of a tiny problem, by trying everything: teams, intervals, orders; starts by relaxation."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import Any

from .cast import DAY


def best(data: dict[str, Any]) -> tuple[int, int] | None:
    """(weight of the sites left out, cost) of the best plan; travel and preference only."""
    sites, found = data["sites"], None
    for chosen in itertools.product(*(_choices(data, one) for one in sites)):
        left = sum(one["priority"] for one, choice in zip(sites, chosen, strict=True) if choice is None)
        if found is not None and left > found[0]:
            continue
        cost = _cheapest_order(data, chosen)
        if cost is not None and (found is None or (left, cost) < found):
            found = (left, cost)
    return found


def _choices(data: dict[str, Any], site: dict[str, Any]) -> Iterator[Any]:
    """None, or (earliest, latest start, cost, {(inspector, interval): stay})."""
    yield None
    longest = max(need["seconds"] for need in site["needs"])
    for begin, end in site["windows"]:
        last = min(end, site["deadline"] or end) - longest
        starts = [(begin, last, data["weights"]["preference"] if site["preferred"] else 0)]
        starts += [(max(begin, a), min(last, b - longest), 0) for a, b in site["preferred"]]
        for low, high, cost in starts:
            if low <= high:
                for team in _teams(data, site, longest, low // DAY):
                    yield low, high, cost, team


def _teams(data: dict[str, Any], site: dict[str, Any], longest: int, day: int) -> Iterator[dict[Any, int]]:
    groups = []
    law = {one["id"]: one["officers"] for one in data["departments"]}
    for need in site["needs"]:
        count = max(law[need["department"]], need["officers"] or 1)
        people = [
            (number, interval)
            for number, who in enumerate(data["inspectors"])
            if who["department"] == need["department"] and set(need["all_hold"]) <= set(who["holds"])
            for interval, (begin, _) in enumerate(who["calendar"])
            if begin // DAY == day
        ]
        stay = need["seconds"] if data["stay"] == "own" else longest
        groups.append([
            dict.fromkeys(team, stay)
            for team in itertools.combinations(people, count)
            if len({number for number, _ in team}) == count
            and any(set(need["one_holds"]) <= set(data["inspectors"][number]["holds"]) for number, _ in team)
        ])  # fmt: skip
    for parts in itertools.product(*groups):
        yield {key: stay for part in parts for key, stay in part.items()}


def _cheapest_order(data: dict[str, Any], chosen: tuple[Any, ...]) -> int | None:
    routes: dict[Any, list[int]] = {}
    for number, choice in enumerate(chosen):
        for key in choice[3] if choice else ():
            routes.setdefault(key, []).append(number)
    base = sum(choice[2] for choice in chosen if choice)
    costs = [
        base + sum(_length(data, key, order) for key, order in zip(routes, orders, strict=True))
        for orders in itertools.product(*(itertools.permutations(stops) for stops in routes.values()))
        if _fits(data, chosen, dict(zip(routes, orders, strict=True)))
    ]
    return min(costs, default=None)


def _fits(data: dict[str, Any], chosen: tuple[Any, ...], orders: dict[Any, tuple[int, ...]]) -> bool:
    """Raise starts to the earliest possible until nothing moves; a cycle moves for ever, past its window."""
    start = {number: choice[0] for number, choice in enumerate(chosen) if choice}
    moved = True
    while moved:
        moved = False
        for key, order in orders.items():
            who = data["inspectors"][key[0]]
            ready, place = who["calendar"][key[1]][0], who["office"]
            for number in order:
                here = data["sites"][number]["location"]
                arrival = ready + travel(data, place, here)
                if arrival > start[number]:
                    start[number], moved = arrival, True
                if start[number] > chosen[number][1]:
                    return False
                ready, place = start[number] + chosen[number][3][key], here
            if ready + travel(data, place, who["office"]) > who["calendar"][key[1]][1]:
                return False
    return True


def _length(data: dict[str, Any], key: Any, order: tuple[int, ...]) -> int:
    office = data["inspectors"][key[0]]["office"]
    places = [office, *(data["sites"][number]["location"] for number in order), office]
    return sum(travel(data, a, b) for a, b in itertools.pairwise(places))


def travel(data: dict[str, Any], one: dict[str, float], two: dict[str, float]) -> int:
    metres = math.sqrt((one["x"] - two["x"]) ** 2 + (one["y"] - two["y"]) ** 2)
    return math.floor(metres * data["travel"]["detour"] / data["travel"]["speed"] + 0.5)
