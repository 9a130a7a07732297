"""Who may do what to work, what a reason and a time must be, how states are read: plain values in, values out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from paotui.registry import rules as registry
from paotui.registry.actors import Actor
from paotui.registry.errors import Invalid, Refusal
from paotui.work.states import (
    CANCELLED,
    DONE,
    OPEN,
    PAUSED,
    READY,
    RETURNED,
    SUBMITTED,
    WAITING,
    WAIVED,
    check_can_move,
)
from paotui.worktime.zone import local

NO_DUE_DAY = dt.date(9999, 12, 31)
"""Stands for "no due day" in counters: a null would escape the unique constraint."""

LONGEST_REASON = 200

PERMISSIONS = {
    "complete": "work.record",
    "submit": "work.record",
    "correct": "work.record",
    "accept": "work.review",
    "return": "work.review",
    "waive": "work.waive",
    "cancel": "work.cancel",
    "pause": "work.pause",
    "resume": "work.pause",
    "assign": "work.assign",
}


class Scope(NamedTuple):
    """Where a work order belongs, as paths of the organisation tree."""

    organisation: str
    """The organisation responsible."""
    lead: str
    """The organisation leading the task force."""
    participants: tuple[str, ...] = ()
    """Organisations acting together with the responsible one."""
    reviewers: tuple[str, ...] = ()
    """Organisations holding the role that reviews; none when the measure is not reviewed."""


def completing_verb(reviewed: bool) -> str:
    """Return what recording the work amounts to: reviewed measures are submitted, others are done."""
    return "submit" if reviewed else "complete"


def check(actor: Actor | None, verb: str, state: str, scope: Scope, *, reviewed: bool) -> str:
    """Return the state `verb` leads to from `state`; raises NotAllowed or WrongState, each with a sentence.

    Recording falls to the responsible organisation and those acting together with it, review to the reviewing role,
    the rest to the responsible organisation; leaders of the task force may do all of it.
    """
    permission = PERMISSIONS[verb]
    if verb == "correct" and reviewed and state == DONE:
        permission = "work.review"  # else the doer could change what the reviewer accepted
    if not leads(actor, scope.lead):
        registry.check_can(actor, permission, scope_paths=_paths(permission, scope))
    return check_can_move(state, verb)


def can(actor: Actor | None, verb: str, state: str, scope: Scope, *, reviewed: bool) -> bool:
    """Say whether `check` lets it pass: draws the button."""
    try:
        check(actor, verb, state, scope, reviewed=reviewed)
    except Refusal:
        return False
    return True


def leads(actor: Actor | None, lead: str) -> bool:
    """Say whether `actor` is a leader of the organisation at path `lead`, and so of the task forces it leads."""
    return registry.can(actor, "work.waive", scope_paths=(lead,))


def _paths(permission: str, scope: Scope) -> tuple[str, ...]:
    if permission == "work.record":
        return (scope.organisation, *scope.participants)
    if permission == "work.review":
        return scope.reviewers
    return (scope.organisation,)


def check_happened(happened_at: dt.datetime, at: dt.datetime) -> None:
    """Raise Invalid when something is said to have happened after it is entered."""
    if happened_at > at:
        raise Invalid(
            [
                (
                    "happened_at",
                    _("This lies in the future: %(when)s.") % {"when": f"{local(happened_at):%Y-%m-%d %H:%M}"},
                )
            ],
            what="happened_at",
            remedy=_("Give the time at which it was done."),
        )


def check_reason(reason: str) -> str:
    """Return the reason without surrounding blanks; raises Invalid when there is none or it is too long."""
    text = " ".join(reason.split())
    if not text:
        raise Invalid([("reason", _("A reason is missing."))], what="reason", remedy=_("Say why in a few words."))
    if len(text) > LONGEST_REASON:
        sentence = _("The reason has %(length)d characters; at most %(limit)d are kept.")
        raise Invalid(
            [("reason", sentence % {"length": len(text), "limit": LONGEST_REASON})],
            what="reason",
            remedy=_("Say it more briefly."),
        )
    return text


def due_day(due_at: dt.datetime | None) -> dt.date:
    """Return the local day work is due on, NO_DUE_DAY when it has no due time."""
    return NO_DUE_DAY if due_at is None else local(due_at).date()


def is_late(state: str, due_at: dt.datetime | None, done_at: dt.datetime | None, at: dt.datetime) -> bool:
    """Say whether work is open after its due time, or was done after it."""
    if due_at is None:
        return False
    if state == DONE:
        return done_at is not None and done_at > due_at
    return state in OPEN and at > due_at


_ATTENTION = (RETURNED, SUBMITTED, READY, PAUSED, WAITING, DONE, WAIVED, CANCELLED)


def most_pressing(states: Iterable[str]) -> str:
    """Return the one of `states` (not empty) that needs attention most."""
    return min(states, key=_ATTENTION.index)


def state_as_of(
    state: str,
    opens_at: dt.datetime | None,
    ended_at: dt.datetime | None,
    recorded_at: dt.datetime | None,
    as_of: dt.datetime,
) -> str:
    """Return the state work was in at `as_of`, from the state it is in now and the times it moved.

    `recorded_at` is when its first record was entered. Pauses and returns since ended are read as to do.
    """
    if ended_at is not None and ended_at > as_of:
        recorded = recorded_at is not None and recorded_at <= as_of
        return SUBMITTED if recorded else _not_yet(opens_at, as_of)
    if ended_at is None and state in (SUBMITTED, RETURNED) and (recorded_at is None or recorded_at > as_of):
        return READY
    if state == READY:
        return _not_yet(opens_at, as_of)
    return state


def _not_yet(opens_at: dt.datetime | None, as_of: dt.datetime) -> str:
    return WAITING if opens_at is not None and opens_at > as_of else READY
