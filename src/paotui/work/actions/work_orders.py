"""What happens to work orders: recorded, reviewed, corrected, waived, paused, resumed, cancelled, assigned.

Each action holds the case of the work order from its beginning to its end, so that a double click, or a second worker,
finds the work as the first one left it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import transaction

from paotui.playbooks import values as typed
from paotui.registry import ledger
from paotui.registry import rules as registry
from paotui.registry.actors import Actor
from paotui.registry.models import Person
from paotui.work import idempotency, recording, rules
from paotui.work.actions.clocks import pause, resume
from paotui.work.changes import Changes, write
from paotui.work.coverage import Moves
from paotui.work.desk import Desk, hold, hold_all
from paotui.work.ending import conclude
from paotui.work.models import Attachment, Record, WorkOrder
from paotui.work.recording import Upload
from paotui.work.states import DONE, SUBMITTED

__all__ = [
    "Doing", "Upload", "accept", "assign", "cancel", "complete", "complete_many", "correct", "pause", "resume",
    "return_", "waive",
]  # fmt: skip


class Doing(NamedTuple):
    """One line of `complete_many`: a work order, the values of its record, when it happened (None: now)."""

    work_order: WorkOrder
    values: Mapping[str, Any]
    happened_at: dt.datetime | None = None


@transaction.atomic
def complete(
    *,
    work_order: WorkOrder,
    values: Mapping[str, Any],
    by: Actor,
    at: dt.datetime,
    happened_at: dt.datetime | None = None,
    person: Person | None = None,
    attachments: Sequence[Upload] = (),
    key: str | None = None,
) -> Record:
    """Record that a work order was done (or submit it, where the measure is reviewed) and return the record.

    `values` may be typed or as people write them; `happened_at` is when it was done, not after `at`; `person` is who
    did it, `by` unless given. What waited for it may start, what the record calls for comes into being, and a case
    without open work is closed. Raises NotAllowed, WrongState, Invalid or Conflict.
    """
    registry.check_in_district(by, work_order.district_id)
    desk = hold(work_order.district_id, work_order.pk)
    body = {"work_order": work_order.pk, "values": _said(values), "happened_at": happened_at}
    # After the lock: an equal call made at the same time has settled by now.
    earlier = idempotency.claim(district=desk.district, key=key, action="work_order.complete", body=body, at=at)
    if earlier is not None:
        return Record.objects.get(district=work_order.district_id, pk=earlier["record"])
    changes = Changes(desk, at)
    done = _Done(values, happened_at or at, person, tuple(attachments))
    record, event = _complete(desk, changes, done, recording.AtOnce(), by)
    changes.save()
    ledger.append_many(district=desk.district, at=at, by=by, events=[event])
    idempotency.settle(district=desk.district, key=key, outcome={"record": record.pk})
    return record


@transaction.atomic
def complete_many(
    *,
    items: Iterable[Doing | tuple[WorkOrder, Mapping[str, Any], dt.datetime | None]],
    by: Actor,
    at: dt.datetime,
    key: str | None = None,
) -> list[Record]:
    """Record many work orders, all of them or none, and return their records in the order given; see `complete`."""
    doings = [Doing(*item) for item in items]
    if not doings:
        return []
    registry.check_in_district(by, *{doing.work_order.district_id for doing in doings})
    district = doings[0].work_order.district
    body = {"items": [[one.work_order.pk, _said(one.values), one.happened_at] for one in doings]}
    earlier = idempotency.claim(district=district, key=key, action="work_order.complete_many", body=body, at=at)
    if earlier is not None:
        found = Record.objects.filter(district=district).in_bulk(earlier["records"])
        return [found[pk] for pk in earlier["records"]]
    records, events, desks = recording.Together(district.pk, len(doings)), [], _desks(district.pk, doings)
    moves = Moves(district.pk)
    changes = {case: Changes(desk, at, moves) for case, desk in desks.items()}
    made = []
    for one in doings:
        case = one.work_order.case_id
        desk = desks[case].turned_to(one.work_order.pk)
        done = _Done(one.values, one.happened_at or at, None, ())
        record, event = _complete(desk, changes[case], done, records, by)
        made.append(record)
        events.append(event)
    records.write()
    write(list(changes.values()))
    ledger.append_many(district=district, at=at, by=by, events=events)
    idempotency.settle(district=district, key=key, outcome={"records": [record.pk for record in made]})
    return made


def _desks(district_id: int, doings: Sequence[Doing]) -> dict[int, Desk]:
    # In the order of the cases, so that two such calls never wait for each other's.
    first = {one.work_order.case_id: one.work_order.pk for one in doings}
    return {desk.case: desk for desk in hold_all(district_id, [first[case] for case in sorted(first)])}


class _Done(NamedTuple):
    values: Mapping[str, Any]
    happened_at: dt.datetime
    person: Person | None
    uploads: tuple[Upload, ...]


def _complete(
    desk: Desk, changes: Changes, done: _Done, records: recording.AtOnce | recording.Together, by: Actor
) -> tuple[Record, ledger.Event]:
    verb = rules.completing_verb(desk.is_reviewed)
    state = rules.check(by, verb, desk.order.state, desk.scope, reviewed=desk.is_reviewed)
    record, kept = _record(desk, done, records, by, changes.at)
    outcome: dict[str, Any] = {}
    if state == SUBMITTED:
        changes.move(desk.order, state)
        changes.ask_for_review(desk)
    else:
        changes.move(desk.order, state, done_at=done.happened_at)
        outcome = conclude(changes, desk, kept, done.happened_at, record.pk)
    told = {
        "record": record.pk, "happened_at": done.happened_at, "values_sha256": recording.digest(record.values),
    }  # fmt: skip
    return record, _event(desk, verb, told | outcome)


def _record(
    desk: Desk, done: _Done, records: recording.AtOnce | recording.Together, by: Actor, at: dt.datetime
) -> tuple[Record, dict[str, Any]]:
    rules.check_happened(done.happened_at, at)
    if done.person is not None:
        registry.check_in_district(by, done.person.district_id)
    values = recording.checked(desk.measure, done.values)
    recording.check_evidence(desk.measure, [*_kept_kinds(desk), *(one.kind for one in done.uploads)], done.happened_at)
    doer = done.person.pk if done.person is not None else by.person_id
    record = recording.made(desk, values, person=doer, happened_at=done.happened_at, at=at)
    records.insert(record, done.uploads)
    return record, values


def _kept_kinds(desk: Desk) -> list[str]:
    if desk.standing is None or not desk.measure.evidence:
        return []
    kept = Attachment.objects.filter(district=desk.district, record=desk.standing.id)
    return list(kept.values_list("kind", flat=True))


@transaction.atomic
def accept(*, work_order: WorkOrder, by: Actor, at: dt.datetime) -> WorkOrder:
    """Accept what was submitted: the work is done, as of when it happened, and what waited for it may start."""
    desk = _held(work_order, by)
    state = rules.check(by, "accept", desk.order.state, desk.scope, reviewed=desk.is_reviewed)
    standing = desk.standing
    assert standing is not None  # nothing is submitted without a record
    changes = Changes(desk, at)
    changes.move(desk.order, state, done_at=standing.happened_at)
    changes.take_back_review(desk.order)
    values = typed.load_json(desk.measure.record, standing.values)
    outcome = conclude(changes, desk, values, at, standing.id)
    changes.save()
    return _told(desk, by, at, "accept", {"record": standing.id} | outcome)


@transaction.atomic
def return_(*, work_order: WorkOrder, reason: str, by: Actor, at: dt.datetime) -> WorkOrder:
    """Give what was submitted back to be done again; the reason is shown to the doer."""
    desk = _held(work_order, by)
    state = rules.check(by, "return", desk.order.state, desk.scope, reviewed=desk.is_reviewed)
    changes = Changes(desk, at)
    changes.move(desk.order, state, reason=rules.check_reason(reason))
    changes.take_back_review(desk.order)
    changes.save()
    return _told(desk, by, at, "return", {"reason": desk.order.reason})


@transaction.atomic
def correct(
    *,
    record: Record,
    values: Mapping[str, Any],
    reason: str,
    by: Actor,
    at: dt.datetime,
    happened_at: dt.datetime | None = None,
    attachments: Sequence[Upload] = (),
    key: str | None = None,
) -> Record:
    """Put a record with other values in the place of one that stands; the old one is kept, withdrawn at `at`.

    Work that only the new values call for comes into being; what the old ones called for stays, to be cancelled by
    hand. Raises what `complete` raises, and Conflict when the record was replaced meanwhile.
    """
    registry.check_in_district(by, record.district_id)
    desk = hold(record.district_id, record.work_order_id)
    body = {"record": record.pk, "values": _said(values), "reason": reason, "happened_at": happened_at}
    earlier = idempotency.claim(district=desk.district, key=key, action="work_order.correct", body=body, at=at)
    if earlier is not None:
        return Record.objects.get(district=record.district_id, pk=earlier["record"])
    rules.check(by, "correct", desk.order.state, desk.scope, reviewed=desk.is_reviewed)
    recording.check_stands(desk, record)
    said = rules.check_reason(reason)
    happened = happened_at or record.happened_at
    done = _Done(values, happened, record.person, tuple(attachments))
    new, kept = _record(desk, done, recording.AtOnce(), by, at)
    changes = Changes(desk, at)
    changes.move(desk.order, desk.order.state, done_at=happened if desk.order.state == DONE else None)
    before = typed.load_json(desk.measure.record, record.values)
    outcome = conclude(changes, desk, kept, happened, new.pk, before=before)
    changes.save()
    told = {"record": new.pk, "replaces": record.pk, "reason": said, "values_sha256": recording.digest(new.values)}
    ledger.append_many(district=desk.district, at=at, by=by, events=[_event(desk, "correct", told | outcome)])
    idempotency.settle(district=desk.district, key=key, outcome={"record": new.pk})
    return new


@transaction.atomic
def waive(*, work_order: WorkOrder, reason: str, by: Actor, at: dt.datetime) -> WorkOrder:
    """Let a work order off, with the reason; what waited for it may start."""
    return _end(work_order, "waive", reason, by, at)


@transaction.atomic
def cancel(*, work_order: WorkOrder, reason: str, by: Actor, at: dt.datetime) -> WorkOrder:
    """Take a work order back that should not have been given; it counts neither as work nor as done."""
    return _end(work_order, "cancel", reason, by, at)


def _end(work_order: WorkOrder, verb: str, reason: str, by: Actor, at: dt.datetime) -> WorkOrder:
    desk = _held(work_order, by)
    state = rules.check(by, verb, desk.order.state, desk.scope, reviewed=desk.is_reviewed)
    changes = Changes(desk, at)
    was_submitted = desk.order.state == SUBMITTED
    changes.move(desk.order, state, reason=rules.check_reason(reason))
    if was_submitted:
        changes.take_back_review(desk.order)
    outcome = conclude(changes, desk)
    changes.save()
    return _told(desk, by, at, verb, {"reason": desk.order.reason} | outcome)


@transaction.atomic
def assign(*, work_order: WorkOrder, person: Person | None, by: Actor, at: dt.datetime) -> WorkOrder:
    """Give a work order to somebody by name, or (None) back to the organisation."""
    desk = _held(work_order, by)
    state = rules.check(by, "assign", desk.order.state, desk.scope, reviewed=desk.is_reviewed)
    if person is not None:
        registry.check_in_district(by, person.district_id)
    changes = Changes(desk, at)
    changes.move(desk.order, state, reason=desk.order.reason, person=person.pk if person else None)
    changes.save()
    return _told(desk, by, at, "assign", {"person": person.pk if person else None})


def _held(work_order: WorkOrder, by: Actor) -> Desk:
    registry.check_in_district(by, work_order.district_id)
    return hold(work_order.district_id, work_order.pk)


def _event(desk: Desk, verb: str, data: Mapping[str, Any]) -> ledger.Event:
    return ledger.Event(f"work_order.{verb}", "work_order", desk.order.id, data)


def _told(desk: Desk, by: Actor, at: dt.datetime, verb: str, data: Mapping[str, Any]) -> WorkOrder:
    ledger.append_many(district=desk.district, at=at, by=by, events=[_event(desk, verb, data)])
    return WorkOrder.objects.get(district=desk.district, pk=desk.order.id)


def _said(values: Mapping[str, Any]) -> dict[str, str]:
    """Return values as text, to tell two calls apart: raw ones may be of any type."""
    return {name: str(value) for name, value in values.items()}
