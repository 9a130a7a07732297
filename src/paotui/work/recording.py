"""Records: checked values and evidence in, a row that stands until a later one replaces it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from paotui.playbooks import values as typed
from paotui.playbooks.schema import Measure
from paotui.registry.errors import Conflict, Invalid
from paotui.registry.sql import Statement, as_json, fetch, run, stored
from paotui.work import attachments, bulk
from paotui.work.desk import Desk
from paotui.work.models import Attachment, Record
from paotui.work.wording import language
from paotui.worktime.zone import local

TABLE = bulk.Table(
    "work_record",
    ("id", "task_force_id", "case_id", "work_order_id", "measure", "organisation_id", "person_id", "happened_at",
     "entered_at", "replaces_id", '"values"'),
    ("district_id",),
)  # fmt: skip
_COLUMNS = ("district_id", *TABLE.columns[1:])
_INSERT = f"INSERT INTO {TABLE.name} ({', '.join(_COLUMNS)}) VALUES ({', '.join(['%s'] * len(_COLUMNS))}) RETURNING id"  # noqa: S608
_WITHDRAW = "UPDATE work_record SET withdrawn_at = %s WHERE district_id = %s AND id = %s AND withdrawn_at IS NULL"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file handed in with a record; `kind` is one the measure asks for."""

    kind: str
    name: str
    content: bytes
    media_type: str = "application/octet-stream"


def checked(measure: Measure, raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return the typed values of a record; raises Invalid with a sentence for every field that is wrong."""
    try:
        return typed.parse(measure.record, raw)
    except typed.ValueErrors as error:
        raise Invalid(error.in_language(language()), what="record") from error


def check_evidence(measure: Measure, kinds: Iterable[str], happened_at: dt.datetime) -> None:
    """Raise Invalid for evidence the playbook does not ask for (or no longer), and for what it asks for in vain."""
    given, day = set(kinds), local(happened_at).date()
    asked = {one.kind: one for one in measure.evidence if one.expires is None or one.expires >= day}
    problems = [
        (kind, _("The playbook asks for no “%(kind)s” here; leave it out.") % {"kind": kind})
        for kind in sorted(given - asked.keys())
    ]
    problems += [
        (one.kind, _("“%(label)s” is missing: attach it.") % {"label": one.label.in_language(language())})
        for one in asked.values()
        if one.required and one.kind not in given
    ]
    if problems:
        raise Invalid(problems, what="evidence")


class AtOnce:
    """Inserts every record as it comes."""

    def insert(self, record: Record, uploads: Sequence[Upload]) -> None:
        """Insert `record` in the place of the one it replaces and give it its number; keep its files."""
        if record.replaces_id is not None:
            run([_withdrawal(record)])
        record.pk = fetch([(_INSERT, _row(record))])[0][0][0]
        record._state.adding = False
        _attach(record, uploads)

    def write(self) -> None:
        """Nothing is left to be written."""


class Together:
    """Numbers records as they come and inserts them all at the end: many in one action."""

    def __init__(self, district_id: int, expected: int) -> None:
        self._numbers = bulk.numbers(TABLE.name, at_once=expected)
        self._sink = bulk.Sink(TABLE, (district_id,))
        self._records: list[Record] = []

    def insert(self, record: Record, uploads: Sequence[Upload]) -> None:
        """Take `record` in and give it its number; files come with single records only."""
        assert not uploads
        record.pk = next(self._numbers)
        record._state.adding = False
        self._records.append(record)

    def write(self) -> None:
        """Insert what was taken in."""
        run([_withdrawal(record) for record in self._records if record.replaces_id is not None])
        self._sink.write([(record.pk, *_row(record)[1:]) for record in self._records])
        for record in self._records:
            if record.replaces_id is not None:
                _attach(record, ())


def made(
    desk: Desk, values: Mapping[str, Any], *, person: int | None, happened_at: dt.datetime, at: dt.datetime
) -> Record:
    """Return a record of the desk's work order, not inserted yet, to take the place of the one that stands."""
    order = desk.order
    return Record(
        district_id=desk.district.pk, task_force_id=desk.task_force.pk, case_id=desk.case, work_order_id=order.id,
        measure=order.measure, organisation_id=order.organisation, person_id=person, happened_at=happened_at,
        entered_at=at, replaces_id=desk.standing.id if desk.standing else None,
        values=typed.dump(desk.measure.record, values),
    )  # fmt: skip


def _row(record: Record) -> tuple[Any, ...]:
    return (
        record.district_id, record.task_force_id, record.case_id, record.work_order_id, record.measure,
        record.organisation_id, record.person_id, stored(record.happened_at), stored(record.entered_at),
        record.replaces_id, as_json(record.values),
    )  # fmt: skip


def _withdrawal(record: Record) -> Statement:
    return _WITHDRAW, (stored(record.entered_at), record.district_id, record.replaces_id)


def _attach(record: Record, uploads: Sequence[Upload]) -> None:
    found = [
        Attachment(
            district_id=record.district_id, record=record, kind=upload.kind, name=upload.name[:200],
            sha256=attachments.store(upload.content), size=len(upload.content), media_type=upload.media_type[:100],
        )
        for upload in uploads
    ]  # fmt: skip
    if record.replaces_id is not None:
        found += _carried_over(record, {one.sha256 for one in found})
    if found:
        Attachment.objects.bulk_create(found)


def _carried_over(record: Record, given: set[str]) -> list[Attachment]:
    """Return the evidence of the replaced record for the new one: it proves the same doing."""
    earlier = Attachment.objects.filter(district=record.district_id, record=record.replaces_id)
    kept = list(earlier.exclude(sha256__in=given).order_by("id"))
    for one in kept:
        one.pk, one.record = None, record
    return kept


def digest(values: Mapping[str, Any]) -> str:
    """Return the SHA-256 of stored values: the ledger proves a record without repeating what it says of people."""
    canonical = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def check_stands(desk: Desk, record: Record) -> None:
    """Raise Conflict unless `record` is the one that stands for the desk's work order."""
    if desk.standing is None or desk.standing.id != record.pk:
        raise Conflict(
            _("This record was replaced by a later one."), what="record", remedy=_("Correct the one that stands.")
        )
