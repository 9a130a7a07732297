"""What somebody does today."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from paotui.web import access
from paotui.web.requests import StaffRequest
from paotui.work.queries import today as queries

LANDING = ("today", "bulletins", "task_forces", "ledger", "rosters")


def landing(request: StaffRequest) -> HttpResponse:
    """Send whoever signed in to the first screen their roles open."""
    return redirect(next((f"web:{name}" for name in LANDING if access.allows(request.actor, name)), "web:front_page"))


def page(request: StaffRequest) -> HttpResponse:
    today = queries.for_actor(request.actor, request.at, get_language())
    sections = _sections(today)
    return render(request, "staff/today.html", {
        "today": today, "sections": sections, "sentence": _sentence(today.counts),
        "nothing": not any(section["items"] for section in sections),
    })  # fmt: skip


def _sections(today: queries.Today) -> list[dict[str, Any]]:
    counts = today.counts
    listing = reverse("web:work")
    return [
        _section("overdue", _("Overdue"), today.overdue, counts.overdue, _("Do"), f"{listing}?overdue=1", urgent=True),
        _section("due-today", _("Due today"), today.due_today, counts.due_today, _("Do"), listing, urgent=True),
        _section(
            "returned", _("Returned to you"), today.returned, counts.returned, _("Redo"), f"{listing}?state=returned"
        ),
        _section(
            "to-review", _("To review"), today.to_review, counts.to_review, _("Review"), f"{listing}?state=submitted"
        ),
        _section(
            "due-soon", _("In the next seven days"), today.due_soon, counts.due_soon, _("Do"), f"{listing}?state=ready"
        ),
        _section("together", _("Together with others"), today.together, counts.together, _("Look"), listing),
    ]


def _section(
    id: str, title: str, items: tuple[Any, ...], count: int, button: str, more: str, urgent: bool = False
) -> dict[str, Any]:
    return {
        "id": id, "title": title, "items": items, "count": count, "button": button, "urgent": urgent,
        "more": more if count > len(items) else "",
    }  # fmt: skip


def _sentence(counts: queries.Counts) -> str:
    """Say in one line what comes first."""
    if counts.overdue:
        return _("Start with what is overdue.")
    if counts.returned:
        return _("Nothing is overdue. Start with what came back to you.")
    if counts.due_today:
        return _("Nothing is overdue. Some work is due today.")
    if counts.to_review:
        return _("Nothing of yours is due today; others wait for your review.")
    return _("Nothing is due today.")
