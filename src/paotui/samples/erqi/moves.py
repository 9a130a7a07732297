"""Moves the stories share: importing a roster, launching a task force, reviewing, waiving, stopping a clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from paotui.playbooks.schema import Occurrence
from paotui.registry.actions import rosters
from paotui.registry.models import Roster
from paotui.samples.erqi.events import Move
from paotui.samples.erqi.files import sheet
from paotui.samples.erqi.world import World, playbook
from paotui.work.actions import task_forces, work_orders
from paotui.work.models import Record

HALF_AN_HOUR = dt.timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Campaign:
    """A playbook to be launched on a roster: who leads, who keeps the registers, who holds which role."""

    key: str
    playbook: str
    file: str
    title: str
    title_en: str
    lead: str
    clerk: str
    members: Mapping[str, Sequence[str]]
    at: dt.datetime
    ends: dt.date
    starts: dt.date | None = None
    occurrences: Mapping[str, Sequence[Occurrence]] = field(default_factory=dict)
    made: Callable[[], bytes] | None = None
    """Makes the roster where no clerk keeps it, as rules find it."""

    def moves(self) -> Iterator[Move]:
        """Yield the import of the roster and, half an hour later, the launch."""
        yield Move(self.at - HALF_AN_HOUR, f"名册 {self.title}", self._import)
        yield Move(self.at, f"启动 {self.title}", self._launch)

    def _import(self, world: World) -> None:
        world.clerks[self.key] = self.clerk
        at = self.at - HALF_AN_HOUR
        report = rosters.import_file(
            district=world.district, path_or_bytes=self.made() if self.made else sheet(self.file), name=self.file,
            playbook=playbook(self.playbook).playbook, key=self.key, title=self.title, title_en=self.title_en,
            by=world.clerk(self.key, at), at=at,
        )  # fmt: skip
        if not report.ok:
            raise ValueError(f"{self.file}: {'; '.join(map(str, report.problems))}")

    def _launch(self, world: World) -> None:
        world.task_forces[self.key] = task_forces.launch(
            district=world.district,
            playbook=playbook(self.playbook),
            roster=Roster.objects.get(district=world.district, key=self.key),
            title=self.title,
            title_en=self.title_en,
            lead=world.organisation(self.lead),
            members={role: [world.organisation(name) for name in names] for role, names in self.members.items()},
            period=(self.starts or self.at.date(), self.ends),
            occurrences={name: tuple(found) for name, found in self.occurrences.items()},
            by=world.clerk(self.key, self.at),
            at=self.at,
        )


def accept(at: dt.datetime, task_force: str, measure: str, target: str) -> Move:
    """Return the move that accepts what was submitted."""

    def do(world: World) -> None:
        work = world.submitted(task_force, measure, target)
        work_orders.accept(work_order=work, by=world.clerk(task_force, at), at=at)

    return Move(at, task_force, do)


def give_back(at: dt.datetime, task_force: str, measure: str, target: str, reason: str) -> Move:
    """Return the move that returns what was submitted."""

    def do(world: World) -> None:
        work = world.submitted(task_force, measure, target)
        work_orders.return_(work_order=work, reason=reason, by=world.clerk(task_force, at), at=at)

    return Move(at, task_force, do)


def waive(at: dt.datetime, task_force: str, measure: str, target: str, reason: str) -> Move:
    """Return the move that lets the work of a measure off for a target."""

    def do(world: World) -> None:
        work = world.work(task_force, measure, target)
        work_orders.waive(work_order=work, reason=reason, by=world.clerk(task_force, at), at=at)

    return Move(at, task_force, do)


def cancel(at: dt.datetime, task_force: str, measure: str, target: str, reason: str) -> Move:
    """Return the move that takes the work of a measure back for a target."""

    def do(world: World) -> None:
        work = world.work(task_force, measure, target)
        work_orders.cancel(work_order=work, reason=reason, by=world.clerk(task_force, at), at=at)

    return Move(at, task_force, do)


def pause(at: dt.datetime, task_force: str, measure: str, target: str, reason: str) -> Move:
    """Return the move that stops the clock of the work of a measure for a target."""

    def do(world: World) -> None:
        work = world.work(task_force, measure, target)
        work_orders.pause(work_order=work, reason=reason, by=world.clerk(task_force, at), at=at)

    return Move(at, task_force, do)


def correct(
    at: dt.datetime, task_force: str, measure: str, target: str, changed: Mapping[str, Any], reason: str
) -> Move:
    """Return the move that puts right what the first standing record of a measure says of a target."""

    def do(world: World) -> None:
        record = Record.objects.filter(
            district=world.district, task_force=world.task_forces[task_force], measure=measure,
            case__name=target, withdrawn_at=None,
        ).earliest("id")  # fmt: skip
        work_orders.correct(
            record=record, values=record.values | changed, reason=reason, by=world.clerk(task_force, at), at=at
        )

    return Move(at, task_force, do)
