"""How reasons and relaxations of stops left out are said."""

from __future__ import annotations

from dataclasses import dataclass

from paotui.planning.routes.checker.words import moment, span
from paotui.planning.routes.plan import Text
from paotui.planning.routes.problem import Problem

__all__ = ["Reason", "moment", "nothing_found", "reason", "span"]


@dataclass(frozen=True, slots=True)
class Reason:
    code: str
    text: Text
    relaxation: Text | None = None


def reason(code: str, zh: str, en: str, more_zh: str = "", more_en: str = "") -> Reason:
    """`more_…`: the relaxation, as what would have to be there: "a van from 11:30"."""
    return Reason(code, Text(zh=zh, en=en), Text(zh=more_zh, en=more_en) if more_en else None)


def unexamined() -> Reason:
    return reason(
        "unexamined", "时间用尽，未及逐项查明原因；请延长时间重排，或用 explain 查询此点。",
        "Time ran out before its reason was looked for; plan longer, or ask `explain` about it.",
    )  # fmt: skip


def one_of_many(most: int) -> Reason:
    return reason(
        "unexamined", f"未排入的点很多，只逐项查明前 {most} 个的原因；请用 explain 查询此点。",
        f"Of the many stops left out the reasons of {most} were looked for; ask `explain` about this one.",
    )  # fmt: skip


def too_large(most: int) -> Reason:
    return reason(
        "unexamined", f"地点超过 {most} 个，未逐项查明原因；请用 explain 查询此点。",
        f"With more than {most} locations its reason was not looked for; ask `explain` about it.",
    )  # fmt: skip


def nothing_found() -> Reason:
    return reason("fleet", "现有车辆在其时间内都安排不下。", "No vehicle there is has room for it in time.")


def capability(names: list[str]) -> Reason:
    told_zh, told_en = "、".join(names), ", ".join(names)
    return reason(
        "capability", f"没有车辆具备所需能力：{told_zh}。", f"No vehicle has what it requires: {told_en}.",
        f"一辆具备 {told_zh} 的车", f"a vehicle with {told_en}",
    )  # fmt: skip


def excluded(names: list[str]) -> Reason:
    told = ", ".join(names)
    return reason(
        "vehicle", f"只许由 {told} 服务，而其不在车队中或不具备所需能力。",
        f"Only {told} may serve it, which is not in the fleet or lacks what it requires.",
        "允许其他车辆服务", "leave to serve it with another vehicle",
    )  # fmt: skip


def capacity(dimension: str, amount: int, most: int) -> Reason:
    return reason(
        "capacity", f"需装载 {amount} {dimension}，可用车辆最多装 {most}。",
        f"It takes {amount} {dimension}; a vehicle that may serve it holds {most} at most.",
        f"一辆可装 {amount} {dimension} 的车", f"a vehicle that holds {amount} {dimension}",
    )  # fmt: skip


def never_open() -> Reason:
    return reason(
        "window", "静音时段占去了全部时间窗。", "Quiet periods leave nothing of its windows.",
        "静音时段以外的时间窗，或允许静音作业", "a window outside the quiet periods, or leave to work during them",
    )  # fmt: skip


def too_far(problem: Problem, arrival: int) -> Reason:
    at = moment(problem, arrival)
    return reason(
        "window", f"最早 {at.zh} 才能到达，时间窗已过。", f"The earliest arrival is at {at.en}, after its windows.",
        f"时间窗延至 {at.zh}", f"window until {at.en}",
    )  # fmt: skip


def no_way() -> Reason:
    return reason(
        "way", "没有可用车辆能往返该处。", "There is no way there and back for any vehicle that may serve it."
    )


def shift_ends(problem: Problem, needed: int, name: str) -> Reason:
    at = moment(problem, needed)
    return reason(
        "shift", f"服务后最早 {at.zh} 才能收车，超出所有班次。",
        f"Serving it, no vehicle is back before {at.en}, after every shift.",
        f"{name} 的班次延至 {at.zh}", f"{name} until {at.en}",
    )  # fmt: skip


