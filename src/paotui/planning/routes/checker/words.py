"""How the checker says times, spans and amounts."""

from __future__ import annotations

from paotui.local_text import LocalText
from paotui.planning.routes.problem import Problem, Window

DAY = 86_400


def clock(seconds: int) -> LocalText:
    """ "9:10", "9:10:05", "9:10 next day"; scaled public files have no clock, see `moment`."""
    day, rest = divmod(seconds, DAY)
    text = f"{rest // 3600}:{rest // 60 % 60:02}" + (f":{rest % 60:02}" if rest % 60 else "")
    if day == 0:
        return LocalText(text, text)
    if day == 1:
        return LocalText(f"次日 {text}", f"{text} next day")
    return LocalText(f"第 {day + 1} 天 {text}", f"{text} on day {day + 1}")


def moment(problem: Problem, seconds: int) -> LocalText:
    """A point in time as the problem's author thinks of it."""
    if problem.source is None:
        return clock(seconds)
    plain = f"{seconds / problem.source.scale:.10g}"
    return LocalText(plain, plain)


def span(problem: Problem, seconds: int) -> LocalText:
    """A duration: "12 min", "1 h 5 min", "40 s"."""
    if problem.source is not None:
        plain = f"{seconds / problem.source.scale:.10g}"
        return LocalText(plain, plain)
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    parts = [(hours, "小时", "h"), (minutes, "分钟", "min"), (rest, "秒", "s")]
    told = [part for part in parts if part[0]] or [(0, "秒", "s")]
    return LocalText(" ".join(f"{n} {zh}" for n, zh, _ in told), " ".join(f"{n} {en}" for n, _, en in told))


def windows(problem: Problem, found: list[Window]) -> LocalText:
    """ "8:00–9:30, 14:00–15:00" """
    ends = [[moment(problem, end) for end in window] for window in sorted(found)]
    zh, en = ([f"{getattr(a, key)}–{getattr(b, key)}" for a, b in ends] for key in ("zh", "en"))
    return LocalText("、".join(zh), ", ".join(en))


def reason(text: LocalText) -> LocalText:
    """What is wrong, without the remedy, which is the last sentence, and without the full stop."""
    zh = text.zh.rstrip("。").rpartition("。")[0] or text.zh.rstrip("。")
    en = text.en.rstrip(".").rpartition(". ")[0] or text.en.rstrip(".")
    return LocalText(zh, en)
