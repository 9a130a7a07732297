"""Why a site has no visit, and the smallest change that would give it one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from paotui.planning.inspections.arrays import UNLIMITED, Arrays, Route, Slot, duration
from paotui.planning.inspections.engine import Solution
from paotui.planning.inspections.plan import LeftOut
from paotui.planning.inspections.wording import moment, span

Busy = dict[int, list[tuple[int, int, int]]]
"""Per route the visits in order: start, end of stay, site."""


@dataclass(frozen=True, slots=True)
class Shortage:
    """At the start `at`, this many officers are missing by department."""

    at: int
    missing: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        return sum(count for _, count in self.missing)


def reasons(made: Arrays, found: Solution) -> Iterator[LeftOut]:
    """Yield one entry per site without a visit."""
    if all(option >= 0 for option in found.option):
        return
    busy = {
        number: [(found.starts[site], found.starts[site] + made.slots[site][slot].stay, site) for site, slot in stops]
        for number, stops in enumerate(found.routes)
    }
    free: Busy = {number: [] for number in busy}
    for site, option in enumerate(found.option):
        if option < 0:
            yield _reason(made, site, busy, free)


def _reason(made: Arrays, site: int, busy: Busy, free: Busy) -> LeftOut:
    if lacking := _unqualified(made, site):
        return _nobody(made, site, lacking)
    if not made.options[site]:
        return _too_short(made, site)
    alone = _smallest_shortage(made, site, free)
    if alone.total:
        return _say(made, site, alone, code="calendar")
    return _say(made, site, _smallest_shortage(made, site, busy), code="capacity")


def _unqualified(made: Arrays, site: int) -> list[tuple[str, int]]:
    """Departments with fewer people who may do it than the site needs, and how many are lacking."""
    found: dict[str, int] = {}
    for slot in made.slots[site]:
        needed = sum(one.group == slot.group for one in made.slots[site])
        if (lack := needed - len(made.classes[slot.group])) > 0:
            found[slot.department] = max(lack, found.get(slot.department, 0))
    return sorted(found.items())


def _nobody(made: Arrays, site: int, lacking: list[tuple[str, int]]) -> LeftOut:
    zh, en = _people(made, lacking)
    return LeftOut(
        site=made.problem.sites[site].id,
        code="qualification",
        reason_zh="具备资格的人员不足。",
        reason_en="There are too few people with the qualifications this site needs.",
        relaxation_zh=f"增加{zh}（须具备所需资格）。",
        relaxation_en=f"Add {en} with the qualifications asked for.",
    )


def _too_short(made: Arrays, site: int) -> LeftOut:
    one, long = made.problem.sites[site], duration(made.problem, made.problem.sites[site])
    ends = [(begin, end if one.deadline is None else min(end, one.deadline)) for begin, end in one.windows]
    begin, _end = min(ends, key=lambda window: long - (window[1] - window[0]))
    late = one.deadline is not None and any(until - start >= long for start, until in one.windows)
    thing_zh, thing_en = ("法定期限", "legal deadline") if late else ("开放时段", "opening window")
    until = min(start for start, stop in one.windows if stop - start >= long) + long if late else begin + long
    return LeftOut(
        site=one.id,
        code="deadline" if late else "window",
        reason_zh=f"{thing_zh}内放不下 {span(long).zh} 的到场检查。",
        reason_en=f"No visit of {span(long).en} fits the {thing_en}.",
        relaxation_zh=f"将{thing_zh}延至{moment(until).zh}。",
        relaxation_en=f"Extend the {thing_en} to {moment(until).en}.",
    )


def _say(made: Arrays, site: int, shortage: Shortage, code: str) -> LeftOut:
    one, when = made.problem.sites[site], moment(shortage.at)
    zh, en = _people(made, list(shortage.missing))
    if not shortage.total:
        return LeftOut(
            site=one.id, code="search",
            reason_zh="本次求解时间内未排入；并非无法安排。",
            reason_en="It was not placed within the time given; nothing found forbids it.",
            relaxation_zh=f"再算一次或延长求解时间；{when.zh}所需人员均有空。",
            relaxation_en=f"Plan again or longer; everyone it needs is free at {when.en}.",
        )  # fmt: skip
    why_zh = "所需人员没有共同的在岗时间。" if code == "calendar" else "所需人员已排满其他检查。"
    why_en = (
        "The people it needs are not on duty at the same time within its windows."
        if code == "calendar"
        else "The people it needs have other visits whenever it is open."
    )
    return LeftOut(
        site=one.id, code=code, reason_zh=why_zh, reason_en=why_en,
        relaxation_zh=f"{when.zh}增加{zh}即可。",
        relaxation_en=f"{en[0].upper()}{en[1:]} more at {when.en} would do.",
    )  # fmt: skip


def _people(made: Arrays, missing: list[tuple[str, int]]) -> tuple[str, str]:
    names = {one.id: one.name or one.id for one in made.problem.departments}
    zh = "、".join(f"{names[department]} {count} 人" for department, count in missing)
    en = " and ".join(f"{count} of {names[department]}" for department, count in missing)
    return zh, en


def _smallest_shortage(made: Arrays, site: int, busy: Busy) -> Shortage:
    """The start at which the fewest officers are missing, everything else staying where it is."""
    best: Shortage | None = None
    for option in made.options[site]:
        for at in _starts(made, site, option.day, option.low, option.high, busy):
            here = _shortage(made, site, option.day, at, busy)
            if best is None or here.total < best.total:
                best = here
            if not best.total:
                return best
    assert best is not None
    return best


def _starts(made: Arrays, site: int, day: int, low: int, high: int, busy: Busy) -> list[int]:
    """When somebody could just be there: enough starts to try."""
    found = {low, high}
    for number, route in enumerate(made.routes):
        if route.day == day:
            arrivals = [route.opens + int(made.times[route.office, site])]
            arrivals += [end + int(made.times[at, site]) for _, end, at in busy[number]]
            found.update(one for one in arrivals if low <= one <= high)
    return sorted(found)


def _shortage(made: Arrays, site: int, day: int, at: int, busy: Busy) -> Shortage:
    taken: set[int] = set()
    missing: dict[str, int] = {}
    for slot in sorted(made.slots[site], key=lambda one: len(made.classes[one.group])):
        who = _free_person(made, slot, day, at, busy, taken)
        if who is None:
            missing[slot.department] = missing.get(slot.department, 0) + 1
        else:
            taken.add(who)
    return Shortage(at, tuple(sorted(missing.items())))


def _free_person(made: Arrays, slot: Slot, day: int, at: int, busy: Busy, taken: set[int]) -> int | None:
    members = set(made.classes[slot.group]) - taken
    for number, route in enumerate(made.routes):
        if route.day == day and route.person in members and _is_free(made, route, busy[number], slot, at):
            return route.person
    return None


def _is_free(made: Arrays, route: Route, visits: list[tuple[int, int, int]], slot: Slot, at: int) -> bool:
    before = [(end, site) for start, end, site in visits if start < at]
    after = [(start, site) for start, _, site in visits if start >= at]
    ready, from_where = before[-1] if before else (route.opens, route.office)
    due, to_where = after[0] if after else (route.closes, route.office)
    to, back = int(made.times[from_where, slot.site]), int(made.times[slot.site, to_where])
    who = made.problem.inspectors[route.person]
    if len(visits) >= (who.visits_per_day or UNLIMITED):
        return False
    if ready + to > at or at + slot.stay + back > due:
        return False
    return who.work_per_day is None or _work(made, route, visits) + to + slot.stay + back <= who.work_per_day


def _work(made: Arrays, route: Route, visits: list[tuple[int, int, int]]) -> int:
    nodes = [route.office, *(site for _, _, site in visits), route.office]
    legs = sum(int(made.times[a, b]) for a, b in itertools.pairwise(nodes))
    return legs + sum(end - start for start, end, _ in visits)
