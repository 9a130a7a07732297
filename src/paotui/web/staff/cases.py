"""One case: the target, what is known about it, what was done and is to be done."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from paotui.web import lookups, sight
from paotui.web.requests import StaffRequest
from paotui.work.models import Case, CaseState
from paotui.work.queries import cases
from paotui.work.queries.items import WorkItem


@dataclass(frozen=True, slots=True)
class Step:
    at: dt.datetime
    what: str
    work: WorkItem


def page(request: StaffRequest, id: int) -> HttpResponse:
    found = lookups.of_district(request, Case, "task_force__lead", "entry", pk=id)
    sight.check_may_see_case(request.actor, found)
    case = cases.detail(found, request.at, get_language())
    return render(request, "staff/case.html", {
        "case": case, "state_label": CaseState(case.state).label, "timeline": _timeline(case),
    })  # fmt: skip


def _timeline(case: cases.CaseDetail) -> list[Step]:
    steps = [Step(item.done_at, _("done"), item) for item in case.work if item.done_at]
    return sorted(steps, key=lambda step: step.at, reverse=True)
