"""Verifies a plan from the problem alone: own travel times, own costs, nothing shared with the planner."""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterator

from paotui.planning.faults import Fault, fault
from paotui.planning.inspections.plan import Plan, Visit
from paotui.planning.inspections.problem import DAY, Inspector, Location, Need, Problem, Site


def check(problem: Problem, plan: Plan, before: Plan | None = None) -> list[Fault]:
    """Return every fault of the plan; none when it holds and its stated costs are right.

    `before` is the announced plan; with it the counts of moved appointments and substituted officers are verified.
    """
    return list(_Check(problem, plan, before).faults())


def misfits(problem: Problem, plan: Plan) -> list[Fault]:
    """Return what the plan names and the problem has not: such a plan cannot be told of, nor drawn."""
    sites, people = {one.id for one in problem.sites}, {one.id for one in problem.inspectors}
    named = [(f"visits[{n}].site", one.site, sites) for n, one in enumerate(plan.visits)]
    named += [(f"visits[{n}].team[{k}].inspector", one.inspector, people)
              for n, visit in enumerate(plan.visits) for k, one in enumerate(visit.team)]  # fmt: skip
    named += [(f"left_out[{n}].site", one.site, sites) for n, one in enumerate(plan.left_out)]
    named += [(f"tours[{n}].inspector", one.inspector, people) for n, one in enumerate(plan.tours)]
    named += [(f"tours[{n}].sites[{k}]", site, sites) for n, one in enumerate(plan.tours)
              for k, site in enumerate(one.sites)]  # fmt: skip
    return [
        fault(path, zh=f"问题中没有“{name}”。请改正编号。", en=f'the problem has no "{name}". Correct the id.')
        for path, name, known in named
        if name not in known
    ]


