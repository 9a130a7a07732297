"""A day as the kernel of the bound sees it: sites with starts allowed, departments with people, offices, stays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from paotui.planning.inspections.arrays import Arrays, Route, Slot

Times = npt.NDArray[np.int64]
NEVER = 10**9


@dataclass(frozen=True)
class Department:
    """What a department has to bring to the sites of a day, and who can.

    `officers` is the fewest a site takes, `threads` how many of them at the least go from each visit to the next,
    because too few people are there to be at two places. `simple`: nobody has two tours, every site takes as many.
    """

    name: str
    sites: tuple[int, ...]
    officers: int
    threads: int
    tours: int
    one_place: bool
    simple: bool
    span: int
    legs: list[list[int]]
    """Out, back, and both by the shortest way, then the stay: by site of the day."""


@dataclass(frozen=True)
class Day:
    """`sites` by their numbers in the problem; all else by their numbers in the day."""

    day: int
    sites: tuple[int, ...]
    extra: list[int]
    travel: Times
    closed: Times
    starts: list[list[tuple[int, int]]]
    departments: list[Department]


def days(made: Arrays) -> list[Day]:
    """Return the days of a problem on which a site can be visited."""
    closed = _shortest(made.times)
    found = [_day(made, day, closed) for day in range(made.problem.days)]
    return [one for one in found if one.sites]


def _shortest(times: npt.NDArray[np.int32]) -> Times:
    """Travel times no longer than any way round."""
    closed = times.astype(np.int64)
    for via in range(len(closed)):
        closed = np.minimum(closed, closed[:, via : via + 1] + closed[via : via + 1, :])
    return closed


def _day(made: Arrays, day: int, closed: Times) -> Day:
    sites = tuple(site for site, options in enumerate(made.options) if any(one.day == day for one in options))
    offered = [[one for one in made.options[site] if one.day == day] for site in sites]
    names = [one.id for one in made.problem.departments]
    departments = [one for name in names if (one := _department(made, day, name, sites, closed)) is not None]
    starts = [_merged([(one.low, one.high) for one in options]) for options in offered]
    for one in departments:
        for local in one.sites:
            starts[local] = _while_there(made, day, one, sites[local], starts[local], closed)
    around = np.ix_(sites, sites)
    extra = [min(one.cost for one in options) for options in offered]
    return Day(day, sites, extra, made.times[around].astype(np.int64), closed[around], starts, departments)


def _merged(windows: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for low, high in sorted(windows):
        if found and low <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return found


def _routes(made: Arrays, day: int, name: str) -> list[Route]:
    return [one for one in made.routes if one.day == day and made.problem.inspectors[one.person].department == name]


def _own(made: Arrays, site: int, name: str) -> list[Slot]:
    return [slot for slot in made.slots[site] if slot.department == name]


def _department(made: Arrays, day: int, name: str, sites: tuple[int, ...], closed: Times) -> Department | None:
    mine = tuple(local for local, site in enumerate(sites) if _own(made, site, name))
    if not mine:
        return None
    routes = _routes(made, day, name)
    persons, officers = len({one.person for one in routes}), [len(_own(made, sites[local], name)) for local in mine]
    fewest, offices = min(officers), sorted({one.office for one in routes})
    legs = [
        [min((int(times[a, b]) for a, b in _ways(offices, site, back)), default=0) for site in sites]
        for times in (made.times, closed)
        for back in (False, True)
    ]
    stays = [min((slot.stay for slot in _own(made, site, name)), default=0) for site in sites]
    return Department(
        name, mine, fewest, max(0, 2 * fewest - persons), len(routes), 2 * fewest > persons,
        persons == len(routes) and len(set(officers)) == 1,
        max((one.closes for one in routes), default=0) - min((one.opens for one in routes), default=0), [*legs, stays],
    )  # fmt: skip


def _ways(offices: list[int], site: int, back: bool) -> list[tuple[int, int]]:
    return [(site, office) if back else (office, site) for office in offices]


def _while_there(
    made: Arrays, day: int, one: Department, site: int, starts: list[tuple[int, int]], closed: Times
) -> list[tuple[int, int]]:
    """Starts at which the department can have come and can still go home."""
    routes, slots = _routes(made, day, one.name), _own(made, site, one.name)
    if len({route.person for route in routes}) < len(slots):
        return []
    stay = min(slot.stay for slot in slots)
    first = min((route.opens + int(closed[route.office, site]) for route in routes), default=NEVER)
    last = max((route.closes - stay - int(closed[site, route.office]) for route in routes), default=-1)
    return [(max(low, first), min(high, last)) for low, high in starts if max(low, first) <= min(high, last)]
