"""What ledger entries of every room say, in words; those of the work room come in words already."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTIONS: dict[str, Promise] = {
    "district.create": _("District founded"),
    "organisation.register": _("Organisation registered"),
    "person.register": _("Person registered"),
    "person.join": _("Role given"),
    "person.leave": _("Role ended"),
    "place.register": _("Place registered"),
    "account.open": _("Account opened"),
    "account.close": _("Account closed"),
    "account.set_password": _("Password set"),
    "roster.import": _("Roster imported"),
    "bulletin.draft": _("Bulletin drafted"),
    "bulletin.edit": _("Bulletin edited"),
    "bulletin.sign_off": _("Bulletin signed off"),
    "edition.publish": _("Edition published"),
}

SUBJECTS: dict[str, Promise] = {
    "district": _("district"),
    "organisation": _("organisation"),
    "person": _("person"),
    "membership": _("role"),
    "place": _("place"),
    "account": _("account"),
    "roster": _("roster"),
    "task_force": _("task force"),
    "work_order": _("work order"),
    "record": _("record"),
    "bulletin": _("bulletin"),
    "edition": _("edition"),
    "calendar": _("calendar"),
}


def action(name: str, text: str) -> str:
    """Return the action called `name` in words; `text` is what its own room says."""
    return str(ACTIONS.get(name, text))


def subject(name: str) -> str:
    """Return the kind of thing an entry is about."""
    return str(SUBJECTS.get(name, name))
