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
from paotui.work import attachments
from paotui.work.desk import Desk
from paotui.work.models import Attachment, Record
from paotui.work.sql import as_json, fetch, run, stored
from paotui.work.wording import language
from paotui.worktime.zone import local

_INSERT = """
INSERT INTO work_record (district_id, task_force_id, case_id, work_order_id, measure, organisation_id, person_id,
happened_at, entered_at, replaces_id, "values") VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING id"""
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


def insert(
    desk: Desk,
    values: Mapping[str, Any],
    *,
    person: int | None,
    happened_at: dt.datetime,
    at: dt.datetime,
    uploads: Sequence[Upload],
) -> Record:
    """Insert a record of the desk's work order in the place of the one that stands, with its attachments."""
    order, replaces = desk.order, desk.standing
    if replaces is not None:
        run([(_WITHDRAW, (stored(at), desk.district.pk, replaces.id))])
    kept = typed.dump(desk.measure.record, values)
    row = (
        desk.district.pk, desk.task_force.pk, desk.case, order.id, order.measure, order.organisation, person,
        stored(happened_at), stored(at), replaces.id if replaces else None, as_json(kept),
    )  # fmt: skip
    number = fetch([(_INSERT, row)])[0][0][0]
    record = Record(
        id=number, district_id=desk.district.pk, task_force_id=desk.task_force.pk, case_id=desk.case,
        work_order_id=order.id, measure=order.measure, organisation_id=order.organisation, person_id=person,
        happened_at=happened_at, entered_at=at, replaces_id=replaces.id if replaces else None, values=kept,
    )  # fmt: skip
    record._state.adding = False
    _attach(record, uploads)
    return record


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
