"""How the web room says no: a refusal becomes a page with its sentence, its place and what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from paotui.registry.errors import Conflict, Invalid, NotAllowed, Refusal

STATUS: dict[type[Refusal], int] = {NotAllowed: 403, Conflict: 409, Invalid: 422}


def status_of(refusal: Refusal) -> int:
    """Return the HTTP status of `refusal`: 403 not allowed, 409 conflict, 422 invalid, else 400."""
    return next((status for kind, status in STATUS.items() if isinstance(refusal, kind)), 400)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Return the page of `refusal`; htmx gets the bare sentence to show where the request came from."""
    template = "components/refusal.html" if getattr(request, "htmx", False) else "refused.html"
    return render(request, template, {"refusal": refusal}, status=status_of(refusal))
