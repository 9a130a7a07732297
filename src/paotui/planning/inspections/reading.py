"""Reads problems and plans, and refuses what contradicts itself, with its path and a remedy."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from paotui.planning import reading
from paotui.planning.faults import Fault, ProblemError, fault, twice
from paotui.planning.inspections.params import Params
from paotui.planning.inspections.plan import Plan
from paotui.planning.inspections.problem import DAY, Interval, Location, Problem, Site


def read_problem(data: bytes, name: str = "") -> Problem:
    """Return the problem in JSON; raises ProblemError with every fault found."""
    problem = reading.read(Problem, data)
    if faults := list(_contradictions(problem)):
        raise ProblemError(faults)
    return problem


def read_plan(data: bytes) -> Plan:
    """Return the plan in JSON; raises ProblemError with every fault found."""
    return reading.read(Plan, data)


def read_params(data: bytes) -> Params:
    """Return the parameters in JSON; raises ProblemError with every fault found."""
    return reading.read(Params, data)


def _contradictions(problem: Problem) -> Iterator[Fault]:
    for kind in ("departments", "inspectors", "sites"):
        yield from twice(kind, [one.id for one in getattr(problem, kind)])
    departments = {one.id for one in problem.departments}
    for number, inspector in enumerate(problem.inspectors):
        path = f"inspectors[{number}]"
        if inspector.department not in departments:
            yield _unknown(f"{path}.department", inspector.department, "departments")
        yield from _misplaced(problem, inspector.office, f"{path}.office")
        yield from _bad_intervals(problem, inspector.calendar, f"{path}.calendar")
        yield from _overlaps(inspector.calendar, f"{path}.calendar")
    inspectors = {one.id for one in problem.inspectors}
    for number, site in enumerate(problem.sites):
        yield from _of_site(problem, site, f"sites[{number}]", departments, inspectors)


def _of_site(problem: Problem, site: Site, path: str, departments: set[str], inspectors: set[str]) -> Iterator[Fault]:
    yield from _misplaced(problem, site.location, f"{path}.location")
    yield from _bad_intervals(problem, site.windows, f"{path}.windows")
    yield from _bad_intervals(problem, site.preferred, f"{path}.preferred")
    yield from twice(f"{path}.needs", [need.department for need in site.needs], "department")
    for number, need in enumerate(site.needs):
        if need.department not in departments:
            yield _unknown(f"{path}.needs[{number}].department", need.department, "departments")
    if site.locked:
        if (day := site.locked.start // DAY) >= problem.days:
            yield fault(
                f"{path}.locked.start",
                zh=f"约定在第 {day + 1} 天，而计划只有 {problem.days} 天。请增加 days 或改正。",
                en=f"the appointment is on day {day + 1} of {problem.days}. Raise days, or correct it.",
            )
        yield from twice(f"{path}.locked.inspectors", site.locked.inspectors, "")
        for number, who in enumerate(site.locked.inspectors):
            if who not in inspectors:
                yield _unknown(f"{path}.locked.inspectors[{number}]", who, "inspectors")


def _unknown(path: str, name: str, where: str) -> Fault:
    return fault(
        path,
        zh=f"{where} 中没有“{name}”。请改正或补上。",
        en=f'there is no "{name}" among the {where}. Correct it, or add it there.',
    )


def _misplaced(problem: Problem, location: Location, path: str) -> Iterator[Fault]:
    matrix = problem.travel.matrix
    if matrix is None and (location.x is None or location.y is None or location.place is not None):
        yield fault(
            path,
            zh="旅行时间按坐标计算，此处须写 x 和 y（且不写 place）。请补上。",
            en="travel goes by coordinates, so x and y are needed here, and no place. Write them.",
        )
    elif matrix is not None and (location.place is None or location.place >= len(matrix)):
        yield fault(
            path,
            zh=f"旅行时间按矩阵计算，此处须写 place，范围 0 至 {len(matrix) - 1}。请改正。",
            en=f"travel goes by a matrix, so a place from 0 to {len(matrix) - 1} is needed here. Correct it.",
        )
    elif problem.travel.coordinates == "degrees" and not (abs(location.x or 0) <= 180 and abs(location.y or 0) <= 90):
        yield fault(
            path,
            zh="经度（x）须在 ±180 内，纬度（y）须在 ±90 内。请检查是否写反。",
            en="longitude (x) lies within ±180 and latitude (y) within ±90. Check whether they are swapped.",
        )


def _bad_intervals(problem: Problem, intervals: tuple[Interval, ...], path: str) -> Iterator[Fault]:
    for number, (begin, end) in enumerate(intervals):
        if end <= begin or begin // DAY != (end - 1) // DAY:
            yield fault(
                f"{path}[{number}]",
                zh=f"时段 {begin}–{end} 须先始后终且在同一天内。请改正或分成两段。",
                en=f"the interval {begin}–{end} does not begin before it ends on the same day. Correct or split it.",
            )
        elif begin // DAY >= problem.days:
            yield fault(
                f"{path}[{number}]",
                zh=f"时段在第 {begin // DAY + 1} 天，而计划只有 {problem.days} 天。请增加 days 或删去。",
                en=f"the interval is on day {begin // DAY + 1} of {problem.days}. Raise days, or leave it out.",
            )


def _overlaps(intervals: tuple[Interval, ...], path: str) -> Iterator[Fault]:
    order = sorted(range(len(intervals)), key=lambda number: intervals[number])
    for before, after in itertools.pairwise(order):
        if intervals[after][0] < intervals[before][1]:
            yield fault(
                f"{path}[{after}]",
                zh="与另一时段重叠。请合并。",
                en="this interval overlaps another one. Merge them.",
            )
