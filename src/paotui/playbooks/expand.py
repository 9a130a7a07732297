"""Expansion: a playbook and a roster in, the planned work of every target out, lazily and always in the same order.

Every measure is compiled once. What does not depend on the target (holders, windows, deadlines) is computed once and
shared by all rows, so that a district-year of work costs little more than making the tuples.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from paotui.playbooks import due as due_rules
from paotui.playbooks import holders as held
from paotui.playbooks.conditions import NOTHING, Test, compiled
from paotui.playbooks.errors import PlaybookError
from paotui.playbooks.plan import Launch, OrganisationKey, PlannedWork, RosterTarget
from paotui.playbooks.schema import Each, Measure, Playbook, Role
from paotui.playbooks.windows import Window, depends_on_facts, event_of, repeated_event, windows
from paotui.worktime import Calendar

Head = tuple[str, int, str, OrganisationKey, tuple[tuple[str, OrganisationKey], ...]]
"""measure, sequence, role, organisation, participants"""
Tail = tuple[dt.datetime | None, dt.datetime | None, bool]
"""opens_at, due_at, waits"""
Row = tuple[Head, Tail]

MAX_CACHED = 10_000

Kept = TypeVar("Kept")


def expand(
    playbook: Playbook, roster: Iterable[RosterTarget], calendar: Calendar, launch: Launch
) -> Iterator[PlannedWork]:
    """Yield the work of every target: by target in roster order, then by measure, window and holder.

    Measures with `on` are left out: they arise from records. Raises PlaybookError at once when a role has no member,
    and while iterating when a target lacks what its work needs (an organisation, the date of an event).
    """
    missing = held.refusals(playbook, launch)
    if missing:
        raise PlaybookError(missing)
    return _rows(templates(playbook, calendar, launch), roster)


def _rows(compiled_measures: list[Template], roster: Iterable[RosterTarget]) -> Iterator[PlannedWork]:
    make = tuple.__new__  # skips the checks of PlannedWork(...), which cost more than everything else here
    chunks = _chunks(compiled_measures)
    for target in roster:
        key, person = target.key, target.person
        for rows, template in chunks:
            for head, tail in template.rows(target) if template else rows:
                yield make(PlannedWork, (key, *head, person, *tail))


def _chunks(compiled_measures: list[Template]) -> list[tuple[Sequence[Row], Template | None]]:
    """Return runs of rows that are the same for every target, and between them the templates that are not."""
    chunks: list[tuple[Sequence[Row], Template | None]] = []
    for template in compiled_measures:
        if not template.is_fixed:
            chunks.append(((), template))
        elif chunks and chunks[-1][1] is None:
            chunks[-1] = ([*chunks[-1][0], *template.fixed_rows()], None)
        else:
            chunks.append((template.fixed_rows(), None))
    return chunks


def templates(playbook: Playbook, calendar: Calendar, launch: Launch) -> list[Template]:
    """Return the measures that expansion plans, compiled for one launch."""
    planned = [measure for measure in playbook.measures if measure.on is None]
    tests = {measure.id: compiled(measure.when) for measure in planned}
    return [Template(playbook, measure, calendar, launch, tests) for measure in planned]


class Template:
    """One measure compiled for a launch; `rows(target)` gives its work for a target."""

    def __init__(
        self, playbook: Playbook, measure: Measure, calendar: Calendar, launch: Launch, tests: Mapping[str, Test | None]
    ) -> None:
        self.measure = measure
        self._playbook, self._calendar, self._launch = playbook, calendar, launch
        self._roles: dict[str, Role] = {role.name: role for role in playbook.roles}
        self._applies = tests[measure.id]
        before = [tests[name] for name in measure.after if name in tests]
        self._always_waits = any(test is None for test in before)
        self._may_wait = () if self._always_waits else tuple(test for test in before if test is not None)
        self._time_facts = time_facts(playbook, measure, launch)
        self._tails: dict[Any, tuple[Tail, ...]] = {}
        self._held_by_fact: dict[Any, tuple[held.Holder, ...]] = {}
        self._fact_roles = held.facts_naming(self._roles, measure)
        self._alone = measure.roles[0] if held.is_target_alone(self._roles, measure) else None
        self._shared = None if held.depends_on_target(self._roles, measure) else self._held(None)

    @property
    def is_fixed(self) -> bool:
        """Tell whether the work is the same for every target."""
        return self._applies is None and not self._may_wait and not self._time_facts and self._shared is not None

    def fixed_rows(self) -> Sequence[Row]:
        return self._row(NOTHING, self._shared or ())

    def rows(self, target: RosterTarget) -> Sequence[Row]:
        """Return the work of this measure for `target`, nothing when its conditions do not hold."""
        facts = target.facts
        if self._applies is not None and not self._applies(facts, NOTHING, None):
            return ()
        return self._row(facts, self._shared or self._holders(target))

    def _holders(self, target: RosterTarget) -> tuple[held.Holder, ...]:
        """Return who does it for `target`; where only facts decide, the few combinations there are get shared."""
        if self._fact_roles is None:
            if self._alone is None or target.organisation is None:
                return self._held(target)
            return (held.Holder(self._alone, target.organisation, ()),)
        key = tuple([target.facts.get(fact) for fact in self._fact_roles])
        found = self._held_by_fact.get(key)
        return found if found is not None else _keep(self._held_by_fact, key, self._held(target))

    def _held(self, target: RosterTarget | None) -> tuple[held.Holder, ...]:
        return held.holders(self._roles, self.measure, self._launch, target)

    def _row(self, facts: Mapping[str, Any], holders: tuple[held.Holder, ...]) -> Sequence[Row]:
        times, measure = self._times(facts), self.measure.id
        if len(holders) == 1:
            role, organisation, participants = holders[0]
            return [((measure, place, role, organisation, participants), tail) for place, tail in enumerate(times, 1)]
        return [
            ((measure, place * len(holders) + number, *holder), tail)
            for place, tail in enumerate(times)
            for number, holder in enumerate(holders, 1)
        ]

    def _times(self, facts: Mapping[str, Any]) -> tuple[Tail, ...]:
        waits = self._always_waits or (
            bool(self._may_wait) and any(test(facts, NOTHING, None) for test in self._may_wait)
        )
        key = (waits, *[facts.get(name) for name in self._time_facts]) if self._time_facts else waits
        found = self._tails.get(key)
        if found is not None:
            return found
        return _keep(self._tails, key, tuple(self._tail(window, facts, waits) for window in self._windows(facts)))

    def _windows(self, facts: Mapping[str, Any]) -> tuple[Window, ...]:
        return windows(self._playbook, self.measure, self._launch, facts)

    def _tail(self, window: Window, facts: Mapping[str, Any], waits: bool) -> Tail:
        ready = None if waits else window.opens_at or self._launch.at
        opens, due = span(self._playbook, self.measure, self._launch, window, ready, {}, facts, self._calendar)
        return opens, due, waits


def _keep(cache: dict[Any, Kept], key: Any, value: Kept) -> Kept:
    if len(cache) >= MAX_CACHED:
        cache.clear()
    cache[key] = value
    return value


def span(
    playbook: Playbook,
    measure: Measure,
    launch: Launch,
    window: Window,
    ready_at: dt.datetime | None,
    done_at: Mapping[str, dt.datetime],
    facts: Mapping[str, Any],
    calendar: Calendar,
) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Return (opens_at, due_at) of the work in one window.

    Work due before its occurrence begins (swept before 06:00 for a paper at 09:00) opens at midnight of the due day.
    """
    situation = due_rules.Situation(playbook, measure, launch, window, ready_at, done_at, facts)
    found = due_rules.computed(situation, calendar)
    due = found.due if found is not None else window.ends_at if measure.due is None else None
    opens = ready_at
    if opens is not None and due is not None and due < opens and isinstance(measure.repeat, Each):
        opens = due.replace(hour=0, minute=0, second=0)
    return opens, due


def time_facts(playbook: Playbook, measure: Measure, launch: Launch) -> tuple[str, ...]:
    """Return the facts of a target on which the times of a measure's work depend."""
    due = measure.due
    named = [repeated_event(measure)]
    if due is not None:
        named += [due.after, due.at_end_of, due.on if isinstance(due.on, str) else None]
    events = {event.name for event in playbook.events}
    facts = {fact.name for fact in playbook.target.facts}
    found: list[str] = []
    for name in dict.fromkeys(one for one in named if one):
        if name in events and depends_on_facts(playbook, name, launch):
            found.append(event_of(playbook, name).fact or "")
        elif name in facts and name not in events and all(name != one.id for one in playbook.measures):
            found.append(name)
    return tuple(found)
