"""A district to measure with: two hundred communities, a roster of places, a playbook of ten measures."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

AT = dt.datetime(2020, 7, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
PERIOD = (dt.date(2020, 7, 1), dt.date(2020, 12, 31))
COMMUNITIES = 200
MEASURES = 10
HEAD = """
playbook: bench
version: 1
title: {zh: 测量, en: Measured}
summary: {zh: 测量用, en: For measuring}
target:
  kind: place
  label: {zh: 院落, en: Compound}
  facts: [{name: community, label: {zh: 社区, en: Community}, type: organisation}]
roles:
  - {name: community, label: {zh: 社区, en: Community}, held_by: fact, fact: community}
  - {name: bureau, label: {zh: 局, en: Bureau}}
measures:
"""


def playbook(measures: list[str]) -> Any:
    from paotui.playbooks.loader import load

    return load(HEAD + "".join(measures), name="bench.yaml")


def mixed() -> Any:
    """Ten measures with deadlines of their own: half of them wait, one is done together with the bureau."""
    return playbook([
        f"  - {{id: m{number}, kind: visit, title: {{zh: 措施, en: Measure}}, "
        f"roles: [{'community, bureau' if number == 0 else 'community'}], "
        f"{f'after: [m{number - 1}], ' if number % 2 else ''}due: {{working_days: {number + 3}, after: launch}}}}\n"
        for number in range(MEASURES)
    ])  # fmt: skip


def in_order(steps: int) -> Any:
    """Measures each of which waits for the one before and records a number."""
    return playbook([
        f"  - {{id: m{number}, kind: visit, title: {{zh: 步骤, en: Step}}, roles: [community], "
        f"{f'after: [m{number - 1}], ' if number else ''}due: {{working_days: 5, after: ready}}, "
        "record: [{name: items, label: {zh: 数, en: Number}, type: integer}]}\n"
        for number in range(steps)
    ])  # fmt: skip


def prepare(targets: int) -> None:
    """Fill an empty database with the district and a roster of so many targets."""
    from django.db import transaction

    from paotui.registry.models import District, Organisation, Place, Roster, RosterEntry

    with transaction.atomic():
        district = District.objects.create(code="410103", name="测量区", is_sample=True)
        root = _organisation(Organisation, district, "区", None)
        communities = [_organisation(Organisation, district, f"社区{number}", root) for number in range(COMMUNITIES)]
        roster = Roster.objects.create(
            district=district, key="bench", title="院落", target_kind="place", playbook="bench", imported_at=AT
        )
        places = (Place(district=district, kind="compound", name=f"院落{row}") for row in range(targets))
        entries = (
            RosterEntry(
                district=district, roster=roster, row=row, place=place, name=place.name,
                facts={"community": communities[row % COMMUNITIES].pk},
            )
            for row, place in enumerate(Place.objects.bulk_create(places, batch_size=5_000))
        )  # fmt: skip
        RosterEntry.objects.bulk_create(entries, batch_size=5_000)


def _organisation(model: Any, district: Any, name: str, parent: Any) -> Any:
    made = model.objects.create(district=district, parent=parent, kind="community", name=name, path="")
    made.path = f"{parent.path if parent else '/'}{made.pk}/"
    made.save(update_fields=["path"])
    return made


def launch(of: Any, **changes: Any) -> Any:
    """Launch a playbook on the prepared roster."""
    from paotui.registry.actors import Actor
    from paotui.registry.models import District, Organisation, Roster
    from paotui.work.actions import task_forces

    district = District.objects.get()
    lead = Organisation.objects.get(parent=None)
    return task_forces.launch(
        district=district, playbook=of, roster=Roster.objects.get(), title="测量专班", lead=lead,
        members={"bureau": [lead]}, period=PERIOD, by=Actor.system(district), at=AT, **changes,
    )  # fmt: skip
