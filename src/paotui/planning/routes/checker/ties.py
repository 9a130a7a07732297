"""Between stops: gaps of orders and rounds, stops that start together."""

from __future__ import annotations

from collections.abc import Iterator

from paotui.planning.routes.checker import words
from paotui.planning.routes.checker.case import Tie
from paotui.planning.routes.checker.driving import Fleet
from paotui.planning.routes.checker.faults import Fault, fault


def check(fleet: Fleet) -> Iterator[Fault]:
    for tie in fleet.case.ties:
        yield from _gap(fleet, tie)
    for number, group in enumerate(fleet.case.problem.together):
        yield from _together(fleet, f"together[{number}]", group.stops)


def _gap(fleet: Fleet, tie: Tie) -> Iterator[Fault]:
    before, after = fleet.served.get(tie.before), fleet.served.get(tie.after)
    if after is None:
        return
    if before is None:
        yield fault(
            tie.path,
            zh=f"服务了 {tie.after}，却没有服务排在它之前的 {tie.before}。请补上或去掉 {tie.after}。",
            en=f"{tie.after} is served without {tie.before}, which comes before it. Serve both, or leave it out.",
        )
        return
    base = before[1].visit.start if tie.from_start else before[1].visit.end
    gap = after[1].visit.start - base
    if gap < tie.least or (tie.most is not None and gap > tie.most):
        yield _wrong_gap(fleet, tie, gap)
    if tie.same_vehicle and before[0].name != after[0].name:
        yield fault(
            tie.path,
            zh=f"{tie.before} 与 {tie.after} 须由同一辆车完成，现由 {before[0].name} 和 {after[0].name}。请改正。",
            en=f"{tie.before} and {tie.after} are for one vehicle, not {before[0].name} and {after[0].name}. "
            "Correct it.",
        )


def _wrong_gap(fleet: Fleet, tie: Tie, gap: int) -> Fault:
    problem = fleet.case.problem
    sign = "-" if gap < 0 else ""
    told, least = words.span(problem, abs(gap)), words.span(problem, tie.least)
    most = words.span(problem, tie.most) if tie.most is not None else None
    end = ("开始", "start") if tie.from_start else ("结束", "end")
    return fault(
        tie.path,
        zh=f"{tie.after} 在 {tie.before} {end[0]}后 {sign}{told.zh} 开始，应隔 {least.zh} 以上"
        + (f"、{most.zh} 以内" if most else "") + "。请改正时间。",
        en=f"{tie.after} starts {sign}{told.en} after the {end[1]} of {tie.before}; at least {least.en}"
        + (f" and at most {most.en}" if most else "") + " belong between them. Correct the times.",
    )  # fmt: skip


def _together(fleet: Fleet, path: str, stops: list[str]) -> Iterator[Fault]:
    there = [(name, fleet.served[name]) for name in stops if name in fleet.served]
    if not there:
        return
    if len(there) < len(stops):
        missing = next(name for name in stops if name not in fleet.served)
        yield fault(
            path,
            zh=f"{'、'.join(stops)} 须同时服务，缺 {missing}。请补上，或全部不服务。",
            en=f"{', '.join(stops)} are served together, and {missing} is missing. Serve all, or none.",
        )
    if len({drive.name for _, (drive, _) in there}) < len(there):
        yield fault(
            path,
            zh=f"{'、'.join(stops)} 须由不同的车服务。请分开。",
            en=f"{', '.join(stops)} are served by different vehicles. Share them out.",
        )
    starts = {one.visit.start for _, (_, one) in there}
    if len(starts) > 1:
        said = [words.moment(fleet.case.problem, start) for start in sorted(starts)]
        yield fault(
            path,
            zh=f"{'、'.join(stops)} 须同一秒开始，现为 {'、'.join(one.zh for one in said)}。请对齐。",
            en=f"{', '.join(stops)} start at the same second, not at {', '.join(one.en for one in said)}. Align them.",
        )
