"""Times as people say them."""

from __future__ import annotations

from paotui.planning.posts.problem import DAY


def clock(seconds: int) -> str:
    """Return "07:30", from the second day on "2/07:30"."""
    day, rest = divmod(seconds, DAY)
    text = f"{rest // 3600:02d}:{rest % 3600 // 60:02d}"
    return f"{day + 1}/{text}" if day else text


def length(seconds: int) -> str:
    """Return "7 h 45 min" in a form both languages read: "7:45"."""
    return f"{seconds // 3600}:{seconds % 3600 // 60:02d}"
