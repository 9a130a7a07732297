"""The official calendar of China, built from the shipped holiday notices and checked by a second source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import chinese_calendar
import yaml

from paotui.local_text import LocalText

from .calendar import Calendar, Day, weekday
from .wording import UnknownYear, WorktimeError
from .zone import local


@dataclass(frozen=True, slots=True)
class Holiday:
    """Rest days from `first` to `last`, paid for with the shifted working days of `work`."""

    name: LocalText
    first: date
    last: date
    work: tuple[date, ...]

    def days(self, source: str) -> Iterable[Day]:
        """Return every day this holiday decides, rest days and shifted working days."""
        for offset in range((self.last - self.first).days + 1):
            reason = LocalText(f"{self.name.zh}放假", f"{self.name.en} holiday")
            yield Day(self.first + timedelta(offset), False, reason, source)
        for day in self.work:
            on = weekday(day)
            reason = LocalText(f"{self.name.zh}调休上班（{on.zh}）", f"Working {on.en}, exchanged for {self.name.en}")
            yield Day(day, True, reason, source)


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice of the State Council's General Office; it replaces the holidays of `year` it names."""

    year: int
    number: str
    title: str
    dated: date
    published: date
    verified: bool
    url: str
    holidays: tuple[Holiday, ...]


def official(as_of: datetime | date | None = None) -> Calendar:
    """Return China's calendar as the notices published up to and including `as_of` order it (None: all known ones).

    A year whose notice was not yet published is unknown to the calendar. Raises UnknownYear before the first notice.
    """
    known = notices()
    if as_of is not None:
        until = local(as_of).date() if isinstance(as_of, datetime) else as_of
        known = tuple(notice for notice in known if notice.published <= until)
    return _calendar(len(known))


def official_version(version: str) -> Calendar:
    """Return the official calendar of that `version`, to explain a deadline kept from before an amendment."""
    for count in range(len(notices()), 0, -1):
        if (calendar := _calendar(count)).version == version:
            return calendar
    raise WorktimeError(
        zh=f"没有版本为 {version} 的官方日历：请按现行日历重新计算期限。",
        en=f"There is no official calendar of version {version}: recompute the deadline with the present one.",
    )


@cache
def notices() -> tuple[Notice, ...]:
    """Return the shipped notices by publication; raises WorktimeError if the second source contradicts them."""
    folder = files("paotui.library") / "calendars"
    read = [
        notice
        for file in folder.iterdir()
        if file.name.endswith(".yaml")
        for notice in parse(file.name, file.read_text("utf-8"))
    ]
    ordered = tuple(sorted(read, key=lambda notice: (notice.published, notice.year)))
    _refuse_contradiction(disagreements(build(ordered)))
    return ordered


def parse(name: str, text: str) -> list[Notice]:
    """Return the notices in the `text` of calendar file `name`; raises WorktimeError naming what is missing."""
    try:
        content = yaml.safe_load(text)
        return [_notice(content["year"], row) for row in content["notices"]]
    except (KeyError, TypeError, yaml.YAMLError) as error:
        raise WorktimeError(
            zh=f"日历文件 {name} 无法读取（{error}）：请对照其他年份的文件补全。",
            en=f"The calendar file {name} cannot be read ({error}): complete it after the example of another year.",
        ) from error


@cache
def _calendar(count: int) -> Calendar:
    return build(notices()[:count])


def build(known: tuple[Notice, ...]) -> Calendar:
    """Return the calendar ordered by `known` notices, given in the order of publication."""
    years = sorted({notice.year for notice in known})
    if not years:
        raise UnknownYear(
            zh="在该日期之前没有已知的节假日通知：请选用较晚的日期。",
            en="No holiday notice is known for that date: choose a later one.",
        )
    if years != list(range(years[0], years[-1] + 1)):
        raise WorktimeError(
            zh=f"节假日通知的年份不连续：{years}。请补齐缺少的年份。",
            en=f"The holiday notices leave out a year between {years[0]} and {years[-1]}: add the missing file.",
        )
    in_force = {(notice.year, holiday.name.zh): (holiday, notice) for notice in known for holiday in notice.holidays}
    marked = {day.date: day for holiday, notice in in_force.values() for day in holiday.days(notice.number)}
    newest = known[-1]
    return Calendar("CN", f"{newest.published} {newest.number}", newest.published, years[0], years[-1], marked)


def disagreements(calendar: Calendar) -> tuple[Day, ...]:
    """Return the days on which `calendar` differs from the chinesecalendar library, in the years the library knows."""
    days = (
        date(calendar.first, 1, 1) + timedelta(offset) for offset in range(366 * (calendar.last - calendar.first + 1))
    )
    return tuple(calendar.day(day) for day in days if day.year <= calendar.last and _differs(calendar, day))


def _differs(calendar: Calendar, day: date) -> bool:
    try:
        return bool(chinese_calendar.is_workday(day)) != calendar.is_working(day)
    except NotImplementedError:  # the library has not learnt this year yet; the notice stands alone
        return False


def _refuse_contradiction(days: tuple[Day, ...]) -> None:
    if days:
        first = days[0]
        raise WorktimeError(
            zh=f"节假日通知与日历库在 {first.date} 不一致（共 {len(days)} 天）："
            f"请核对 calendars/{first.date.year}.yaml。",
            en=f"The notices and the calendar library disagree on {first.date} ({len(days)} days in all): "
            f"check calendars/{first.date.year}.yaml against the published notice.",
        )


def _notice(year: int, row: dict[str, Any]) -> Notice:
    holidays = tuple(_holiday(holiday) for holiday in row["holidays"])
    return Notice(
        year, row["number"], row["title"], row["dated"], row["published"], row["verified"], row["url"], holidays
    )


def _holiday(row: dict[str, Any]) -> Holiday:
    return Holiday(LocalText(row["zh"], row["en"]), row["from"], row["to"], tuple(row.get("work", ())))
