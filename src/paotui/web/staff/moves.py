"""What may be decided about a work order: the buttons, and the action behind each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from paotui.registry.models import Person
from paotui.web import lookups, naming, parsing
from paotui.web.requests import StaffRequest
from paotui.work.actions import work_orders as actions
from paotui.work.models import WorkOrder
from paotui.work.queries.work_orders import WorkDetail


@dataclass(frozen=True, slots=True)
class Move:
    verb: str
    label: Promise
    icon: str
    done: Promise
    act: Callable[[StaffRequest, WorkOrder], Any]
    question: Promise | str = ""
    """What the reason answers; empty when none is asked."""

    @property
    def asks_reason(self) -> bool:
        return bool(self.question)


def _accept(request: StaffRequest, work_order: WorkOrder) -> Any:
    return actions.accept(work_order=work_order, by=request.actor, at=request.at)


def _resume(request: StaffRequest, work_order: WorkOrder) -> Any:
    return actions.resume(work_order=work_order, by=request.actor, at=request.at)


def _with_reason(action: Callable[..., Any]) -> Callable[[StaffRequest, WorkOrder], Any]:
    def act(request: StaffRequest, work_order: WorkOrder) -> Any:
        return action(work_order=work_order, reason=request.POST.get("reason", ""), by=request.actor, at=request.at)

    return act


def _correct(request: StaffRequest, work_order: WorkOrder) -> Any:
    standing = get_object_or_404(work_order.records, withdrawn_at__isnull=True)
    return actions.correct(
        record=standing, values=naming.record_values(request, work_order),
        reason=request.POST.get("reason", ""), by=request.actor, at=request.at, key=parsing.key(request.POST),
    )  # fmt: skip


def _assign(request: StaffRequest, work_order: WorkOrder) -> Any:
    person = lookups.of_district(request, Person, pk=parsing.number(request.POST.get("person")))
    return actions.assign(work_order=work_order, person=person, by=request.actor, at=request.at)


MOVES: dict[str, Move] = {
    move.verb: move
    for move in (
        Move("accept", _("Accept"), "check", _("Accepted."), _accept),
        Move(
            "return", _("Return"), "arrow-back-up", _("Returned."), _with_reason(actions.return_), _("What is missing?")
        ),
        Move(
            "pause",
            _("Stop the clock"),
            "player-pause",
            _("The clock stands."),
            _with_reason(actions.pause),
            _("Why does the clock stop?"),
        ),
        Move("resume", _("Start the clock again"), "player-play", _("The clock runs again."), _resume),
        Move("waive", _("Waive"), "minus", _("Waived."), _with_reason(actions.waive), _("Why need it not be done?")),
        Move("cancel", _("Cancel"), "x", _("Cancelled."), _with_reason(actions.cancel), _("Why is it cancelled?")),
        Move("correct", _("Correct"), "pencil", _("Corrected."), _correct),
        Move("assign", _("Assign"), "user-check", _("Assigned."), _assign),
    )
}
BUTTONS = ("accept", "return", "pause", "resume", "waive", "cancel")


def moves_open_to(work: WorkDetail) -> list[Move]:
    """Return the decisions the actor may take on `work` now, in the order of the buttons."""
    return [MOVES[verb] for verb in BUTTONS if work.may.get(verb)]
