"""The ledger: read page by page, verified on request."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from paotui.registry import ledger as chain
from paotui.registry.models import District
from paotui.web.requests import StaffRequest
from paotui.work.queries import ledger


def listing(request: StaffRequest) -> HttpResponse:
    return _page(request, None)


def verify(request: StaffRequest) -> HttpResponse:
    return _page(request, chain.verify(_district(request)))


def _page(request: StaffRequest, verification: chain.Verification | None) -> HttpResponse:
    query = request.GET
    page = ledger.listing(
        _district(request), before_number=_number(query.get("after")), subject=query.get("subject") or None,
        subject_id=_number(query.get("id")),
    )  # fmt: skip
    return render(request, "staff/ledger.html", {"page": page, "verification": verification})


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None


def _district(request: StaffRequest) -> District:
    return District.objects.get(pk=request.actor.district_id)
