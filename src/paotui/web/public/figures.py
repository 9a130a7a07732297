"""What a figure counts: its definition, the time, and every record behind it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from paotui.bulletin import figures, opening, queries, snapshots
from paotui.bulletin.printed import PrintedFigure
from paotui.registry.models import District
from paotui.web import clock, parsing
from paotui.web.districts import public_district
from paotui.web.requests import Request


def page(request: Request, name: str) -> HttpResponse:
    """Show a figure as it was printed; visitors open only what a signed bulletin prints."""
    district = public_district()
    printed = _printed(district, name, request.GET.get("bulletin")) if district else None
    if district is None or printed is None:
        raise Http404
    answer = figures.answer(district, name, printed.as_of)
    start = parsing.number(request.GET.get("after"))
    rows = opening.open_(answer, district, request.actor, get_language(), start)
    return render(request, "public/_figure.html" if request.htmx else "public/figure.html", {
        "figure": printed, "rows": rows,
        "difference": queries.difference(district, printed, clock.now_in(district), get_language()),
        "playbook": answer.definition.playbook, "counted": answer.counted, "first": start + 1,
    })  # fmt: skip


def _printed(district: District, name: str, slug: str | None) -> PrintedFigure | None:
    if slug is None:
        return queries.published_figure(district, name, get_language())
    bulletin = queries.published(district, slug)
    return snapshots.printed_figures(bulletin.snapshot, get_language()).get(name) if bulletin else None
