"""Plans again on top of what people were told."""

from __future__ import annotations

from paotui.planning.inspections import announced, engine
from paotui.planning.inspections.arrays import Arrays, arrays
from paotui.planning.inspections.building import plan_of
from paotui.planning.inspections.necessity import has_no_start
from paotui.planning.inspections.params import Params
from paotui.planning.inspections.plan import LeftOut, Plan
from paotui.planning.inspections.problem import Problem
from paotui.planning.stop import Stop


def replan(problem: Problem, stop: Stop, seed: int, params: Params, tell: engine.Tell, start: Plan) -> Plan:
    """First with every appointment standing that can be kept; others move only where one would be lost otherwise.

    Unless `params.move_others` is "if_needed", each lost one has to be proven to have no start while the others stand
    (`necessity`); one that is not proven is left out, with that reason.
    """
    told = {visit.site: visit for visit in start.visits}
    free = arrays(problem, told)
    kept = announced.solution(free, start)
    fixed = frozenset(number for number, option in enumerate(kept.option) if option >= 0 and number in free.announced)
    made = arrays(problem, told, fixed)
    half = _half(stop)
    plan = plan_of(made, engine.improve(made, half, seed, params, tell, announced.solution(made, start)))
    left = {one.site for one in plan.left_out}
    lost = left & set(told)
    if not lost:
        return plan
    # Nobody moves for a site that was never announced either.
    waiting: set[str] = set() if params.move_others == "if_needed" else left - _proven(free, fixed, lost)
    if lost <= waiting:
        return _said(plan, lost)
    other = plan_of(free, engine.improve(_without(free, waiting), half, seed, params, tell, kept))
    gained = _weight(problem, other) < _weight(problem, plan)
    return _said(other if gained else plan, waiting & lost)


def _half(stop: Stop) -> Stop:
    seconds = None if stop.seconds is None else stop.seconds / 2
    iterations = None if stop.iterations is None else -(-stop.iterations // 2)
    return Stop(seconds, iterations, cancel=stop.cancel)


def _proven(free: Arrays, fixed: frozenset[int], lost: set[str]) -> set[str]:
    """The lost sites that have no start while the standing appointments keep theirs."""
    standing = {number: free.announced[number][0] for number in fixed}
    sites = [number for number, site in enumerate(free.problem.sites) if site.id in lost]
    return {free.problem.sites[number].id for number in sites if has_no_start(free, standing, number)}


def _without(made: Arrays, waiting: set[str]) -> Arrays:
    """Nobody moves for these: they stay left out."""
    if not waiting:
        return made
    options = [
        [] if site.id in waiting else options for site, options in zip(made.problem.sites, made.options, strict=True)
    ]
    return Arrays(made.problem, made.times, made.slots, options, made.routes, made.classes, made.announced, made.stride)


def _said(plan: Plan, waiting: set[str]) -> Plan:
    """Sites for which others might have moved carry that reason; those that lack people or time keep theirs."""
    left_out = tuple(
        _standing(one) if one.site in waiting and one.code in {"capacity", "search"} else one for one in plan.left_out
    )
    return plan.model_copy(update={"left_out": left_out})


def _standing(one: LeftOut) -> LeftOut:
    return LeftOut(
        site=one.site,
        code="standing",
        reason_zh="其他预约不动时未找到时间；并未证明一定没有，故不改动他人的预约。",
        reason_en="No time was found while the other appointments stand; as none is not proven, nobody else was moved.",
        relaxation_zh="再算一次或延长求解时间；或在参数中设 move_others 为 if_needed，允许改动其他预约。"
        f"{one.relaxation_zh}",
        relaxation_en=f'Plan again or longer, or allow others to move (params: move_others "if_needed"). '
        f"{one.relaxation_en}",
    )  # fmt: skip


def _weight(problem: Problem, plan: Plan) -> int:
    priority = {site.id: site.priority for site in problem.sites}
    return sum(priority[one.site] for one in plan.left_out)
