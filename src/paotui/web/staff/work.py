"""The list of work orders: filtered, paged by key, exported."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from paotui.web import exports
from paotui.web.requests import StaffRequest
from paotui.work import states as work_states
from paotui.work.queries import task_forces, work_orders
from paotui.work.queries.items import WorkItem
from paotui.work.queries.work_orders import Filters
from paotui.work.states import WorkState

EXPORT_PAGE = 1000
OPEN = "open"
"""Shown unless asked otherwise: what is not ended."""


def listing(request: StaffRequest) -> HttpResponse:
    filters, sort = _filters(request.GET), _sort(request.GET)
    page = work_orders.listing(
        request.actor, request.at, filters, language=get_language(), after_key=request.GET.get("after"), sort=sort
    )
    return render(request, "staff/work.html", {
        "page": page, "chosen": {"state": OPEN, **request.GET.dict(), "sort": sort},
        "narrowed": bool(set(request.GET) - {"after"}),
        "states": WorkState.choices, "task_forces": task_forces.listing(request.actor, request.at, get_language()),
    })  # fmt: skip


def export(request: StaffRequest) -> HttpResponse:
    headings = [
        _("Due"),
        _("Target"),
        _("What"),
        _("Task force"),
        _("Organisation"),
        _("Person"),
        _("State"),
        _("Done"),
        _("Reason"),
    ]
    rows = ([item.due_at, item.target, item.title, item.task_force, item.organisation, item.person,
             WorkState(item.state).label, item.done_at, item.reason] for item in _all(request))  # fmt: skip
    return exports.download(exports.workbook(headings, rows), _("Work orders") + ".xlsx")


def _all(request: StaffRequest) -> Iterator[WorkItem]:
    key: str | None = None
    while True:
        page = work_orders.listing(
            request.actor, request.at, _filters(request.GET), language=get_language(), after_key=key,
            sort=_sort(request.GET), size=EXPORT_PAGE,
        )  # fmt: skip
        yield from page.items
        key = page.next_key
        if key is None:
            return


def _filters(query: QueryDict) -> Filters:
    chosen = query.get("state", OPEN)
    states = tuple(sorted(work_states.OPEN)) if chosen == OPEN else (chosen,) if chosen in WorkState.values else ()
    return Filters(
        task_force=_id(query, "task_force"), measure=query.get("measure") or None, states=states,
        organisation=_id(query, "organisation"), person=_id(query, "person"), overdue=bool(query.get("overdue")),
    )  # fmt: skip


def _id(query: QueryDict, name: str) -> int | None:
    text = query.get(name, "")
    return int(text) if text.isdecimal() else None


def _sort(query: QueryDict) -> Any:
    return "newest" if query.get("sort") == "newest" else "due"
