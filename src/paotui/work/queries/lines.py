"""Work orders as lines of a list, texts in the language asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from paotui.playbooks.loader import Loaded
from paotui.work import rules
from paotui.work.models import WorkOrder
from paotui.work.queries import playbooks
from paotui.work.queries.items import WorkItem

_COLUMNS = (
    "id", "case_id", "case__name", "task_force_id", "task_force__title", "task_force__title_en",
    "task_force__playbook__sha256", "measure", "sequence", "role", "organisation_id", "organisation__name",
    "organisation__name_en", "person__name", "state", "opens_at", "due_at", "done_at", "reason",
)  # fmt: skip


def chosen(zh: str, en: str, language: str) -> str:
    """Return the text in `language`, Chinese when in doubt."""
    return en if language.startswith("en") and en else zh


def items(district_id: int, orders: QuerySet[WorkOrder], at: dt.datetime, language: str) -> tuple[WorkItem, ...]:
    """Return the lines of `orders` in their order; one query, and one more for playbooks not read before.

    Hazard: asked for `district_id = ? AND id IN (...)`, SQLite walks the index of the whole district. So the district
    is compared here.
    """
    found = orders.values_list(*_COLUMNS, "district_id")
    rows = [row[:-1] for row in found if row[-1] == district_id]
    loaded = playbooks.by_hash(district_id, {row[6] for row in rows})
    return tuple(_item(row, loaded[row[6]], at, language) for row in rows)


def by_ids(district_id: int, ids: Iterable[int], at: dt.datetime, language: str) -> dict[int, WorkItem]:
    """Return lines by the id of their work order."""
    found = items(district_id, WorkOrder.objects.filter(id__in=list(ids)), at, language)
    return {item.id: item for item in found}


def _item(row: Sequence[Any], loaded: Loaded, at: dt.datetime, language: str) -> WorkItem:
    (pk, case, target, task_force, title, title_en, _sha256, measure, sequence, role, organisation, name, name_en,
     person, state, opens_at, due_at, done_at, reason) = row  # fmt: skip
    said = loaded.playbook.measure(measure)
    return WorkItem(
        id=pk, case_id=case, target=target, task_force_id=task_force, task_force=chosen(title, title_en, language),
        measure=measure, title=said.title.in_language(language), kind=said.kind, sequence=sequence, role=role,
        organisation_id=organisation, organisation=chosen(name, name_en, language), person=person or "", state=state,
        opens_at=opens_at, due_at=due_at, done_at=done_at, reason=reason,
        is_late=rules.is_late(state, due_at, done_at, at),
    )  # fmt: skip
