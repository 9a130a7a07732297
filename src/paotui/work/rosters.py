"""The targets of a roster as expansion wants them, read a few thousand at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from paotui.playbooks import values
from paotui.playbooks.plan import RosterTarget
from paotui.playbooks.schema import Playbook
from paotui.registry.models import Roster, RosterEntry

CHUNK = 2_000
COLUMNS = ("id", "name", "facts", "organisation_id", "person_id")


def targets(roster: Roster, playbook: Playbook) -> Iterator[RosterTarget]:
    """Yield the targets of `roster` in its order, facts typed as `playbook` says; `key` is the id of the entry."""
    read, after = values.reader(playbook.target.facts), 0
    entries = RosterEntry.objects.filter(roster=roster).order_by("id").values_list(*COLUMNS)
    # By key, not through one long cursor: rows are written in between.
    while rows := list(entries.filter(id__gt=after)[:CHUNK]):
        for row in rows:
            yield target(read, *row)
        after = rows[-1][0]


def target(
    read: Callable[[Mapping[str, Any]], dict[str, Any]],
    key: int,
    name: str,
    facts: Mapping[str, Any],
    organisation: int | None,
    person: int | None,
) -> RosterTarget:
    """Return one row of a roster as a target."""
    return RosterTarget(key, name, read(facts), organisation, person)


def counted(
    found: Iterable[RosterTarget], roster: Roster, progress: Callable[[int, int], None] | None
) -> Iterator[RosterTarget]:
    """Pass targets on, telling `progress` how many of all have gone by."""
    if progress is None:
        yield from found
        return
    total = RosterEntry.objects.filter(roster=roster).count()
    for number, one in enumerate(found, start=1):
        yield one
        if number % 500 == 0 or number == total:
            progress(number, total)
