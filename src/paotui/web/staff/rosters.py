"""Rosters: looked at, imported, exported."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from paotui.playbooks import catalogue
from paotui.playbooks.errors import PlaybookError
from paotui.playbooks.loader import Loaded
from paotui.registry.actions import rosters as actions
from paotui.registry.errors import Invalid, Refusal
from paotui.registry.imports.reporting import ImportReport
from paotui.registry.models import District, Roster
from paotui.registry.queries import rosters as queries
from paotui.web import exports, lookups
from paotui.web.refusals import status_of
from paotui.web.requests import StaffRequest
from paotui.work.queries import printed

PAGE = 50
STANDING = Q(entries__withdrawn_at__isnull=True)


def listing(request: StaffRequest) -> HttpResponse:
    rosters = queries.listing(_district(request)).annotate(size=Count("entries", filter=STANDING))
    return render(request, "staff/rosters.html", {"rosters": rosters})


def page(request: StaffRequest, id: int) -> HttpResponse:
    roster, after = lookups.of_district(request, Roster, pk=id), request.GET.get("after", "")
    found = queries.entries(roster).filter(name__contains=request.GET.get("name", "").strip())
    rows = list(found.filter(id__gt=int(after) if after.isdecimal() else 0)[: PAGE + 1])
    fields = queries.fields(roster)
    texts = printed.texts(roster.district_id, fields, [row.facts for row in rows[:PAGE]], get_language())
    return render(request, "staff/roster.html", {
        "roster": roster, "headings": [field.label.in_language(get_language()) for field in fields],
        "rows": [(row, [text.get(field.name, "") for field in fields]) for row, text in zip(rows, texts, strict=False)],
        "next_key": rows[PAGE - 1].pk if len(rows) > PAGE else None,
    })  # fmt: skip


def export(request: StaffRequest, id: int) -> HttpResponse:
    roster = lookups.of_district(request, Roster, pk=id)
    return exports.download(queries.export_xlsx(roster, get_language()), f"{roster.title}.xlsx")


def bring(request: StaffRequest) -> HttpResponse:
    """Show the form, or import the file sent with it."""
    if request.method != "POST":
        return _form(request, {"playbook": request.GET.get("playbook", "")})
    chosen = request.POST.dict()
    try:
        loaded, file = _playbook(request), _file(request)
        report = actions.import_file(
            district=_district(request), path_or_bytes=file.read(), name=file.name or "", playbook=loaded.playbook,
            key=_key(request, loaded), title=chosen.get("title", ""), kind=chosen.get("kind", ""), by=request.actor,
            at=request.at,
        )  # fmt: skip
    except Refusal as refusal:
        return _form(request, chosen, refusal=refusal)
    if report.roster is None:
        return _form(request, chosen, report=report)
    messages.success(request, _imported(report))
    return redirect("web:roster", report.roster.pk)


def _form(
    request: StaffRequest, chosen: dict[str, Any], report: ImportReport | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    status = 422 if report else status_of(refusal) if refusal else 200
    return render(request, "staff/roster_import.html", {
        "chosen": chosen, "report": report, "refusal": refusal, "playbooks": catalogue.shipped(),
    }, status=status)  # fmt: skip


def _playbook(request: StaffRequest) -> Loaded:
    try:
        return catalogue.find(request.POST.get("playbook", ""))
    except PlaybookError as error:
        raise Invalid([("playbook", _("Choose the playbook the roster is for."))], what="playbook") from error


def _file(request: StaffRequest) -> UploadedFile:
    file = request.FILES.get("file")
    if file is None:
        raise Invalid([("file", _("No file was sent: choose the spreadsheet."))], what="file")
    return file


def _key(request: StaffRequest, loaded: Loaded) -> str:
    """The roster of that title and playbook is imported again; another title makes another roster."""
    title, playbook = request.POST.get("title", "").strip(), loaded.playbook.playbook
    standing = Roster.objects.filter(district_id=request.actor.district_id, playbook=playbook, title=title).first()
    if standing:
        return standing.key
    number = Roster.objects.filter(district_id=request.actor.district_id, playbook=playbook).count() + 1
    return f"{playbook}-{number}"


def _imported(report: ImportReport) -> str:
    if report.same_file:
        return _("This very file has been imported before; nothing changed.")
    said = ngettext("%(rows)d target is on the roster.", "%(rows)d targets are on the roster.", report.rows)
    return " ".join([said % {"rows": report.rows}, *report.notes])


def _district(request: StaffRequest) -> District:
    return District.objects.get(pk=request.actor.district_id)
