"""One work order with everything a page about it shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import override

from paotui import worktime
from paotui.playbooks import values
from paotui.playbooks.schema import Evidence, Field, Measure, Text
from paotui.playbooks.wording import Wording
from paotui.registry.actors import Actor
from paotui.registry.models import LedgerEntry, Organisation
from paotui.work import clocks, rules
from paotui.work.desk import Desk, look
from paotui.work.models import Attachment, Pause, Record, WorkOrder
from paotui.work.queries import ledger, lines, printed
from paotui.work.queries.lines import chosen
from paotui.work.queries.work_detail import (
    AttachmentLine,
    DayLine,
    EvidenceLine,
    FieldLine,
    HistoryLine,
    PauseLine,
    RecordLine,
    WorkDetail,
)
from paotui.worktime import WorktimeError

MOST_HISTORY = 200
VERBS = ("complete", "accept", "return", "correct", "waive", "pause", "resume", "cancel", "assign")


def detail(
    work_order: WorkOrder, at: dt.datetime, language: str = "zh-hans", *, actor: Actor | None = None
) -> WorkDetail:
    """Return everything a page about `work_order` shows; without an actor nothing may be done.

    A fixed number of queries, whatever the number of records and entries.
    """
    desk = look(work_order.district_id, work_order.pk)
    measure = desk.measure
    records = _records(desk, language)
    standing = [record for record in records if record.withdrawn_at is None]
    return WorkDetail(
        item=lines.by_ids(desk.district.pk, [desk.order.id], at, language)[desk.order.id],
        guide=_said(measure.guide, language),
        role_label=_role(desk, desk.order.role, language),
        minutes=measure.minutes,
        trips=measure.trips,
        fields=tuple(_field(field, language) for field in measure.record),
        evidence=tuple(_evidence(one, language) for one in measure.evidence),
        participants=_participants(desk, language),
        reviewers=_reviewers(desk, language),
        record=standing[0] if standing else None,
        earlier=tuple(record for record in records if record.withdrawn_at is not None),
        pauses=_pauses(desk),
        deadline=_deadline(desk, language),
        due_rule=Wording(desk.playbook, language).due(measure.due) if measure.due else "",
        history=_history(desk, language),
        may=_may(desk, measure, actor),
    )


def _said(text: Text | None, language: str) -> str:
    return text.in_language(language) if text else ""


def _role(desk: Desk, name: str, language: str) -> str:
    return next((role.label.in_language(language) for role in desk.playbook.roles if role.name == name), name)


def _field(field: Field, language: str) -> FieldLine:
    return FieldLine(
        name=field.name, label=field.label.in_language(language), type=field.type, unit=_said(field.unit, language),
        required=field.required,
        choices=tuple((one.value, one.label.in_language(language)) for one in field.choices),
        minimum="" if field.minimum is None else str(field.minimum),
        maximum="" if field.maximum is None else str(field.maximum),
        why=_said(field.why, language), personal=field.personal,
    )  # fmt: skip


def _evidence(one: Evidence, language: str) -> EvidenceLine:
    return EvidenceLine(
        one.kind, one.label.in_language(language), one.required, _said(one.why, language), one.basis or "", one.expires
    )


def _names(desk: Desk, ids: Sequence[int], language: str) -> dict[int, str]:
    found = Organisation.objects.filter(district=desk.district, pk__in=ids).values_list("pk", "name", "name_en")
    return {pk: chosen(name, name_en, language) for pk, name, name_en in found}


def _participants(desk: Desk, language: str) -> tuple[tuple[str, str], ...]:
    names = _names(desk, [one for _role, one, _path in desk.participants], language)
    return tuple((_role(desk, role, language), names[one]) for role, one, _path in desk.participants)


def _reviewers(desk: Desk, language: str) -> tuple[str, ...]:
    names = _names(desk, [one for one, _path in desk.reviewers], language)
    return tuple(names[one] for one, _path in desk.reviewers)


def _records(desk: Desk, language: str) -> list[RecordLine]:
    """Return the records of the work order, the one that stands (entered last) first."""
    found = Record.objects.filter(district=desk.district, work_order=desk.order.id).order_by("-entered_at", "-id")
    rows = list(found.select_related("organisation", "person"))
    fields = desk.measure.record
    typed = [values.load_json(fields, row.values) for row in rows]
    texts = printed.texts(desk.district.pk, fields, typed, language)
    files = _attachments(desk, rows)
    return [
        RecordLine(
            id=row.pk, happened_at=row.happened_at, entered_at=row.entered_at, withdrawn_at=row.withdrawn_at,
            organisation=chosen(row.organisation.name, row.organisation.name_en, language),
            person=row.person.name if row.person else "",
            values=tuple(
                (field.name, field.label.in_language(language), text[field.name])
                for field in fields
                if field.name in text
            ),
            typed=known, attachments=tuple(files.get(row.pk, ())),
        )
        for row, known, text in zip(rows, typed, texts, strict=True)
    ]  # fmt: skip


def _attachments(desk: Desk, rows: Sequence[Record]) -> dict[int, list[AttachmentLine]]:
    files: dict[int, list[AttachmentLine]] = {}
    for one in Attachment.objects.filter(district=desk.district, record__in=[row.pk for row in rows]).order_by("id"):
        line = AttachmentLine(one.kind, one.name, one.sha256, one.size, one.media_type)
        files.setdefault(one.record_id, []).append(line)
    return files


def _pauses(desk: Desk) -> tuple[PauseLine, ...]:
    found = Pause.objects.filter(district=desk.district, work_order=desk.order.id).order_by("start", "id")
    return tuple(PauseLine(*row) for row in found.values_list("start", "end", "reason"))


def _deadline(desk: Desk, language: str) -> tuple[DayLine, ...]:
    order = desk.order
    stops = clocks.pauses(desk.district.pk, [order.id])[order.id]
    try:
        found = clocks.deadline(desk, order, desk.calendar, stops)
        days = worktime.explain(found, desk.calendar) if found is not None else []
    except WorktimeError:
        return ()  # a deadline that cannot be computed any more is shown as it stands, without its days
    return tuple(
        DayLine(day.date, day.counted, day.running, day.reason.in_language(language), day.source) for day in days
    )


def _history(desk: Desk, language: str) -> tuple[HistoryLine, ...]:
    entries = LedgerEntry.objects.filter(district=desk.district, subject="work_order", subject_id=desk.order.id)
    with override(language):
        return tuple(
            HistoryLine(entry.number, entry.at, entry.actor_name, entry.action, ledger.said(entry))
            for entry in entries.order_by("-number")[:MOST_HISTORY]
        )


def _may(desk: Desk, measure: Measure, actor: Actor | None) -> dict[str, bool]:
    reviewed, state, scope = measure.review is not None, desk.order.state, desk.scope
    verbs = {verb: rules.completing_verb(reviewed) if verb == "complete" else verb for verb in VERBS}
    return {name: rules.can(actor, verb, state, scope, reviewed=reviewed) for name, verb in verbs.items()}
