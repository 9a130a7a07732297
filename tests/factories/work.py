"""A task force of the tests: a bureau reopens invented schools together with health and a sub-district."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paotui.playbooks.loader import Loaded, load
from paotui.registry.actors import Actor
from paotui.registry.models import District, Organisation, Roster
from paotui.work.actions import task_forces
from paotui.work.models import Case, TaskForce, WorkOrder
from tests.factories import registry

ZONE = registry.ZONE
LAUNCHED = dt.datetime(2020, 6, 1, 9, 0, tzinfo=ZONE)
"""A Monday."""
PERIOD = (dt.date(2020, 6, 1), dt.date(2020, 6, 30))
ERRANDS = Path(__file__).parent.parent / "work" / "errands.yaml"


def later(**span: float) -> dt.datetime:
    """The time so long after the launch."""
    return LAUNCHED + dt.timedelta(**span)


def errands() -> Loaded:
    return load(ERRANDS.read_text(), name=ERRANDS.name)


@dataclass
class Cast:
    """The organisations of the tests and somebody in each."""

    district: District
    root: Organisation
    bureau: Organisation
    health: Organisation
    subdistrict: Organisation
    leader: Actor
    clerk: Actor
    health_clerk: Actor
    system: Actor

    def school_clerk(self, school: Organisation) -> Actor:
        return registry.actor("staff", school)


def cast(code: str = "410103") -> Cast:
    district = registry.district(code, f"区{code}")
    root = registry.organisation(district, "区政府", kind="district")
    bureau = registry.organisation(district, "人社局", parent=root)
    health = registry.organisation(district, "卫健委", parent=root)
    subdistrict = registry.organisation(district, "样本街道", kind="subdistrict", parent=root)
    leader = registry.actor("leader", bureau, registry.person(district, "样本组长"))
    clerk = registry.actor("staff", bureau, registry.person(district, "样本干事"))
    return Cast(
        district, root, bureau, health, subdistrict, leader, clerk, registry.actor("staff", health),
        Actor.system(district),
    )  # fmt: skip


def schools(cast: Cast, count: int = 3, *, key: str = "schools", **facts: Any) -> Roster:
    """A roster of invented schools; the first one needs a stamp unless facts say otherwise."""
    roster = registry.roster(cast.district, key=key)
    for number in range(1, count + 1):
        school = registry.organisation(cast.district, f"样本学校{key}{number}", kind="school", parent=cast.root)
        told = {"subdistrict": cast.subdistrict.pk, "stamp": number == 1, **facts}
        registry.entry(roster, school, number + 1, **told)
    return roster


def launch(cast: Cast, roster: Roster | None = None, *, title: str = "复课专班", **changes: Any) -> TaskForce:
    given: dict[str, Any] = {
        "district": cast.district,
        "playbook": errands(),
        "roster": roster or schools(cast),
        "title": title,
        "lead": cast.bureau,
        "members": {"bureau": [cast.bureau], "health": [cast.health]},
        "period": PERIOD,
        "by": cast.leader,
        "at": LAUNCHED,
    }
    return task_forces.launch(**(given | changes))


def first_case(task_force: TaskForce) -> Case:
    return Case.objects.filter(task_force=task_force).order_by("entry_id")[0]


def order(case: Case, measure: str, sequence: int = 1) -> WorkOrder:
    return WorkOrder.objects.get(case=case, measure=measure, sequence=sequence)
