"""Figures of a story as they stand now, and what each counts."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from paotui.bulletin import figures, opening
from paotui.bulletin.figures import FigureAnswer
from paotui.registry.models import District
from paotui.web import exports, parsing
from paotui.web.requests import StaffRequest


def listing(request: StaffRequest) -> HttpResponse:
    """Count the figures of one story: all of them at once would take as long as a page may take, many times over."""
    district = _district(request)
    catalogue = figures.catalogue(district)
    stories = sorted({one.story for one in catalogue.values()})
    story = request.GET.get("story") or next(iter(stories), "")
    language = get_language()
    answers = [figures.count(district, one, request.at) for one in catalogue.values() if one.story == story]
    return render(request, "staff/figures.html", {
        "stories": stories, "story": story,
        "rows": [(answer, answer.unit(language)) for answer in answers],
    })  # fmt: skip


def page(request: StaffRequest, name: str) -> HttpResponse:
    answer = figures.answer(_district(request), name, request.at)
    start = parsing.number(request.GET.get("after"))
    rows = opening.open_(answer, _district(request), request.actor, get_language(), start)
    return render(request, "staff/figure.html", {
        "answer": answer, "unit": answer.unit(get_language()), "rows": rows, "first": start + 1,
    })  # fmt: skip


def export(request: StaffRequest, name: str) -> HttpResponse:
    answer = figures.answer(_district(request), name, request.at)
    headings = [_("Where or whom"), _("What was done"), _("By"), _("Person"), _("When"), _("Values")]
    return exports.download(exports.workbook(headings, _lines(request, answer)), f"{name}.xlsx")


def _lines(request: StaffRequest, answer: FigureAnswer) -> Iterator[list[object]]:
    start: int | None = 0
    while start is not None:
        found = opening.open_(answer, _district(request), request.actor, get_language(), start)
        for row in found.rows:
            said = _("; ").join(f"{label} {text}" for label, text in row.values)
            yield [row.target, row.measure, row.organisation, row.person, row.at, said]
        start = found.next


def _district(request: StaffRequest) -> District:
    return District.objects.get(pk=request.actor.district_id)
