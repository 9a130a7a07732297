"""What the replay knows of the district while it runs: organisations and task forces by name, who acts, which work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import resources

from django.db.models import Q

from paotui.playbooks.loader import Loaded, load
from paotui.registry.actors import Actor
from paotui.registry.models import District, Organisation, Person
from paotui.registry.queries import people
from paotui.work.models import TaskForce, WorkOrder
from paotui.work.states import OPEN, SUBMITTED

LIBRARY = resources.files("paotui.library") / "playbooks"


@dataclass
class World:
    """The sample district during a replay."""

    district: District
    organisations: dict[str, Organisation] = field(default_factory=dict)
    task_forces: dict[str, TaskForce] = field(default_factory=dict)
    clerks: dict[str, str] = field(default_factory=dict)
    """Staff number of who keeps the registers of a task force, by its key."""
    _actors: dict[tuple[str, dt.date], Actor] = field(default_factory=dict)

    def actor(self, number: str, at: dt.datetime) -> Actor:
        """Return the person with this staff number as an actor on that day."""
        found = self._actors.get((number, at.date()))
        if found is None:
            person = Person.objects.get(district=self.district, number=number)
            found = people.actor_for(person, at)
            assert found is not None
            self._actors[number, at.date()] = found
        return found

    def clerk(self, task_force: str, at: dt.datetime) -> Actor:
        """Return whoever keeps the registers of a task force."""
        return self.actor(self.clerks[task_force], at)

    def organisation(self, name: str) -> Organisation:
        """Return an organisation by its name; those that came with a roster are found in the registry."""
        if name not in self.organisations:
            self.organisations[name] = Organisation.objects.get(district=self.district, name=name)
        return self.organisations[name]

    def work(self, task_force: str, measure: str, target: str) -> WorkOrder:
        """Return the first open work order of a measure for a target."""
        return self.open_work(task_force, measure, [target])[target][0]

    def submitted(self, task_force: str, measure: str, target: str) -> WorkOrder:
        """Return the work order of a measure that waits longest for review, for a target."""
        return self.open_work(task_force, measure, [target], (SUBMITTED,))[target][0]

    def open_work(
        self, task_force: str, measure: str, targets: Iterable[str], states: Collection[str] = OPEN
    ) -> Mapping[str, list[WorkOrder]]:
        """Return the work orders of a measure by target: by staff number for people, by name else."""
        found: dict[str, list[WorkOrder]] = {target: [] for target in targets}
        rows = WorkOrder.objects.filter(
            Q(case__name__in=found) | Q(case__entry__person__number__in=found),
            district=self.district, task_force=self.task_forces[task_force], measure=measure, state__in=states,
        )  # fmt: skip
        for order in rows.select_related("case__entry__person").order_by("sequence", "id"):
            person = order.case.entry.person
            found[person.number if person is not None else order.case.name].append(order)
        return found


def playbook(key: str) -> Loaded:
    """Return a playbook of the library, ready to launch."""
    file = LIBRARY / f"{key}.yaml"
    return load(file.read_text(encoding="utf-8"), name=f"{key}.yaml")
