"""Why a site, an inspector or a day is planned as it is."""

from __future__ import annotations

from collections.abc import Iterator

from paotui.local_text import LocalText
from paotui.planning.faults import ProblemError, fault
from paotui.planning.inspections.plan import LeftOut, Plan, Visit
from paotui.planning.inspections.problem import DAY, Problem, Site
from paotui.planning.inspections.wording import clock, moment, span


def explain(problem: Problem, plan: Plan, subject: str) -> list[LocalText]:
    """Return sentences on a site or an inspector by its id; raises ProblemError where there is neither."""
    site = next((one for one in problem.sites if one.id == subject), None)
    if site is not None:
        visit = next((one for one in plan.visits if one.site == subject), None)
        left = next((one for one in plan.left_out if one.site == subject), None)
        return list(_visited(problem, site, visit) if visit else _left_out(left))
    if any(one.id == subject for one in problem.inspectors):
        return list(_inspector(problem, plan, subject))
    raise ProblemError([fault(
        "", zh=f"没有编号为“{subject}”的场所或人员。请用问题文件中的编号。",
        en=f'there is no site or inspector "{subject}". Use an id of the problem.',
    )])  # fmt: skip


def _visited(problem: Problem, site: Site, visit: Visit) -> Iterator[LocalText]:
    when, until = moment(visit.start), clock(visit.end)
    yield LocalText(f"{site.name or site.id}：{when.zh} 至 {until}。", f"{site.name or site.id}: {when.en} to {until}.")
    law = {one.id: one for one in problem.departments}
    called = {one.id: one.name or one.id for one in problem.inspectors}
    for need in site.needs:
        people = [one for one in visit.team if one.department == need.department]
        names = [called.get(one.inspector, one.inspector) for one in people]
        left = clock(people[0].leaves) if people else "—"
        basis = law[need.department].basis
        cited, cited_zh = (f" ({basis})", f"（{basis}）") if basis and law[need.department].officers > 1 else ("", "")
        sender, count = law[need.department].name or need.department, len(people)
        yield LocalText(
            f"{sender} 派 {count} 人{cited_zh}：{'、'.join(names)}，{left} 离开。",
            f"{sender} sends {count}{cited}: {', '.join(names)}, until {left}.",
        )
    window = next((w for w in site.windows if w[0] <= visit.start and visit.end <= w[1]), None)
    if site.locked:
        yield LocalText("该预约已约定，不作变动。", "The appointment stood and was kept.")
    elif window:
        yield LocalText(
            f"开放时段 {clock(window[0])}–{clock(window[1])}。",
            f"It is open from {clock(window[0])} to {clock(window[1])}.",
        )
    if not visit.preferred:
        yield LocalText("不在申请人希望的时段内。", "This is outside the times the applicant wished for.")
    if site.deadline is not None:
        spare = site.deadline - visit.end
        yield LocalText(
            f"距法定期限还有 {span(spare).zh}（{spare // DAY} 天）。",
            f"{span(spare).en} ({spare // DAY} days) remain to the legal deadline.",
        )


def _left_out(left: LeftOut | None) -> Iterator[LocalText]:
    if left is None:
        yield LocalText("计划中没有该场所。请检查计划。", "The plan does not mention this site. Check the plan.")
        return
    yield LocalText(left.reason_zh, left.reason_en)
    yield LocalText(left.relaxation_zh, left.relaxation_en)


def _inspector(problem: Problem, plan: Plan, who: str) -> Iterator[LocalText]:
    starts = {visit.site: visit.start for visit in plan.visits}
    called = {one.id: one.name or one.id for one in problem.sites}
    tours = [tour for tour in plan.tours if tour.inspector == who]
    if not tours:
        yield LocalText(f"{who} 没有行程。", f"{who} has no tour.")
    for tour in sorted(tours, key=lambda one: one.leaves):
        stops = " → ".join(f"{called[site]} {clock(starts[site])}" for site in tour.sites)
        leaves, back, way = moment(tour.leaves), clock(tour.returns), span(tour.travel)
        yield LocalText(
            f"{leaves.zh} 出发：{stops}，{back} 返回；路上 {way.zh}。",
            f"Leaves {leaves.en}: {stops}, back at {back}; {way.en} of travel.",
        )
