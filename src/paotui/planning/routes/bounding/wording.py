"""A bound in words, in both languages."""

from __future__ import annotations

from decimal import Decimal

from paotui.local_text import LocalText

NOTHING = LocalText("无（成本不为负）", "none: costs are not negative")
ASSIGNMENT = LocalText("指派松弛：每个点一进一出", "assignment: each stop has one way in and one way out")
ROUTES = LocalText("松弛路线（ng 路线）的列生成", "column generation over relaxed routes (ng-routes)")
ALL = LocalText("穷举可能更优的全部路线", "all routes a cheaper plan could be made of, counted out")
FEW = 5
"""Stops named one by one."""


def sentences(
    value: Decimal, cost: Decimal, gap: float, proven: bool, leaving: tuple[str, ...], method: LocalText
) -> list[LocalText]:
    """What is proven, how far the plan may be from the best, and how it was found."""
    found = [LocalText(f"任何方案的成本都不低于 {value}。", f"No plan costs less than {value}.")]
    if leaving:
        named = ", ".join(leaving[:FEW]) + (" …" if len(leaving) > FEW else "")
        found.append(LocalText(f"前提：必须服务的点中至多舍去 {named}。",
                               f"This is said of plans that, of the stops that have to be served, leave out none but "
                               f"{named}."))  # fmt: skip
    if proven:
        found.append(LocalText(f"本方案成本 {cost}，已证明最优。", f"This plan costs {cost}: none is cheaper."))
    else:
        share = f"{100 * gap:.2f}"
        found.append(LocalText(f"本方案成本 {cost}，至多还能节省其中的 {share} %。",
                               f"This plan costs {cost}; at most {share} % of that could be saved."))  # fmt: skip
    return [*found, LocalText(f"方法：{method.zh}。", f"Method: {method.en}.")]
