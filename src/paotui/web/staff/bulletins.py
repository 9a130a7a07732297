"""Bulletins: listed, written, looked at as they would be printed, signed off."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from paotui.bulletin import figures, markup, queries
from paotui.bulletin.actions import bulletins as actions
from paotui.bulletin.illustrations import ILLUSTRATIONS
from paotui.bulletin.models import Bulletin, BulletinState
from paotui.bulletin.printed import PrintedBulletin
from paotui.registry import rules
from paotui.registry.errors import Invalid, Refusal
from paotui.registry.models import District, Organisation
from paotui.web import lookups, parsing
from paotui.web.refusals import status_of
from paotui.web.requests import StaffRequest
from paotui.web.staff.bulletin_words import FIELDS, words_of


def listing(request: StaffRequest) -> HttpResponse:
    return render(request, "staff/bulletins.html", {"bulletins": queries.listing(_district(request))})


def new(request: StaffRequest) -> HttpResponse:
    if request.method != "POST":
        return _form(request, None)
    try:
        bulletin = actions.draft(
            district=_district(request), story=request.POST.get("story", ""), slug=request.POST.get("slug", ""),
            organisation=_organisation(request),
            by=request.actor, at=request.at, **words_of(request.POST),
        )  # fmt: skip
    except Refusal as refusal:
        return _form(request, None, refusal)
    return redirect("web:staff_bulletin", bulletin.pk)


def page(request: StaffRequest, id: int) -> HttpResponse:
    """Show a bulletin with its preview; a form sent here changes its words."""
    bulletin = _found(request, id)
    if request.method != "POST":
        return _form(request, bulletin)
    try:
        bulletin = actions.edit(bulletin=bulletin, by=request.actor, at=request.at, **words_of(request.POST))
    except Refusal as refusal:
        return _form(request, bulletin, refusal)
    messages.success(request, _("Saved."))
    return redirect("web:staff_bulletin", id)


def sign(request: StaffRequest, id: int) -> HttpResponse:
    bulletin = _found(request, id)
    try:
        actions.sign_off(bulletin=bulletin, by=request.actor, at=request.at)
    except Refusal as refusal:
        return _form(request, bulletin, refusal)
    messages.success(request, _("Signed off. Words and figures stand as they are now."))
    return redirect("web:staff_bulletin", id)


def _form(request: StaffRequest, bulletin: Bulletin | None, refusal: Refusal | None = None) -> HttpResponse:
    typed = request.POST if refusal and "headline" in request.POST else None
    errors = parsing.many_problems(refusal)
    signed = bulletin is not None and bulletin.state == BulletinState.SIGNED
    return render(request, "staff/bulletin.html", {
        "bulletin": bulletin, "refusal": refusal, "errors": errors, "signed": signed,
        "fields": [_field(field, bulletin, typed, errors) for field in FIELDS],
        "story": _preview(request, bulletin), "pictures": ILLUSTRATIONS, "typed": typed or {},
        "organisations": [] if bulletin else _organisations(request), "figures": _figures(request, bulletin),
        "differences": queries.differs(bulletin, request.at, get_language()) if bulletin and signed else [],
        "may_write": bulletin is None or _may(request, "bulletin.write", bulletin),
        "may_sign": bulletin is not None and _may(request, "bulletin.sign", bulletin),
    }, status=status_of(refusal) if refusal else 200)  # fmt: skip


def _field(field: Any, bulletin: Bulletin | None, typed: Any, errors: dict[str, list[str]]) -> dict[str, Any]:
    standing = parsing.as_typed(getattr(bulletin, field.name)) if bulletin else ""
    return {
        "name": field.name, "label": field.label, "rows": field.rows, "type": field.type, "required": field.required,
        "lang": field.language, "value": typed.get(field.name, "") if typed is not None else standing,
        "errors": errors.get(field.name, []),
    }  # fmt: skip


def _preview(request: StaffRequest, bulletin: Bulletin | None) -> PrintedBulletin | str | None:
    """The bulletin as it would be printed, or the sentence on why it cannot be."""
    if bulletin is None:
        return None
    if bulletin.state == BulletinState.SIGNED:
        return queries.as_printed(bulletin, get_language())
    try:
        return queries.preview(bulletin, get_language(), request.at)
    except Refusal as refusal:
        return str(refusal)
    except KeyError as missing:
        return _("%(name)s has no value: there is nothing it could be a share of.") % {"name": missing.args[0]}
    except markup.MarkupFault as fault:
        return _("“%(text)s” is no figure, date or label.") % {"text": fault.text}


def _figures(request: StaffRequest, bulletin: Bulletin | None) -> list[Any]:
    """The figures of the bulletin's story, to be put into its text."""
    if bulletin is None or bulletin.state == BulletinState.SIGNED:
        return []
    district = _district(request)
    found = (one for one in figures.catalogue(district).values() if one.story == bulletin.story)
    return [figures.count(district, one, request.at) for one in found]


def _organisations(request: StaffRequest) -> list[Organisation]:
    offices = Organisation.objects.filter(district_id=request.actor.district_id).exclude(
        kind__in=("enterprise", "school")
    )
    return [
        one for one in offices.order_by("path") if rules.can(request.actor, "bulletin.write", scope_paths=[one.path])
    ]


def _organisation(request: StaffRequest) -> Organisation:
    wanted = parsing.number(request.POST.get("organisation"))
    found = Organisation.objects.filter(district_id=request.actor.district_id, pk=wanted).first()
    if found is None:
        raise Invalid([("organisation", _("Choose the organisation whose work it is about."))], what="organisation")
    return found


def _may(request: StaffRequest, permission: str, bulletin: Bulletin) -> bool:
    return rules.can(request.actor, permission, scope_paths=[bulletin.organisation.path])


def _found(request: StaffRequest, id: int) -> Bulletin:
    return lookups.of_district(request, Bulletin, "organisation", "district", "signed_by", pk=id)


def _district(request: StaffRequest) -> District:
    return District.objects.get(pk=request.actor.district_id)
