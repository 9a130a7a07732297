"""How times and amounts are said."""

from __future__ import annotations

from paotui.planning.errands.plan import Text
from paotui.planning.errands.problem import Problem

DAY = 86_400


def clock(seconds: int) -> str:
    """32400 → "09:00"; on later days "D2 09:00"."""
    day, rest = divmod(seconds, DAY)
    time = f"{rest // 3600:02d}:{rest // 60 % 60:02d}"
    return f"D{day + 1} {time}" if day else time


def clock_zh(seconds: int) -> str:
    """The same in Chinese: on later days "第2天 09:00"."""
    day, rest = divmod(seconds, DAY)
    return f"第{day + 1}天 {clock(rest)}" if day else clock(rest)


def lasting(seconds: int) -> Text:
    """5400 → 1 h 30 min."""
    minutes = -(-seconds // 60)
    hours, rest = divmod(minutes, 60)
    parts = [(f"{hours} 小时", f"{hours} h")] if hours else []
    parts += [(f"{rest} 分钟", f"{rest} min")] if rest or not hours else []
    return Text(zh=" ".join(zh for zh, _ in parts), en=" ".join(en for _, en in parts))


def named(problem: Problem, kind: str, one: str) -> str:
    """Return the name of a place, counter, runner or errand, its id where it has none."""
    return next((found.name or found.id for found in getattr(problem, kind) if found.id == one), one)
