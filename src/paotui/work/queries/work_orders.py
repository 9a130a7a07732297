"""Work orders: the list with filters, paged by key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Q, QuerySet

from paotui.registry.actors import Actor
from paotui.registry.sql import fetch, stored
from paotui.work.models import TaskForce, WorkOrder
from paotui.work.queries import bounded, lines
from paotui.work.queries import scope as scopes
from paotui.work.queries.bounded import Span
from paotui.work.queries.detail import detail
from paotui.work.queries.items import PAGE, Page, WorkItem
from paotui.work.queries.scope import Scope
from paotui.work.queries.work_detail import RecordLine, WorkDetail
from paotui.work.states import OPEN, STATES

__all__ = ["Filters", "Page", "RecordLine", "Sort", "WorkDetail", "WorkItem", "detail", "listing"]

Sort = Literal["due", "newest"]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; None and False mean: not narrowed."""

    task_force: int | None = None
    measure: str | None = None
    states: tuple[str, ...] = ()
    organisation: int | None = None
    person: int | None = None
    overdue: bool = False


def listing(
    actor: Actor,
    at: dt.datetime,
    filters: Filters = Filters(),
    *,
    language: str = "zh-hans",
    after_key: str | None = None,
    sort: Sort = "due",
    size: int = PAGE,
) -> Page[WorkItem]:
    """Return the work orders `actor` may see, `size` at a time; "due": earliest due first, no due day last.

    Without a filter these are the work orders of the organisations in their reach; narrowed to a task force, another
    organisation or a person, also those of task forces led from there. `after_key` is the key of the page before; one
    that cannot be read starts again.
    """
    query = _Query(scopes.of(actor, "work.read"), at, filters, size)
    ids = query.newest(after_key) if sort == "newest" else query.by_due(after_key)
    found = lines.by_ids(actor.district_id, ids[:size], at, language)
    shown = tuple(found[pk] for pk in ids[:size])
    more = len(ids) > size
    return Page(shown, _key(shown[-1], sort) if more and shown else None)


def _key(last: WorkItem, sort: Sort) -> str:
    due = last.due_at.astimezone(dt.UTC).isoformat() if last.due_at else ""
    return f"{last.id}" if sort == "newest" else f"{due}~{last.id}"


class _Query:
    """One page of a list: which stretch of which index holds it."""

    def __init__(self, scope: Scope, at: dt.datetime, filters: Filters, size: int) -> None:
        self._scope, self._at, self._filters, self._size = scope, at, filters, size
        self._states = filters.states or (tuple(sorted(OPEN)) if filters.overdue else STATES)

    def by_due(self, after_key: str | None) -> list[int]:
        """Return one id more than the page holds, dated work first."""
        due, last = _read(after_key)
        ids: list[int] = []
        if not (after_key and last and due is None):
            ids = self._dated(due, last)
        missing = self._size + 1 - len(ids)
        if missing > 0 and not self._filters.overdue:
            ids += self._undated(last if due is None else 0, missing)
        return ids

    def _dated(self, due: dt.datetime | None, last: int) -> list[int]:
        texts, params = ["due_at IS NOT NULL"], []
        if due is not None:
            texts.append("(due_at > %s OR (due_at = %s AND id > %s))")
            # Said once more for the index, which cannot use an OR.
            texts.append("due_at >= %s")
            params += [stored(due), stored(due), last, stored(due)]
        if self._filters.overdue:
            texts.append("due_at < %s")
            params.append(stored(self._at))
        return self._ids(Span(" AND ".join(texts), params), self._size + 1)

    def _undated(self, last: int, limit: int) -> list[int]:
        return self._ids(Span("due_at IS NULL AND id > %s", (last,)), limit)

    def _ids(self, span: Span, limit: int) -> list[int]:
        text, params = self._narrowed(span)
        return [row[0] for row in fetch([self._statement(Span(text, params), limit)])[0]]

    def _statement(self, span: Span, limit: int) -> Any:
        filters, district = self._filters, self._scope.district_id
        if filters.organisation is not None:
            return bounded.along(
                "organisation_id", filters.organisation, district, self._states, self._reach(span), limit
            )
        if filters.task_force is not None:
            return bounded.along("task_force_id", filters.task_force, district, self._states, self._reach(span), limit)
        if filters.person is not None:
            return bounded.along("person_id", filters.person, district, self._states, self._reach(span), limit)
        return bounded.orders(self._scope, self._states, span, limit)

    def _reach(self, span: Span) -> Span:
        text, params = bounded.within(self._scope, or_led=True)
        return Span(span.text + text, (*span.params, *params))

    def _narrowed(self, span: Span) -> tuple[str, Sequence[Any]]:
        found = [(name, value) for name, value in self._columns() if value is not None]
        text = "".join(f" AND {name} = %s" for name, _value in found)
        return span.text + text, [*span.params, *(value for _name, value in found)]

    def _columns(self) -> list[tuple[str, Any]]:
        filters = self._filters
        return [
            ("task_force_id", filters.task_force), ("measure", filters.measure),
            ("organisation_id", filters.organisation), ("person_id", filters.person),
        ]  # fmt: skip

    def newest(self, after_key: str | None) -> list[int]:
        """Return one id more than the page holds, the newest first."""
        _due, last = _read(f"~{after_key}" if after_key else None)
        found = self._visible().filter(**{name: value for name, value in self._columns() if value is not None})
        if self._filters.overdue:
            found = found.filter(due_at__lt=self._at)
        if last:
            found = found.filter(id__lt=last)
        return list(found.filter(state__in=self._states).order_by("-id").values_list("id", flat=True)[: self._size + 1])

    def _visible(self) -> QuerySet[WorkOrder]:
        found = WorkOrder.objects.filter(district=self._scope.district_id)
        if self._scope.is_whole:
            return found
        reach = self._scope.matching("organisation__")
        if self._filters.task_force or self._filters.organisation or self._filters.person:
            led = TaskForce.objects.filter(self._scope.matching("lead__"), district=self._scope.district_id)
            reach |= Q(task_force__in=led.values("id"))
        return found.filter(reach)


def _read(key: str | None) -> tuple[dt.datetime | None, int]:
    """Return (due time, id) of a key; (None, 0) for none and for one that cannot be read."""
    due, _tilde, last = (key or "").partition("~")
    try:
        return (dt.datetime.fromisoformat(due) if due else None), int(last or 0)
    except ValueError:
        return None, 0
