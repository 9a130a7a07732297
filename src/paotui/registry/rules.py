"""Who may do what: roles, their permissions, and how far in the organisation tree a role reaches. Plain values only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paotui.registry.actors import SYSTEM, Actor
from paotui.registry.errors import Conflict, NotAllowed

PERMISSIONS = {
    "registry.read": gettext_lazy("look up organisations, people and places"),
    "registry.write": gettext_lazy("change organisations and places"),
    "people.manage": gettext_lazy("register people and open accounts"),
    "roles.grant": gettext_lazy("give and end roles"),
    "roster.import": gettext_lazy("import rosters"),
    "calendar.amend": gettext_lazy("amend the calendar"),
    "task_force.read": gettext_lazy("see task forces"),
    "task_force.launch": gettext_lazy("launch task forces"),
    "task_force.close": gettext_lazy("close task forces"),
    "work.read": gettext_lazy("see work orders"),
    "work.record": gettext_lazy("record work"),
    "work.review": gettext_lazy("accept and return work"),
    "work.assign": gettext_lazy("assign work"),
    "work.pause": gettext_lazy("stop and restart clocks"),
    "work.waive": gettext_lazy("waive work"),
    "work.cancel": gettext_lazy("cancel work"),
    "figures.open": gettext_lazy("open figures with the names of people"),
    "bulletin.read": gettext_lazy("read drafts of bulletins"),
    "bulletin.write": gettext_lazy("write bulletins"),
    "bulletin.sign": gettext_lazy("sign off bulletins"),
    "edition.publish": gettext_lazy("publish the page"),
    "ledger.read": gettext_lazy("read and verify the ledger"),
}

_LOOK = frozenset({"registry.read", "task_force.read", "work.read", "figures.open", "bulletin.read"})

ROLES: dict[str, frozenset[str]] = {
    "leader": _LOOK
    | {
        "roster.import", "task_force.launch", "task_force.close", "bulletin.write", "bulletin.sign", "edition.publish",
        "work.record", "work.review", "work.assign", "work.pause", "work.waive", "work.cancel",
    },
    "staff": _LOOK | {"roster.import", "work.record", "work.review", "work.pause", "bulletin.write"},
    "dispatcher": _LOOK | {"work.record", "work.assign", "work.pause"},
    "crew": frozenset({"work.read", "work.record"}),
    "editor": _LOOK | {"bulletin.write", "edition.publish"},
    # Three administrators apart (MLPS 2.0): whoever runs the system neither grants roles nor reads the audit trail,
    # and none of the three takes part in the work.
    "administrator": frozenset({"registry.read", "registry.write", "people.manage", "calendar.amend"}),
    "security": frozenset({"registry.read", "roles.grant"}),
    "auditor": frozenset({"registry.read", "ledger.read"}),
    "member": frozenset({"work.read"}),
    SYSTEM: frozenset(PERMISSIONS),
}  # fmt: skip

ADMINISTRATORS = frozenset({"administrator", "security", "auditor"})


def reach(actor: Actor | None, permission: str) -> tuple[str, ...]:
    """Return the paths of the organisations below which `actor` has `permission`; none for a visitor."""
    if permission not in PERMISSIONS:
        raise KeyError(permission)
    if actor is None:
        return ()
    return tuple(grant.path for grant in actor.grants if permission in ROLES[grant.role])


def holds(actor: Actor | None, permission: str) -> bool:
    """Say whether `actor` has `permission` anywhere at all: draws menus, decides nothing about an object."""
    return bool(reach(actor, permission))


def can(actor: Actor | None, permission: str, *, scope_paths: Sequence[str]) -> bool:
    """Say whether `actor` has `permission` over at least one of `scope_paths`; without paths nobody has."""
    return any(path.startswith(start) for start in reach(actor, permission) for path in scope_paths)


def check_can(actor: Actor | None, permission: str, *, scope_paths: Sequence[str]) -> None:
    """Raise NotAllowed, saying what is missing, unless `can`."""
    if can(actor, permission, scope_paths=scope_paths):
        return
    check_holds(actor, permission)
    raise NotAllowed(
        _("You may %(what)s, but not for this organisation.") % {"what": PERMISSIONS[permission]},
        what=permission,
        remedy=_("Ask the organisation in charge, or the one above it."),
    )


def check_holds(actor: Actor | None, permission: str) -> None:
    """Raise NotAllowed, saying what is missing, unless `holds`."""
    if holds(actor, permission):
        return
    what = PERMISSIONS[permission]
    if actor is None:
        raise NotAllowed(_("Visitors may not %(what)s.") % {"what": what}, what=permission, remedy=_("Sign in first."))
    raise NotAllowed(
        _("Your roles do not allow you to %(what)s.") % {"what": what},
        what=permission,
        remedy=_("If your work calls for it, ask the security administrator for the role."),
    )


def check_in_district(actor: Actor, *district_ids: int) -> None:
    """Raise NotAllowed unless everything touched belongs to the actor's own district."""
    if any(district_id != actor.district_id for district_id in district_ids):
        raise NotAllowed(
            _("This belongs to another district."),
            what="district",
            remedy=_("Sign in with an account of that district."),
        )


def check_can_hold(held: Iterable[str], role: str) -> None:
    """Raise Conflict when a person holding the roles `held` may not be given `role` as well."""
    if role == SYSTEM:
        raise Conflict(_("The system role cannot be given to a person."), what="role")
    kept_apart = (set(held) | {role}) & ADMINISTRATORS
    if len(kept_apart) > 1:
        raise Conflict(
            _("The system, security and audit administrators must be three different people."),
            what="role",
            remedy=_("End the other administrator role first, or give this one to somebody else."),
        )


def check_not_oneself(actor: Actor, person_id: int) -> None:
    """Raise NotAllowed when somebody changes their own roles."""
    if actor.person_id == person_id:
        raise NotAllowed(
            _("Nobody gives or ends their own roles."),
            what="roles.grant",
            remedy=_("Ask another security administrator."),
        )
