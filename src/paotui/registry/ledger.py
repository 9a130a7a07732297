"""The ledger: append-only, hash-chained history of a district. Every action appends to it in its own transaction.

An entry's hash covers the district, the number, everything the entry says, and the hash before it (SHA-256 over
canonical JSON), so that a changed, removed or inserted entry shows. Whoever could rewrite the whole chain and its head
would go unseen: keep a copy of the newest hash (`Verification.tip`) elsewhere from time to time.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from paotui.registry.actors import Actor
from paotui.registry.ledger_rows import canonical, insertions, numbered
from paotui.registry.models import District, LedgerEntry, LedgerHead
from paotui.registry.sql import fetch

_NAME = 60
"""Characters of a name the ledger keeps; a user name may be longer."""
# Plain SQL: every action pays for this, and the ORM would take six times as long as the database.
_READ_HEAD = f"SELECT number, hash FROM {LedgerHead._meta.db_table} WHERE district_id = %s"  # noqa: S608
_MOVE_HEAD = f"UPDATE {LedgerHead._meta.db_table} SET number = %s, hash = %s WHERE district_id = %s RETURNING number"  # noqa: S608


class Event(NamedTuple):
    """What one entry says happened, before it has a number."""

    action: str
    subject: str
    subject_id: int
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome of walking a chain; `first_bad` is the number of the first entry that does not fit."""

    ok: bool
    entries: int
    first_bad: int | None
    sentence: str
    tip: str


def append(
    *,
    district: District,
    at: dt.datetime,
    by: Actor,
    action: str,
    subject: str,
    subject_id: int,
    data: Mapping[str, Any],
) -> LedgerEntry:
    """Append one entry; `data` may hold texts, whole numbers, Decimal, dates, lists and mappings, but no floats."""
    return append_many(district=district, at=at, by=by, events=[Event(action, subject, subject_id, data)])[0]


def append_many(*, district: District, at: dt.datetime, by: Actor, events: Iterable[Event]) -> list[LedgerEntry]:
    """Append entries in order, under one lock of the district's chain; call it inside the action's transaction."""
    number, tip = _lock_head(district)
    entries = []
    for event in events:
        number += 1
        entry = LedgerEntry(
            district_id=district.pk, number=number, at=at, actor_id=by.person_id, actor_name=by.name[:_NAME],
            action=event.action, subject=event.subject, subject_id=event.subject_id, data=plain(event.data),
            previous_hash=tip,
        )  # fmt: skip
        entry.hash = tip = _hash(district.code, entry)
        entries.append(entry)
    *inserted, _moved = fetch([*insertions(entries), (_MOVE_HEAD, (number, tip, district.pk))])
    return numbered(entries, inserted)


def verify(district: District) -> Verification:
    """Walk the district's chain from the first entry and compare its end with the head."""
    head = LedgerHead.objects.filter(pk=district.pk).first() or LedgerHead(district=district)
    number, tip = 0, ""
    for entry in _chain(district):
        if entry.number != number + 1 or entry.previous_hash != tip or entry.hash != _hash(district.code, entry):
            return _broken(number, number + 1, tip)
        number, tip = entry.number, entry.hash
    if (head.number, head.hash) != (number, tip):
        return _broken(number, number + 1, tip)
    return Verification(True, number, None, _("The ledger is unbroken: %(count)d entries.") % {"count": number}, tip)


def plain(value: Any) -> Any:
    """Return `value` as JSON keeps it unchanged in every database; TypeError for floats and objects."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {_key(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} cannot go into the ledger; write numbers as Decimal or text")


def _key(key: Any) -> str:
    # JSON would turn 1 into "1" and sort it differently the next time.
    if not isinstance(key, str):
        raise TypeError(f"{key!r} cannot be a key in the ledger; keys are text")
    return key


def _lock_head(district: District) -> tuple[int, str]:
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("the ledger is written inside the transaction of an action")
    # SQLite has no row locks and needs none: a transaction there is the only writer from its start.
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    for number, tip in fetch([(_READ_HEAD + lock, (district.pk,))])[0]:
        return number, tip
    LedgerHead.objects.get_or_create(district=district)
    return _lock_head(district)


def _hash(district_code: str, entry: LedgerEntry) -> str:
    said = {
        "district": district_code,
        "number": entry.number,
        "at": entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor_id,
        "actor_name": entry.actor_name,
        "action": entry.action,
        "subject": entry.subject,
        "subject_id": entry.subject_id,
        "data": entry.data,
        "previous": entry.previous_hash,
    }
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def _chain(district: District) -> Iterator[LedgerEntry]:
    return LedgerEntry.objects.filter(district=district).order_by("number").iterator(chunk_size=2000)


def _broken(good: int, first_bad: int, tip: str) -> Verification:
    sentence = _("The ledger is broken at entry %(number)d; the %(good)d entries before it fit.")
    return Verification(False, good, first_bad, sentence % {"number": first_bad, "good": good}, tip)