class _Check:
    def __init__(self, problem: Problem, plan: Plan, before: Plan | None) -> None:
        self.problem, self.plan, self.before = problem, plan, before
        self.sites = {site.id: site for site in problem.sites}
        self.inspectors = {one.id: one for one in problem.inspectors}
        self.diary: dict[str, list[Visit]] = defaultdict(list)

    def faults(self) -> Iterator[Fault]:
        yield from self._who_is_planned()
        for number, visit in enumerate(self.plan.visits):
            if visit.site in self.sites:
                yield from self._visit(visit, self.sites[visit.site], f"visits[{number}]")
        unknown = [
            one.inspector for visit in self.plan.visits for one in visit.team if one.inspector not in self.inspectors
        ]
        if unknown or any(visit.site not in self.sites for visit in self.plan.visits):
            return
        yield from self._tours()
        yield from self._costs()

    def _who_is_planned(self) -> Iterator[Fault]:
        planned = Counter([visit.site for visit in self.plan.visits] + [one.site for one in self.plan.left_out])
        for site in self.sites:
            if planned[site] != 1:
                yield fault(
                    "visits",
                    zh=f"场所“{site}”应恰好出现一次（到访或未排），实为 {planned[site]} 次。",
                    en=f'the site "{site}" is visited or left out {planned[site]} times, not once. Plan it once.',
                )
        for site in planned:
            if site not in self.sites:
                yield fault(
                    "visits",
                    zh=f"问题中没有场所“{site}”。请删去。",
                    en=f'the problem has no site "{site}". Take it out.',
                )

    def _visit(self, visit: Visit, site: Site, path: str) -> Iterator[Fault]:
        longest = max(need.seconds for need in site.needs)
        if visit.end != visit.start + longest:
            yield fault(
                f"{path}.end",
                zh=f"应为开始后 {longest} 秒。请改正。",
                en=f"the visit ends {longest} s after its start. Correct it.",
            )
        if site.locked and visit.start != site.locked.start:
            yield fault(
                f"{path}.start",
                zh=f"已约定 {site.locked.start} 开始。请按约定安排。",
                en=f"the appointment stands at {site.locked.start}. Keep it.",
            )
        if not site.locked:
            if not any(begin <= visit.start and visit.start + longest <= end for begin, end in site.windows):
                yield fault(
                    f"{path}.start",
                    zh="到访不在任何开放时段之内。请改期。",
                    en="the visit lies in no window of the site. Move it.",
                )
            if site.deadline is not None and visit.start + longest > site.deadline:
                yield fault(
                    f"{path}.start",
                    zh="到访超过法定期限。请提前。",
                    en="the visit ends after the legal deadline. Move it forward.",
                )
        liked = not site.preferred or any(
            begin <= visit.start and visit.start + longest <= end for begin, end in site.preferred
        )
        if visit.preferred != liked:
            yield fault(f"{path}.preferred", zh=f"应为 {liked}。请改正。", en=f"this should be {liked}. Correct it.")
        yield from self._team(visit, site, path)

    def _team(self, visit: Visit, site: Site, path: str) -> Iterator[Fault]:
        names = [one.inspector for one in visit.team]
        if len(set(names)) < len(names):
            yield fault(
                f"{path}.team", zh="同一人出现两次。请换人。", en="somebody is in the team twice. Send another."
            )
        if site.locked and site.locked.inspectors and set(names) != set(site.locked.inspectors):
            yield fault(
                f"{path}.team",
                zh="与已约定的人员不符。请按约定派人。",
                en="these are not the inspectors of the standing appointment. Send those.",
            )
        for number, one in enumerate(visit.team):
            who = self.inspectors.get(one.inspector)
            if who is None or who.department != one.department:
                yield fault(
                    f"{path}.team[{number}]",
                    zh=f"“{one.department}”没有此人“{one.inspector}”。请改正。",
                    en=f'"{one.department}" has no inspector "{one.inspector}". Correct it.',
                )
                continue
            self.diary[who.id].append(visit)
        wanted = {need.department for need in site.needs}
        if any(one.department not in wanted for one in visit.team):
            yield fault(
                f"{path}.team",
                zh="有无须到场的部门。请删去。",
                en="a department is there that the site does not need. Leave it out.",
            )
        for need in site.needs:
            yield from self._need(visit, site, need, path)

    def _need(self, visit: Visit, site: Site, need: Need, path: str) -> Iterator[Fault]:
        attending = [one for one in visit.team if one.department == need.department]
        people = [self.inspectors[one.inspector] for one in attending if one.inspector in self.inspectors]
        law = next(one.officers for one in self.problem.departments if one.id == need.department)
        wanted = max(law, need.officers or 1)
        if len(attending) != wanted:
            yield fault(
                f"{path}.team",
                zh=f"“{need.department}”到场 {len(attending)} 人，应为 {wanted} 人。",
                en=f'"{need.department}" sends {len(attending)} officers where {wanted} are needed. Send {wanted}.',
            )
        every = all(set(need.all_hold) <= set(one.holds) for one in people)
        if not every or not any(set(need.one_holds) <= set(one.holds) for one in people):
            yield fault(
                f"{path}.team",
                zh=f"“{need.department}”的人员缺少所需资格。请换人。",
                en=f'the officers of "{need.department}" lack a qualification the site needs. Send others.',
            )
        stay = need.seconds if self.problem.stay == "own" else max(one.seconds for one in site.needs)
        if any(one.leaves != visit.start + stay for one in attending):
            yield fault(
                f"{path}.team",
                zh=f"“{need.department}”应停留 {stay} 秒。",
                en=f'"{need.department}" stays {stay} s. Correct when it leaves.',
            )

    def _tours(self) -> Iterator[Fault]:
        seen: dict[str, list[str]] = defaultdict(list)
        for number, tour in enumerate(self.plan.tours):
            path, who = f"tours[{number}]", self.inspectors.get(tour.inspector)
            visits = [visit for visit in self.diary[tour.inspector] if visit.site in tour.sites]
            visits.sort(key=lambda visit: tour.sites.index(visit.site))
            if who is None or len(visits) != len(tour.sites) or not visits:
                yield fault(
                    path, zh="行程与到访不符。请重新计算。", en="the tour does not match the visits. Plan it again."
                )
                continue
            seen[who.id] += tour.sites
            yield from self._tour(who, visits, path, (tour.leaves, tour.returns, tour.travel))
        for name, visits in self.diary.items():
            if Counter(seen[name]) != Counter(visit.site for visit in visits):
                yield fault(
                    "tours",
                    zh=f"“{name}”的行程未包含其全部到访。",
                    en=f'the tours of "{name}" do not hold the visits of that inspector once each. Add them.',
                )
        yield from self._overlaps()
        yield from self._limits()

    def _overlaps(self) -> Iterator[Fault]:
        ordered = sorted(self.plan.tours, key=lambda tour: (tour.inspector, tour.leaves))
        for one, two in itertools.pairwise(ordered):
            if one.inspector == two.inspector and two.leaves < one.returns:
                yield fault(
                    "tours",
                    zh=f"“{one.inspector}”有两次出行时间重叠。请调整。",
                    en=f'two tours of "{one.inspector}" overlap. Move one of them.',
                )

    def _tour(self, who: Inspector, visits: list[Visit], path: str, stated: tuple[int, int, int]) -> Iterator[Fault]:
        first, last = self.sites[visits[0].site].location, self.sites[visits[-1].site].location
        leaves = visits[0].start - self._travel(who.office, first)
        returns = _leaves(visits[-1], who) + self._travel(last, who.office)
        travel = self._travel(who.office, first) + self._travel(last, who.office)
        for one, two in itertools.pairwise(visits):
            leg = self._travel(self.sites[one.site].location, self.sites[two.site].location)
            travel += leg
            if _leaves(one, who) + leg > two.start:
                yield fault(
                    path,
                    zh=f"“{who.id}”从“{one.site}”来不及赶到“{two.site}”。",
                    en=f'"{who.id}" cannot get from "{one.site}" to "{two.site}" in time. Move one of them.',
                )
        if stated != (leaves, returns, travel):
            yield fault(
                path,
                zh=f"出发、返回、路上时间应为 {leaves}、{returns}、{travel}。",
                en=f"leaves, returns and travel should be {leaves}, {returns} and {travel}. Correct them.",
            )
        if not any(begin <= leaves and returns <= end for begin, end in who.calendar):
            yield fault(
                path,
                zh=f"“{who.id}”此时不在岗（{leaves}–{returns}）。",
                en=f'"{who.id}" is not on duty from {leaves} to {returns}. Send another, or move the visits.',
            )

    def _limits(self) -> Iterator[Fault]:
        work: dict[tuple[str, int], int] = defaultdict(int)
        count: dict[tuple[str, int], int] = defaultdict(int)
        for tour in self.plan.tours:
            key = (tour.inspector, max(0, tour.leaves) // DAY)
            count[key] += len(tour.sites)
            work[key] += tour.travel
        for name, visits in self.diary.items():
            for visit in visits:
                work[name, visit.start // DAY] += _leaves(visit, self.inspectors[name]) - visit.start
        for (name, day), visits_made in count.items():
            who = self.inspectors.get(name)
            if who is None:
                continue  # said of the tour
            if who.visits_per_day is not None and visits_made > who.visits_per_day:
                yield fault(
                    "tours",
                    zh=f"“{name}”第 {day + 1} 天 {visits_made} 次到访，上限 {who.visits_per_day} 次。",
                    en=f'"{name}" has {visits_made} visits on day {day + 1}, the limit is {who.visits_per_day}.',
                )
            if who.work_per_day is not None and work[name, day] > who.work_per_day:
                yield fault(
                    "tours",
                    zh=f"“{name}”第 {day + 1} 天工作 {work[name, day]} 秒，上限 {who.work_per_day} 秒。",
                    en=f'"{name}" works {work[name, day]} s on day {day + 1}, the limit is {who.work_per_day} s.',
                )

    def _costs(self) -> Iterator[Fault]:
        plan, weights = self.plan, self.problem.weights
        load: dict[str, int] = defaultdict(int)
        for name, visits in self.diary.items():
            load[name] = sum(_leaves(visit, self.inspectors[name]) - visit.start for visit in visits)
        right = {
            "travel": sum(tour.travel for tour in plan.tours),
            "preference": weights.preference * sum(not visit.preferred for visit in plan.visits),
            "later_day": sum(
                weights.later_day * self.sites[visit.site].priority * (visit.start // DAY) for visit in plan.visits
            ),
            "balance": sum(math.floor(weights.balance * seconds * seconds / 28_800) for seconds in load.values()),
        }
        right["total"] = sum(right.values())
        if self.before is not None:
            right |= self._changes(self.before)
        for key, value in right.items():
            if getattr(plan.costs, key) != value:
                yield fault(
                    f"costs.{key}",
                    zh=f"应为 {value}。请改正。",
                    en=f"this is {getattr(plan.costs, key)} and should be {value}. Correct it.",
                )
        if plan.bound and plan.bound.value > right["total"]:
            yield fault(
                "bound.value", zh="下界大于费用。请勿采信。", en="the bound lies above the cost. Do not believe it."
            )

    def _changes(self, before: Plan) -> dict[str, int]:
        told = {visit.site: visit for visit in before.visits}
        same = [
            (told[visit.site], visit)
            for visit in self.plan.visits
            if visit.site in told and self.sites[visit.site].locked is None
        ]
        gone = sum(
            one.inspector in self.inspectors and one.inspector not in {new.inspector for new in after.team}
            for then, after in same
            for one in then.team
        )
        return {"moved": sum(then.start != after.start for then, after in same), "substituted": gone}

    def _travel(self, one: Location, two: Location) -> int:
        travel = self.problem.travel
        if travel.matrix is not None:
            return travel.matrix[one.place or 0][two.place or 0]
        x1, y1, x2, y2 = (float(value or 0) for value in (one.x, one.y, two.x, two.y))
        if travel.coordinates == "metres":
            metres = math.sqrt((x1 - x2) ** 2 + (y1 - y2) ** 2)
        else:
            across, up = math.radians(x1 - x2), math.radians(y1 - y2)
            half = math.sin(up / 2) ** 2
            half += math.cos(math.radians(y1)) * math.cos(math.radians(y2)) * math.sin(across / 2) ** 2
            metres = 2 * 6_371_008.8 * math.asin(min(1.0, math.sqrt(half)))
        return math.floor(metres * travel.detour / travel.speed + 0.5)


def _leaves(visit: Visit, who: Inspector) -> int:
    return next(one.leaves for one in visit.team if one.inspector == who.id)
