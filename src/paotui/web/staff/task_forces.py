"""Where task forces stand."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from paotui.web import exports, lookups, sight
from paotui.web.requests import StaffRequest
from paotui.work.actions import task_forces as actions
from paotui.work.models import TaskForce
from paotui.work.queries import task_forces as queries
from paotui.work.states import WorkState

LEGEND = ("done", "submitted", "returned", "ready", "paused", "waiting", "waived")
EXPORT_PAGE = 500


def listing(request: StaffRequest) -> HttpResponse:
    items = queries.listing(request.actor, request.at, get_language())
    return render(request, "staff/task_forces.html", {"items": items})


def page(request: StaffRequest, id: int) -> HttpResponse:
    task_force, language = _found(request, id), get_language()
    after, whole = request.GET.get("after", ""), request.GET.get("organisations") == "all"
    page = queries.coverage(task_force, request.at, language, after_organisation=request.GET.get("organisation_after"))
    return render(request, "staff/task_force.html", {
        "page": page, "whole": whole,
        "organisations": [row for row in page.organisations if whole or row.tally.open],
        "matrix": queries.matrix(task_force, request.at, language, after=int(after) if after.isdecimal() else None),
        "legend": LEGEND,
    })  # fmt: skip


def export(request: StaffRequest, id: int) -> HttpResponse:
    task_force = _found(request, id)
    first = queries.matrix(task_force, request.at, get_language(), size=1)
    headings = [_("Target"), *(measure.title for measure in first.measures)]
    content = exports.workbook(headings, _rows(request, task_force))
    return exports.download(content, f"{task_force.title}.xlsx")


def close(request: StaffRequest, id: int) -> HttpResponse:
    actions.close(task_force=_found(request, id), by=request.actor, at=request.at)
    messages.success(request, _("The task force is closed."))
    return redirect("web:task_force", id)


def _found(request: StaffRequest, id: int) -> TaskForce:
    task_force = lookups.of_district(request, TaskForce, "lead", "playbook", "roster", "district", pk=id)
    sight.check_may_see_task_force(request.actor, task_force)
    return task_force


def _rows(request: StaffRequest, task_force: TaskForce) -> Iterator[list[str]]:
    after: int | None = None
    while True:
        matrix = queries.matrix(task_force, request.at, get_language(), after=after, size=EXPORT_PAGE)
        for row in matrix.rows:
            yield [row.target, *("" if cell is None else str(WorkState(cell.state).label) for cell in row.cells)]
        after = matrix.next_after
        if after is None:
            return
