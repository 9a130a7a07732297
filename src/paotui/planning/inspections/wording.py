"""Times and durations as people say them."""

from __future__ import annotations

from paotui.local_text import LocalText
from paotui.planning.inspections.problem import DAY


def clock(seconds: int) -> str:
    """34_200 → "09:30", whatever the day."""
    return f"{seconds % DAY // 3600:02d}:{seconds % 3600 // 60:02d}"


def moment(seconds: int) -> LocalText:
    """34_200 → "day 1, 09:30" / "第1天 09:30"."""
    day = seconds // DAY + 1
    return LocalText(f"第{day}天 {clock(seconds)}", f"day {day}, {clock(seconds)}")


def span(seconds: int) -> LocalText:
    """5_400 → "1:30 h" / "1 小时 30 分钟"; minutes rounded up."""
    minutes = -(-seconds // 60)
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} 小时"] * (hours > 0) + [f"{rest} 分钟"] * (rest > 0 or not hours)
    return LocalText(" ".join(parts), f"{hours}:{rest:02d} h")
