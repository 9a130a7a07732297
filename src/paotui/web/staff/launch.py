"""Launching a task force in four steps; nothing is kept before the last one, so that each step is an address."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from paotui import worktime
from paotui.playbooks import catalogue, preview
from paotui.registry import rules
from paotui.registry.errors import Refusal
from paotui.registry.models import District, Organisation, Roster
from paotui.web import parsing
from paotui.web.playbook_words import Words
from paotui.web.refusals import status_of
from paotui.web.requests import StaffRequest
from paotui.web.staff import launch_draft
from paotui.web.staff.launch_draft import Draft
from paotui.work import launches, rosters
from paotui.work.actions import task_forces as actions
from paotui.work.launching import check_launch
from paotui.work.wording import refusing


def wizard(request: StaffRequest) -> HttpResponse:
    return _launch(request) if request.method == "POST" else _step(request, request.GET)


def _launch(request: StaffRequest) -> HttpResponse:
    _loaded, _roster, draft = launch_draft.read(request, request.POST)
    if draft is None:
        return redirect("web:launch")
    try:
        task_force = actions.launch(
            district=District.objects.get(pk=request.actor.district_id), playbook=draft.loaded, roster=draft.roster,
            title=draft.title, title_en=draft.title_en, lead=draft.lead(), members=draft.members(),
            period=draft.period(), by=request.actor, at=request.at, occurrences=draft.occurrences(),
            key=parsing.key(request.POST),
        )  # fmt: skip
    except Refusal as refusal:
        return _show(request, "members", {"draft": draft, **_members(request, draft)}, request.POST, refusal)
    messages.success(request, _("“%(title)s” is launched.") % {"title": task_force.title})
    return redirect("web:task_force", task_force.pk)


def _step(request: StaffRequest, answers: QueryDict) -> HttpResponse:
    loaded, roster, draft = launch_draft.read(request, answers)
    if loaded is None:
        return _show(request, "playbook", {"playbooks": catalogue.shipped()}, answers)
    if roster is None or draft is None:
        return _show(
            request, "roster", {"draft": loaded, "rosters": _rosters(request, loaded.playbook.playbook)}, answers
        )
    if answers.get("step") != "preview":
        return _show(request, "members", {"draft": draft, **_members(request, draft)}, answers)
    try:
        return _show(request, "preview", {"draft": draft, **_preview(request, draft)}, answers)
    except Refusal as refusal:
        return _show(request, "members", {"draft": draft, **_members(request, draft)}, answers, refusal)


def _show(
    request: StaffRequest, step: str, context: dict[str, Any], answers: QueryDict, refusal: Refusal | None = None
) -> HttpResponse:
    return render(request, "staff/launch.html", {
        **context, "steps": _steps(step, answers), "template_of_step": f"staff/_launch_{step}.html", "refusal": refusal,
    }, status=status_of(refusal) if refusal else 200)  # fmt: skip


def _steps(here: str, answers: QueryDict) -> list[dict[str, Any]]:
    """The steps with the address back to each one passed."""
    labels = {
        "playbook": _("Playbook"),
        "roster": _("Roster"),
        "members": _("Who and when"),
        "preview": _("Preview and launch"),
    }
    names = list(labels)
    kept = {
        "playbook": (),
        "roster": ("playbook",),
        "members": tuple(set(answers) - {"step", "csrfmiddlewaretoken", "key"}),
    }
    steps = []
    for name in names:
        done = names.index(name) < names.index(here)
        address = f"?{_only(answers, kept[name]).urlencode()}" if done else ""
        steps.append({"label": labels[name], "here": name == here, "done": done, "address": address})
    return steps


def _only(answers: QueryDict, names: tuple[str, ...]) -> QueryDict:
    kept = QueryDict(mutable=True)
    for name in answers:
        if name in names:
            kept.setlist(name, answers.getlist(name))
    return kept


def _rosters(request: StaffRequest, playbook: str) -> Any:
    found = Roster.objects.filter(district_id=request.actor.district_id, playbook=playbook)
    return found.annotate(size=Count("entries")).order_by("-imported_at")


def _members(request: StaffRequest, draft: Draft) -> dict[str, Any]:
    language = get_language()
    organisations = list(Organisation.objects.filter(district_id=request.actor.district_id).order_by("path"))
    leads = [one for one in organisations if rules.can(request.actor, "task_force.launch", scope_paths=[one.path])]
    offices = [one for one in organisations if one.kind not in ("enterprise", "school")]
    roles = []
    for role in draft.roles():
        fitting = [one for one in organisations if one.kind in role.kinds] if role.kinds else offices
        roles.append({
            "name": role.name, "label": role.label.in_language(language), "organisations": fitting,
            "size": min(max(len(fitting), 2), 8), "chosen": draft.chosen(role.name),
        })  # fmt: skip
    events = [
        {"name": event.name, "label": event.label.in_language(language), "rows": draft.times(event.name)}
        for event in draft.events()
    ]
    # Only offices lead; a leader of the whole district would otherwise scroll through every enterprise.
    return {"leads": [one for one in leads if one in offices], "roles": roles, "events": events}


def _preview(request: StaffRequest, draft: Draft) -> dict[str, Any]:
    rules.check_can(request.actor, "task_force.launch", scope_paths=[draft.lead().path])
    members, period = draft.members(), draft.period()
    check_launch(draft.playbook, draft.roster, members, period)
    launch = launches.planned(request.at, period, members, draft.occurrences())
    with refusing("playbook"):
        found = preview.preview(
            draft.playbook, rosters.targets(draft.roster, draft.playbook), worktime.official(request.at), launch
        )
    words = Words(draft.playbook, get_language())
    return {
        "preview": found, "hours": found.minutes / 60, "period": period,
        "measures": [(words.title(id), number) for id, number in found.by_measure.items()],
        "burden": [(words.role(line.role), words.title(line.measure), line) for line in found.burden],
        "arising": [words.title(id) for id in found.arising],
        "members": [(words.role(name), holders) for name, holders in members.items()], "lead": draft.lead(),
        "hidden": [(name, text) for name in draft.answers if name not in ("step", "csrfmiddlewaretoken", "key")
                   for text in draft.answers.getlist(name)],
    }  # fmt: skip
