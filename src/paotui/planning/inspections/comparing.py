"""What changed between two plans, as one would read it out."""

from __future__ import annotations

from collections.abc import Iterator

from paotui.local_text import LocalText
from paotui.planning.inspections.plan import Plan, Visit
from paotui.planning.inspections.problem import Problem
from paotui.planning.inspections.wording import moment


def diff(problem: Problem | None, before: Plan, after: Plan) -> list[LocalText]:
    """Return one sentence per appointment that is moved, re-staffed, dropped or new, then the change of cost."""
    names = {site.id: site.name or site.id for site in problem.sites} if problem else {}
    then, now = ({visit.site: visit for visit in plan.visits} for plan in (before, after))
    found = []
    for site in dict.fromkeys([*then, *now]):
        found += list(_changed(names.get(site, site), then.get(site), now.get(site)))
    found = found or [LocalText("预约没有变化。", "Every appointment stands.")]
    return [*found, _costs(before, after)]


def _changed(name: str, then: Visit | None, now: Visit | None) -> Iterator[LocalText]:
    if then is None and now is not None:
        yield LocalText(f"{name}：新排 {moment(now.start).zh}。", f"{name}: new, {moment(now.start).en}.")
    elif then is not None and now is None:
        yield LocalText(
            f"{name}：原定 {moment(then.start).zh}，现未排入。",
            f"{name}: was {moment(then.start).en}, now left out.",
        )
    elif then is not None and now is not None:
        if then.start != now.start:
            yield LocalText(
                f"{name}：由 {moment(then.start).zh} 改为 {moment(now.start).zh}。",
                f"{name}: moved from {moment(then.start).en} to {moment(now.start).en}.",
            )
        was, are = ({one.inspector for one in visit.team} for visit in (then, now))
        if was != are:
            yield LocalText(
                f"{name}：{'、'.join(sorted(are - was))} 接替 {'、'.join(sorted(was - are))}。",
                f"{name}: {', '.join(sorted(are - was))} instead of {', '.join(sorted(was - are))}.",
            )


def _costs(before: Plan, after: Plan) -> LocalText:
    one, two = before.costs.travel // 60, after.costs.travel // 60
    return LocalText(f"路上时间由 {one} 分钟变为 {two} 分钟。", f"Travel changes from {one} to {two} minutes.")
