"""The menu of the staff screens: what somebody may open, in the order of a working day."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from paotui.registry.actors import Actor
from paotui.web import access


@dataclass(frozen=True, slots=True)
class Entry:
    route: str
    label: Promise
    icon: str
    covers: tuple[str, ...] = ()
    """Other routes below this entry."""


MENU: tuple[tuple[Promise, tuple[Entry, ...]], ...] = (
    (
        _("Everyday work"),
        (
            Entry("today", _("Today"), "checklist"),
            Entry("work", _("Work orders"), "list-details", ("work_order", "work_record", "work_move", "case")),
        ),
    ),
    (
        _("Coordination"),
        (
            Entry("task_forces", _("Task forces"), "flag", ("task_force", "launch", "task_force_close")),
            Entry("playbooks", _("Playbooks"), "book-2", ("playbook",)),
            Entry("rosters", _("Rosters"), "table", ("roster", "roster_import")),
        ),
    ),
    (
        _("Publication"),
        (
            Entry("figures", _("Figures"), "number", ("staff_figure",)),
            Entry("bulletins", _("Bulletins"), "article", ("staff_bulletin", "bulletin_new", "bulletin_sign")),
            Entry("page", _("The page"), "news", ("page_publish",)),
        ),
    ),
    (_("Oversight"), (Entry("ledger", _("Ledger"), "link", ("ledger_verify",)),)),
)


def menu_for(actor: Actor | None, here: str) -> list[tuple[Promise, list[tuple[Entry, bool]]]]:
    """Return the groups `actor` may open; each entry with whether the route `here` belongs to it."""
    groups = []
    for label, entries in MENU:
        open_to = [
            (entry, here in (entry.route, *entry.covers)) for entry in entries if access.allows(actor, entry.route)
        ]
        if open_to:
            groups.append((label, open_to))
    return groups
