"""One case: the target with its facts and all the work done and to be done for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from paotui.playbooks import values
from paotui.playbooks.schema import Playbook
from paotui.work.models import Case, WorkOrder
from paotui.work.queries import lines, playbooks, printed
from paotui.work.queries.items import WorkItem
from paotui.work.queries.lines import chosen


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact of the target; `text` is ready to be printed, unit included, empty when unknown."""

    name: str
    label: str
    text: str
    personal: bool


@dataclass(frozen=True, slots=True)
class CaseDetail:
    id: int
    target: str
    state: str
    opened_at: dt.datetime
    closed_at: dt.datetime | None
    task_force_id: int
    task_force: str
    lead: str
    facts: tuple[FactLine, ...]
    work: tuple[WorkItem, ...]
    """In the order of the playbook, then of sequence."""


def detail(case: Case, at: dt.datetime, language: str = "zh-hans") -> CaseDetail:
    """Return `case` with the target's facts and its work; a fixed number of queries."""
    found = Case.objects.select_related("entry", "task_force__playbook", "task_force__lead")
    row = found.get(district=case.district_id, pk=case.pk)
    playbook = playbooks.of_task_force(row.task_force).playbook
    return CaseDetail(
        id=row.pk, target=row.name, state=row.state, opened_at=row.opened_at, closed_at=row.closed_at,
        task_force_id=row.task_force_id, task_force=chosen(row.task_force.title, row.task_force.title_en, language),
        lead=chosen(row.task_force.lead.name, row.task_force.lead.name_en, language),
        facts=_facts(row, playbook, language), work=_work(row, playbook, at, language),
    )  # fmt: skip


def _facts(row: Case, playbook: Playbook, language: str) -> tuple[FactLine, ...]:
    fields = playbook.target.facts
    texts = printed.texts(row.district_id, fields, [values.load_json(fields, row.entry.facts)], language)[0]
    return tuple(
        FactLine(field.name, field.label.in_language(language), texts.get(field.name, ""), field.personal)
        for field in fields
    )


def _work(row: Case, playbook: Playbook, at: dt.datetime, language: str) -> tuple[WorkItem, ...]:
    place = {measure.id: number for number, measure in enumerate(playbook.measures)}
    items = lines.items(row.district_id, WorkOrder.objects.filter(district=row.district_id, case=row), at, language)
    return tuple(sorted(items, key=lambda item: (place[item.measure], item.sequence, item.id)))
