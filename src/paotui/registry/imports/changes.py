"""Bringing a roster's entries in line with a file: added, changed, withdrawn, brought back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from paotui.playbooks import values
from paotui.playbooks.schema import Field
from paotui.registry.imports.reporting import Change
from paotui.registry.imports.rows import Draft
from paotui.registry.ledger import Event
from paotui.registry.models import Roster, RosterEntry

FIELDS = ["sheet", "row", "name", "facts", "withdrawn_at"]


@dataclass
class Synced:
    """What happened to the entries; `events` are for the ledger, without values of personal facts."""

    added: list[str] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)


def sync(roster: Roster, targets: Sequence[tuple[Draft, int]], fields: tuple[Field, ...], at: dt.datetime) -> Synced:
    """Make the entries of `roster` those of `targets` (draft and id of its target)."""
    synced = Synced()
    column = f"{roster.target_kind}_id"
    standing = {getattr(entry, column): entry for entry in roster.entries.all()}
    new, moved = [], []
    for draft, target in targets:
        facts = values.dump(fields, draft.facts)
        entry = standing.pop(target, None)
        if entry is None:
            new.append(_entry(roster, draft, facts, column, target))
            synced.added.append(draft.name)
        elif _differs(entry, draft, facts):
            _note_changes(synced, entry, facts, fields)
            _take_over(entry, draft, facts)
            moved.append(entry)
    RosterEntry.objects.bulk_create(new, batch_size=1_000)
    RosterEntry.objects.bulk_update(moved, FIELDS, batch_size=500)
    _withdraw(synced, [entry for entry in standing.values() if entry.withdrawn_at is None], at)
    return synced


def _entry(roster: Roster, draft: Draft, facts: Mapping[str, Any], column: str, target: int) -> RosterEntry:
    return RosterEntry(
        district_id=roster.district_id, roster=roster, sheet=draft.sheet, row=draft.row, name=draft.name,
        facts=facts, **{column: target},
    )  # fmt: skip


def _differs(entry: RosterEntry, draft: Draft, facts: Mapping[str, Any]) -> bool:
    was = (entry.sheet, entry.row, entry.name, entry.facts, entry.withdrawn_at)
    return was != (draft.sheet, draft.row, draft.name, facts, None)


def _take_over(entry: RosterEntry, draft: Draft, facts: Mapping[str, Any]) -> None:
    entry.sheet, entry.row, entry.name = draft.sheet, draft.row, draft.name
    entry.facts, entry.withdrawn_at = dict(facts), None


def _note_changes(synced: Synced, entry: RosterEntry, facts: Mapping[str, Any], fields: tuple[Field, ...]) -> None:
    if entry.withdrawn_at is not None:
        synced.added.append(entry.name)
        synced.events.append(Event("roster_entry.bring_back", "roster_entry", entry.pk, {}))
    changes = [
        Change(entry.name, one.name, entry.facts.get(one.name), facts.get(one.name))
        for one in fields
        if entry.facts.get(one.name) != facts.get(one.name)
    ]
    if changes:
        personal = {one.name for one in fields if one.personal}
        said = {one.fact: None if one.fact in personal else [one.before, one.after] for one in changes}
        synced.events.append(Event("roster_entry.change", "roster_entry", entry.pk, said))
        synced.changed += changes


def _withdraw(synced: Synced, entries: Sequence[RosterEntry], at: dt.datetime) -> None:
    RosterEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(withdrawn_at=at)
    synced.withdrawn += [entry.name for entry in entries]
    synced.events += [Event("roster_entry.withdraw", "roster_entry", entry.pk, {}) for entry in entries]
