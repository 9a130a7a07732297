"""The page: as it was published, and the next one put together from signed bulletins."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from paotui.bulletin import queries
from paotui.bulletin.actions import editions as actions
from paotui.bulletin.models import Bulletin, BulletinState, Edition
from paotui.registry.errors import Refusal
from paotui.registry.models import District
from paotui.web import parsing
from paotui.web.refusals import status_of
from paotui.web.requests import StaffRequest


def page(request: StaffRequest, refusal: Refusal | None = None) -> HttpResponse:
    district = District.objects.get(pk=request.actor.district_id)
    front = queries.front_page(district, get_language())
    latest = Edition.objects.filter(district=district).order_by("-number").first()
    signed = [one for one in queries.listing(district) if one.state == BulletinState.SIGNED]
    return render(request, "staff/page.html", {
        "front": front, "signed": signed, "latest": latest, "refusal": refusal,
        "places": range(1, len(signed) + 1), "today": parsing.local_input(request.at)[:10],
        "next_number": latest.number + 1 if latest else 1,
    }, status=status_of(refusal) if refusal else 200)  # fmt: skip


def publish(request: StaffRequest) -> HttpResponse:
    form = request.POST
    try:
        edition = actions.publish(
            district=District.objects.get(pk=request.actor.district_id), number=parsing.number(form.get("number")),
            day=parsing.day(form.get("day", ""), "day"), title=form.get("title", ""), title_en=form.get("title_en", ""),
            editor=form.get("editor", ""), bulletins=_in_order(request), by=request.actor, at=request.at,
        )  # fmt: skip
    except Refusal as refusal:
        return page(request, refusal)
    messages.success(request, _("Edition %(number)d is published.") % {"number": edition.number})
    return redirect("web:page")


def _in_order(request: StaffRequest) -> list[Bulletin]:
    """The bulletins given a place, in the order of the places; one place given twice keeps the order of the list."""
    given = {name[2:]: parsing.number(request.POST.get(name)) for name in request.POST if name.startswith("p-")}
    places = {int(pk): place for pk, place in given.items() if pk.isdecimal() and place}
    found = Bulletin.objects.filter(district_id=request.actor.district_id, pk__in=places).order_by("pk")
    return sorted(found, key=lambda one: places[one.pk])
