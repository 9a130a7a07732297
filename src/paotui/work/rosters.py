"""The targets of a roster as expansion wants them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from paotui.playbooks.plan import RosterTarget
from paotui.playbooks.schema import Playbook
from paotui.registry.models import Roster
from paotui.registry.queries import rosters


def targets(roster: Roster, playbook: Playbook) -> Iterator[RosterTarget]:
    """Yield the standing targets of `roster` in its order, facts typed as `playbook` says."""
    return rosters.targets(roster, playbook.target.facts)


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
    total = rosters.entries(roster).count()
    for number, one in enumerate(found, start=1):
        yield one
        if number % 500 == 0 or number == total:
            progress(number, total)
