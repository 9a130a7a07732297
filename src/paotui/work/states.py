"""What may happen to a work order in which state, as one dict; docs/states.md is drawn from it."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paotui.registry.errors import Refusal


class WorkState(TextChoices):
    WAITING = "waiting", gettext_lazy("Waiting for earlier work")
    READY = "ready", gettext_lazy("To do")
    PAUSED = "paused", gettext_lazy("Clock stopped")
    SUBMITTED = "submitted", gettext_lazy("Under review")
    RETURNED = "returned", gettext_lazy("Returned")
    DONE = "done", gettext_lazy("Done")
    WAIVED = "waived", gettext_lazy("Waived")
    CANCELLED = "cancelled", gettext_lazy("Cancelled")


# Plain texts: what the rules and the database speak of.
WAITING, READY, PAUSED, SUBMITTED, RETURNED, DONE, WAIVED, CANCELLED = WorkState.values
STATES: tuple[str, ...] = tuple(WorkState.values)
ENDED = frozenset({DONE, WAIVED, CANCELLED})
OPEN = frozenset(STATES) - ENDED
TO_DO = frozenset({READY, RETURNED})
SETTLED = frozenset({DONE, WAIVED})
"""What later work may rest on: cancelled work settles nothing."""


class Transition(NamedTuple):
    """Where a verb leads from; `target` None means that the state stays as it is."""

    sources: frozenset[str]
    target: str | None
    label: Promise


TRANSITIONS: dict[str, Transition] = {
    "release": Transition(frozenset({WAITING}), READY, gettext_lazy("released")),
    "complete": Transition(frozenset({READY, RETURNED}), DONE, gettext_lazy("completed")),
    "submit": Transition(frozenset({READY, RETURNED}), SUBMITTED, gettext_lazy("submitted for review")),
    "accept": Transition(frozenset({SUBMITTED}), DONE, gettext_lazy("accepted")),
    "return": Transition(frozenset({SUBMITTED}), RETURNED, gettext_lazy("returned")),
    "correct": Transition(frozenset({SUBMITTED, DONE}), None, gettext_lazy("corrected")),
    "pause": Transition(frozenset({READY}), PAUSED, gettext_lazy("paused")),
    "resume": Transition(frozenset({PAUSED}), READY, gettext_lazy("resumed")),
    "waive": Transition(frozenset({WAITING, READY, PAUSED, RETURNED}), WAIVED, gettext_lazy("waived")),
    "cancel": Transition(OPEN, CANCELLED, gettext_lazy("cancelled")),
    "assign": Transition(frozenset({WAITING, READY, PAUSED, RETURNED}), None, gettext_lazy("assigned")),
}

_REMEDIES: dict[str, Promise] = {
    WAITING: gettext_lazy("Finish the work it waits for first."),
    READY: gettext_lazy("Record what was done first."),
    PAUSED: gettext_lazy("Resume it first."),
    SUBMITTED: gettext_lazy("Wait until it is accepted or returned."),
    RETURNED: gettext_lazy("Record it again as the reviewer asks."),
    DONE: gettext_lazy("Nothing is left to do; to change the record, correct it and give a reason."),
    WAIVED: gettext_lazy("Nothing is left to do."),
    CANCELLED: gettext_lazy("Nothing is left to do."),
}


class WrongState(Refusal):
    """The verb does not apply in the state the work order is in."""


def can_move(state: str, verb: str) -> bool:
    """Tell whether `verb` applies to a work order in `state`."""
    return state in TRANSITIONS[verb].sources


def check_can_move(state: str, verb: str, *, where: str = "") -> str:
    """Return the state `verb` leads to from `state`; raises WrongState with what stands in the way."""
    transition = TRANSITIONS[verb]
    if state not in transition.sources:
        raise WrongState(
            _("This work order cannot be %(verb)s: it is in the state “%(state)s”.")
            % {"verb": transition.label, "state": WorkState(state).label},
            where=where,
            remedy=str(_REMEDIES[state]),
        )
    return transition.target or state
