"""A deadline told day by day: counted or not, why, and how many so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from paotui.local_text import LocalText

from .calendar import Calendar
from .deadlines import Deadline, first_day
from .pauses import Span, merged, stopping
from .rules import BeforeClock, CalendarDays, EndOfMonth, EndOfYear, Hours, Statutory, WorkingDays
from .wording import WorktimeError
from .zone import ZONE

COUNTING_LAW = "民法典第201–203条"
LICENSING_LAW = "行政许可法第42、45、82条"


@dataclass(frozen=True, slots=True)
class ExplainedDay:
    """One day of a deadline; `running` is the count after it, in the unit of the rule (days, or full hours)."""

    date: date
    counted: bool
    running: int
    reason: LocalText
    source: str


def explain(deadline: Deadline, calendar: Calendar) -> list[ExplainedDay]:
    """Return every day from the event to the deadline (while paused: to the pause), each with why it counts or not.

    A named date (end of month, before a clock time) has one line, for it is not counted to. `calendar` must be the
    version the deadline was computed with; another would tell a story that is not true.
    """
    if (calendar.name, calendar.version) != (deadline.calendar_name, deadline.calendar_version):
        raise WorktimeError(
            zh=f"该期限按日历 {deadline.calendar_version} 计算，不是 {calendar.version}：请换用该版本，或先重新计算。",
            en=f"The deadline was computed with calendar {deadline.calendar_version}, not {calendar.version}: "
            "explain it with that version, or recompute it first.",
        )
    rule = deadline.rule
    match rule:
        case WorkingDays() | CalendarDays() | Statutory():
            return [*_event_day(deadline, rule), *_days(deadline, rule, calendar)]
        case Hours():
            return _hours(deadline)
        case BeforeClock() | EndOfMonth() | EndOfYear():
            return _named(deadline.due) if deadline.due else []


def _event_day(deadline: Deadline, rule: WorkingDays | CalendarDays | Statutory) -> list[ExplainedDay]:
    if first_day(rule, deadline.start) == deadline.start.date():
        return []
    text = LocalText("开始的当日不计入", "The day of the event is not counted")
    return [ExplainedDay(deadline.start.date(), False, 0, text, COUNTING_LAW)]


def _days(deadline: Deadline, rule: WorkingDays | CalendarDays | Statutory, calendar: Calendar) -> list[ExplainedDay]:
    lines: list[ExplainedDay] = []
    needed, running = _needed(deadline, rule), 0
    day, end = first_day(rule, deadline.start), _last_told(deadline)
    while day <= end:
        counted, reason, source = _verdict(deadline, calendar, day, running, needed)
        running += counted
        lines.append(ExplainedDay(day, counted, running, reason, source))
        day += timedelta(1)
    return lines


def _verdict(
    deadline: Deadline, calendar: Calendar, day: date, running: int, needed: int
) -> tuple[bool, LocalText, str]:
    is_last = deadline.due is not None and day == deadline.due.date()
    if not is_last and (pause := stopping(deadline.pauses, day)):
        return False, LocalText(f"暂停计时：{pause.reason}", f"Clock paused: {pause.reason}"), LICENSING_LAW
    if isinstance(deadline.rule, CalendarDays):
        return _verdict_by_date(calendar, day, running, needed)
    known = calendar.day(day)
    if not known.working or running == needed:
        return False, known.reason, known.source
    return True, _with_extension(deadline, known.reason, running), known.source


def _verdict_by_date(calendar: Calendar, day: date, running: int, needed: int) -> tuple[bool, LocalText, str]:
    if running < needed:
        return True, LocalText("按自然日计入", "Counted as a calendar day"), COUNTING_LAW
    known = calendar.day(day)
    if known.working:
        return False, LocalText("顺延至此日届满", "The last day moved here"), COUNTING_LAW
    moved = LocalText(f"{known.reason.zh}，最后一日顺延", f"{known.reason.en}; the last day moves on")
    return False, moved, known.source


def _with_extension(deadline: Deadline, reason: LocalText, running: int) -> LocalText:
    granted = deadline.extension
    if granted is None or not isinstance(deadline.rule, Statutory) or running < deadline.rule.days:
        return reason
    return LocalText(
        f"{reason.zh}，{granted.approver}批准延长", f"{reason.en}; extension approved by {granted.approver}"
    )


def _needed(deadline: Deadline, rule: WorkingDays | CalendarDays | Statutory) -> int:
    if isinstance(rule, Statutory):
        return rule.days + (deadline.extension.days if deadline.extension else 0)
    return rule.n


def _last_told(deadline: Deadline) -> date:
    if deadline.due is not None:
        return deadline.due.date()
    open_since = merged(deadline.pauses, deadline.start)[-1][0]
    return open_since.date()


def _hours(deadline: Deadline) -> list[ExplainedDay]:
    spans = merged(deadline.pauses, deadline.start)
    lines: list[ExplainedDay] = []
    day, end, before = deadline.start.date(), _last_told(deadline), timedelta(0)
    while day <= end:
        until = datetime.combine(day + timedelta(1), datetime.min.time(), ZONE)
        elapsed = _elapsed(deadline.start, min(until, deadline.due or until), spans)
        ran, full = elapsed - before, elapsed // timedelta(hours=1)
        lines.append(ExplainedDay(day, ran > timedelta(0), full, _hours_text(ran), COUNTING_LAW))
        day, before = day + timedelta(1), elapsed
    return lines


def _hours_text(ran: timedelta) -> LocalText:
    minutes = int(ran.total_seconds()) // 60
    clock = f"{minutes // 60}:{minutes % 60:02}"
    return LocalText(f"当日计时 {clock}", f"The clock ran {clock} on this day")


def _elapsed(start: datetime, until: datetime, spans: list[Span]) -> timedelta:
    stood = (min(end or until, until) - begin for begin, end in spans if begin < until)
    return until - start - sum(stood, timedelta(0))


def _named(due: datetime) -> list[ExplainedDay]:
    text = LocalText(f"指定时刻 {due:%H:%M}，不按天数计算", f"A named moment, {due:%H:%M}, not counted in days")
    return [ExplainedDay(due.date(), False, 0, text, "")]
