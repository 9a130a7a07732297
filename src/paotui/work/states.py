"""What may happen to a work order in which state, as one dict; docs/states.md is drawn from it."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from paotui.registry.errors import Refusal


class WorkState(TextChoices):
    WAITING = "waiting", lazy("Waiting for earlier work")
    READY = "ready", lazy("To do")
    PAUSED = "paused", lazy("Clock stopped")
    SUBMITTED = "submitted", lazy("Under review")
    RETURNED = "returned", lazy("Returned")
    DONE = "done", lazy("Done")
    WAIVED = "waived", lazy("Waived")
    CANCELLED = "cancelled", lazy("Cancelled")


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
    "release": Transition(frozenset({WAITING}), READY, lazy("released")),
    "complete": Transition(frozenset({READY, RETURNED}), DONE, lazy("completed")),
    "submit": Transition(frozenset({READY, RETURNED}), SUBMITTED, lazy("submitted for review")),
    "accept": Transition(frozenset({SUBMITTED}), DONE, lazy("accepted")),
    "return": Transition(frozenset({SUBMITTED}), RETURNED, lazy("returned")),
    "correct": Transition(frozenset({SUBMITTED, DONE}), None, lazy("corrected")),
    "pause": Transition(frozenset({READY}), PAUSED, lazy("paused")),
    "resume": Transition(frozenset({PAUSED}), READY, lazy("resumed")),
    "waive": Transition(frozenset({WAITING, READY, PAUSED, RETURNED}), WAIVED, lazy("waived")),
    "cancel": Transition(OPEN, CANCELLED, lazy("cancelled")),
    "assign": Transition(frozenset({WAITING, READY, PAUSED, RETURNED}), None, lazy("assigned")),
}

_REMEDIES: dict[str, Promise] = {
    WAITING: lazy("Finish the work it waits for first."),
    READY: lazy("Record what was done first."),
    PAUSED: lazy("Resume it first."),
    SUBMITTED: lazy("Wait until it is accepted or returned."),
    RETURNED: lazy("Record it again as the reviewer asks."),
    DONE: lazy("Nothing is left to do; to change the record, correct it and give a reason."),
    WAIVED: lazy("Nothing is left to do."),
    CANCELLED: lazy("Nothing is left to do."),
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
