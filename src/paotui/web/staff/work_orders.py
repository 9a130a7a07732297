"""One work order: what is asked, why, by when; recording it, and deciding about it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from paotui.registry.errors import Refusal
from paotui.registry.models import Person
from paotui.registry.queries import people
from paotui.web import lookups, naming, parsing, sight
from paotui.web.refusals import status_of
from paotui.web.requests import StaffRequest
from paotui.web.staff.moves import MOVES, moves_open_to
from paotui.web.wording import ZONE
from paotui.work.actions import work_orders as actions
from paotui.work.models import WorkOrder
from paotui.work.queries import work_orders as queries

EVIDENCE = ("photo", "position", "document", "signature")


def page(request: StaffRequest, id: int) -> HttpResponse:
    return _page(request, _found(request, id))


def record(request: StaffRequest, id: int) -> HttpResponse:
    work_order = _found(request, id)
    try:
        actions.complete(
            work_order=work_order, values=naming.record_values(request, work_order), by=request.actor, at=request.at,
            happened_at=parsing.moment(request.POST.get("happened_at", ""), "happened_at"),
            attachments=parsing.uploads(request, EVIDENCE),
            key=parsing.key(request.POST),
        )  # fmt: skip
    except Refusal as refusal:
        return _page(request, work_order, refusal)
    messages.success(request, _("Recorded."))
    return redirect("web:work_order", id)


def move(request: StaffRequest, id: int, verb: str) -> HttpResponse:
    work_order = _found(request, id)
    if verb not in MOVES:
        raise Http404
    try:
        MOVES[verb].act(request, work_order)
    except Refusal as refusal:
        return _page(request, work_order, refusal, correcting=verb == "correct")
    messages.success(request, str(MOVES[verb].done))
    return redirect("web:work_order", id)


def _found(request: StaffRequest, id: int) -> WorkOrder:
    work_order = lookups.of_district(request, WorkOrder, "organisation", "task_force", "case", "district", pk=id)
    sight.check_may_see_work(request.actor, work_order)
    return work_order


def _page(
    request: StaffRequest, work_order: WorkOrder, refusal: Refusal | None = None, correcting: bool = False
) -> HttpResponse:
    work_order.refresh_from_db()
    work = queries.detail(work_order, request.at, get_language(), actor=request.actor)
    errors = parsing.problems(refusal)
    return render(request, "staff/work_order.html", {
        "work": work, "refusal": refusal, "errors": errors, "correcting": correcting,
        "asked": _asked(request, work, errors), "moves": moves_open_to(work),
        "people": _people(request, work_order) if work.may.get("assign") else [],
        "evidence": [line for line in work.evidence if line.expires is None or line.expires >= request.at.date()],
        "happened_at": request.POST.get("happened_at") or parsing.local_input(request.at),
    }, status=status_of(refusal) if refusal else 200)  # fmt: skip


def _people(request: StaffRequest, work_order: WorkOrder) -> list[Person]:
    standing = people.members(work_order.organisation, request.at.astimezone(ZONE).date())
    return list({membership.person_id: membership.person for membership in standing}.values())


def _asked(request: StaffRequest, work: queries.WorkDetail, errors: dict[str, str]) -> list[tuple[Any, str, str]]:
    """Fields with what to show in them: what was just typed, else what stands on record."""
    standing = dict(work.record.typed) if work.record else {}
    printed = {name: text for name, _label, text in work.record.values} if work.record else {}
    standing |= {field.name: printed.get(field.name) for field in work.fields if field.type in naming.FIND}
    return [
        (
            field,
            request.POST.get(f"v-{field.name}", parsing.as_typed(standing.get(field.name))),
            errors.get(field.name, ""),
        )
        for field in work.fields
    ]