def locked_late() -> Reason:
    return reason(
        "locked", "已锁定给一辆车，而该车按锁定的先后来不及或装不下。",
        "It is locked to a vehicle that cannot serve it in the order agreed, in time or for want of room.",
        "解除锁定", "its lock released",
    )  # fmt: skip


def no_fleet() -> Reason:
    return reason("fleet", "没有车辆。", "There is no vehicle.", "一辆车", "a vehicle")


def priced(price: str, needed: str) -> Reason:
    return reason(
        "price", f"服务它需 {needed} 元，高于舍去的 {price} 元。",
        f"Serving it costs {needed} yuan, more than the {price} of leaving it out.",
        f"舍去价格高于 {needed} 元", f"a price above {needed} yuan",
    )  # fmt: skip


def sought_too_briefly(price: str, needed: str) -> Reason:
    return reason(
        "search", f"服务它只需 {needed} 元，低于舍去的 {price} 元；求解结束得太早。",
        f"Serving it costs {needed} yuan, less than the {price} of leaving it out; the search ended too early.",
        "求解时间更长", "a longer search",
    )  # fmt: skip


def window(problem: Problem, until: int) -> Reason:
    at = moment(problem, until)
    return reason(
        "window", "其时间窗内车辆均已排满。", "Within its windows every vehicle is taken.",
        f"时间窗延至 {at.zh}", f"window until {at.en}",
    )  # fmt: skip


def shift(problem: Problem, until: int, name: str) -> Reason:
    at = moment(problem, until)
    return reason(
        "shift", "各车班次内均已排满。", "Every vehicle is taken until the end of its shift.",
        f"{name} 延至 {at.zh}", f"{name} until {at.en}",
    )  # fmt: skip


def loaded(dimension: str, more: int, name: str) -> Reason:
    return reason(
        "capacity", "能服务它的车辆均已装满。", "The vehicles that could serve it are full.",
        f"{name} 多装 {more} {dimension}", f"room for {more} {dimension} more in {name}",
    )  # fmt: skip


def limited(name: str) -> Reason:
    return reason(
        "limit", "车辆的最长时间、里程或趟数已用尽。", "Limits of duration, distance or trips are reached.",
        f"放宽 {name} 的最长时间、里程或趟数", f"a wider limit of duration, distance or trips for {name}",
    )  # fmt: skip


def ordered(name: str) -> Reason:
    return reason(
        "order", f"与 {name} 的先后、间隔或同时要求无法满足。", f"What ties it to {name} cannot be kept.",
        f"放宽与 {name} 的先后或间隔", f"a wider gap to {name}, or none",
    )  # fmt: skip


def waits_for(name: str) -> Reason:
    return reason(
        "order", f"须在 {name} 之后，而 {name} 未服务。", f"It comes after {name}, which is not served.",
        f"先服务 {name}", f"serving {name}",
    )  # fmt: skip


def mixed(kind: str) -> Reason:
    return reason(
        "incompatible", f"“{kind}”类不得与各趟已有货物同车。", f"'{kind}' never travels with what the trips carry.",
        "另开一趟", "a trip of its own",
    )  # fmt: skip


def another(problem: Problem, name: str, capabilities: list[str], start: int, end: int) -> Reason:
    begin, until = moment(problem, start), moment(problem, end)
    able_zh = f"（具备 {'、'.join(capabilities)}）" if capabilities else ""
    able_en = f" with {', '.join(capabilities)}" if capabilities else ""
    return reason(
        "fleet", "能服务它的车辆均已排满。", "Every vehicle that may serve it is taken.",
        f"再有一辆 {name}{able_zh}，{begin.zh} 至 {until.zh}",
        f"one more {name}{able_en} from {begin.en} to {until.en}",
    )  # fmt: skip
