"""Preview: what a launch would bring about, counted from the very work it would plan."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from paotui.playbooks.burden import BurdenLine, burden_of, by_role
from paotui.playbooks.expand import expand
from paotui.playbooks.plan import Launch, PlannedWork, RosterTarget
from paotui.playbooks.schema import Playbook
from paotui.worktime import Calendar

SAMPLES = 10


@dataclass(frozen=True, slots=True)
class Preview:
    """A launch before it happens. `arising` measures come from records only and are not in any count."""

    targets: int
    work_orders: int
    by_measure: Mapping[str, int]
    by_role: Mapping[str, int]
    waiting: int
    without_due: int
    due_before_launch: int
    first_due: dt.datetime | None
    last_due: dt.datetime | None
    burden: tuple[BurdenLine, ...]
    minutes_by_role: Mapping[str, Decimal]
    applicant_trips: int
    arising: tuple[str, ...]
    samples: tuple[PlannedWork, ...]

    @property
    def minutes(self) -> Decimal:
        """Return the minutes of everybody together."""
        return sum(self.minutes_by_role.values(), Decimal(0))


def preview(playbook: Playbook, roster: Iterable[RosterTarget], calendar: Calendar, launch: Launch) -> Preview:
    """Expand without keeping anything, and say how much work it is; raises what `expand` raises."""
    tally = _Tally()
    for work in expand(playbook, tally.passing(roster), calendar, launch):
        tally.add(work, launch.at)
    lines = burden_of(playbook, tally.does, tally.takes_part)
    by_measure: Counter[str] = Counter()
    by_roles: Counter[str] = Counter()
    for (measure, role), times in tally.does.items():
        by_measure[measure] += times
        by_roles[role] += times
    return Preview(
        targets=tally.targets,
        work_orders=by_measure.total(),
        by_measure={one.id: by_measure[one.id] for one in playbook.measures if by_measure[one.id]},
        by_role={one.name: by_roles[one.name] for one in playbook.roles if by_roles[one.name]},
        waiting=tally.waiting,
        without_due=tally.without_due,
        due_before_launch=tally.due_before_launch,
        first_due=tally.first_due,
        last_due=tally.last_due,
        burden=tuple(lines),
        minutes_by_role=by_role(lines),
        applicant_trips=sum(one.trips * by_measure[one.id] for one in playbook.measures),
        arising=tuple(one.id for one in playbook.measures if one.on is not None),
        samples=tuple(tally.samples),
    )


class _Tally:
    def __init__(self) -> None:
        self.targets = self.waiting = self.without_due = self.due_before_launch = 0
        self.does: Counter[tuple[str, str]] = Counter()
        self.takes_part: Counter[tuple[str, str]] = Counter()
        self.first_due: dt.datetime | None = None
        self.last_due: dt.datetime | None = None
        self.samples: list[PlannedWork] = []

    def passing(self, roster: Iterable[RosterTarget]) -> Iterable[RosterTarget]:
        for target in roster:
            self.targets += 1
            yield target

    def add(self, work: PlannedWork, launched: dt.datetime) -> None:
        self.does[work.measure, work.role] += 1
        for role, _ in work.participants:
            self.takes_part[work.measure, role] += 1
        if len(self.samples) < SAMPLES:
            self.samples.append(work)
        self.waiting += work.waits
        if work.due_at is None:
            self.without_due += 1
            return
        self.due_before_launch += work.due_at < launched
        self.first_due = work.due_at if self.first_due is None else min(self.first_due, work.due_at)
        self.last_due = work.due_at if self.last_due is None else max(self.last_due, work.due_at)
