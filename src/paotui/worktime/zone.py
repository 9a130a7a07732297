"""The zone in which deadlines run."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from .wording import WorktimeError

ZONE = ZoneInfo("Asia/Shanghai")

# "The last day of a period ends at 24:00" (民法典 art. 203); kept on the last day so that the date reads right.
END_OF_DAY = time(23, 59, 59)


def local(moment: datetime) -> datetime:
    """Return `moment` in the zone; a moment without an offset is refused, since it could be eight hours off."""
    if moment.tzinfo is None:
        raise WorktimeError(
            zh=f"时间 {moment.isoformat(' ')} 没有时区：请写明时区，例如 +08:00。",
            en=f"The moment {moment.isoformat(' ')} has no time zone: give its offset, for example +08:00.",
        )
    return moment.astimezone(ZONE)


def at(day: date, clock: time | None = None) -> datetime:
    """Return the moment `clock` of `day`, the end of the day when no clock is given."""
    return datetime.combine(day, clock or END_OF_DAY, ZONE)
