"""What follows from work done: waiting measures that may start now, and work a record brings into being."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from paotui.playbooks import due as due_rules
from paotui.playbooks.conditions import holds
from paotui.playbooks.expand import span
from paotui.playbooks.holders import Holder, holders
from paotui.playbooks.plan import Launch, PlannedWork, RosterTarget
from paotui.playbooks.schema import Measure, Playbook
from paotui.playbooks.windows import ONCE, windows
from paotui.worktime import Calendar, Deadline, Extension, Pause

Times = Mapping[str, dt.datetime]


class Released(NamedTuple):
    """A measure all of whose predecessors are done, with the times of its work."""

    measure: str
    opens_at: dt.datetime
    due_at: dt.datetime | None


def released(
    playbook: Playbook,
    *,
    facts: Mapping[str, Any],
    done: Collection[str],
    target: RosterTarget,
    launch: Launch,
    calendar: Calendar,
    done_at: Times,
    arisen: Collection[str] = (),
) -> list[Released]:
    """Return the measures with predecessors whose applicable ones are all in `done`, in the order of the playbook.

    `done` holds measures none of whose work for this target is open (done or waived); measures already in it are left
    out, those released earlier are not: the caller changes only work still waiting. A measure arising from records is
    waited for only while it is in `arisen` (has come into being for this target) and not in `done`.
    """
    found: list[Released] = []
    for measure in playbook.measures:
        needed = predecessors(playbook, measure, facts, arisen)
        if not needed or measure.id in done or not set(needed) <= set(done) or not applies(measure, facts):
            continue
        ready = max((done_at[name] for name in needed if name in done_at), default=launch.at)
        for window in windows(playbook, measure, launch, facts):
            start = ready if window.opens_at is None else max(ready, window.opens_at)
            opens, due = span(playbook, measure, launch, window, start, done_at, facts, calendar)
            found.append(Released(measure.id, opens or start, due))
    return found


def predecessors(
    playbook: Playbook, measure: Measure, facts: Mapping[str, Any], arisen: Collection[str] = ()
) -> list[str]:
    """Return the measures named in `after` that apply to a target with these facts, or that have arisen for it."""
    if measure.on is not None or not measure.after:
        return []
    return [
        one.id
        for one in playbook.measures
        if one.id in measure.after and (one.id in arisen if one.on is not None else applies(one, facts))
    ]


def applies(measure: Measure, facts: Mapping[str, Any]) -> bool:
    """Tell whether the conditions of a measure hold for a target."""
    return not measure.when or holds(measure.when, facts=facts)


def triggered(
    playbook: Playbook,
    *,
    measure: str,
    values: Mapping[str, Any],
    target: RosterTarget,
    launch: Launch,
    calendar: Calendar,
    at: dt.datetime,
    sequence: int | Mapping[str, int] = 1,
) -> list[PlannedWork]:
    """Return the work that a record of `measure`, made at `at` with these values, brings into being.

    `sequence` is the number of the first new work order: one for all measures, or by measure (1 where it has none yet).
    """
    found: list[PlannedWork] = []
    roles = {role.name: role for role in playbook.roles}
    for one in playbook.measures:
        if one.on is None or one.on.measure != measure or not applies(one, target.facts):
            continue
        if not holds(one.on.when, facts=target.facts, values=values, at=at):
            continue
        number = sequence if isinstance(sequence, int) else sequence.get(one.id, 1)
        opens, due = span(playbook, one, launch, ONCE[0], at, {measure: at}, target.facts, calendar)
        held = holders(roles, one, launch, target)
        found += [_work(one, target, holder, number + place, opens, due) for place, holder in enumerate(held)]
    return found


def _work(
    measure: Measure,
    target: RosterTarget,
    holder: Holder,
    sequence: int,
    opens: dt.datetime | None,
    due: dt.datetime | None,
) -> PlannedWork:
    return PlannedWork(
        target.key, measure.id, sequence, holder.role, holder.organisation, holder.participants, target.person, opens,
        due, False,
    )  # fmt: skip


def deadline_of_work(
    playbook: Playbook,
    *,
    measure: str,
    sequence: int,
    target: RosterTarget,
    launch: Launch,
    calendar: Calendar,
    ready_at: dt.datetime | None,
    done_at: Times,
    pauses: Iterable[Pause] = (),
    extension: Extension | None = None,
) -> Deadline | None:
    """Return the deadline of one work order, to explain it or to compute it again with another calendar or a pause.

    `ready_at` is when it could start; None while it waits. None comes back where no due rule applies (the end of a
    quota's period or of a round is a named time) and while what the rule counts from has not happened.
    """
    one = playbook.measure(measure)
    found = windows(playbook, one, launch, target.facts)
    held = holders({role.name: role for role in playbook.roles}, one, launch, target)
    window = ONCE[0] if one.on is not None else found[min((sequence - 1) // len(held), len(found) - 1)]
    situation = due_rules.Situation(playbook, one, launch, window, ready_at, done_at, target.facts)
    return due_rules.computed(situation, calendar, pauses=pauses, extension=extension)
