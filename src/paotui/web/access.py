"""Who may call which address with which method: one table, asked by every view through `guard`.

The table decides on the role alone. Whether somebody may act on *this* work order or roster is decided by the rules of
the room the view calls; what belongs to another district is not found.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from paotui.registry import rules
from paotui.registry.actors import Actor
from paotui.registry.errors import NotAllowed, Refusal
from paotui.registry.queries import people
from paotui.web import clock
from paotui.web.refusals import refused

View = Callable[..., HttpResponseBase]

PUBLIC = "public"
SIGNED_IN = "signed in"

ACCESS: dict[str, dict[str, str]] = {
    "front_page": {"GET": PUBLIC},
    "page_pdf": {"GET": PUBLIC},
    "figure": {"GET": PUBLIC},
    "bulletin": {"GET": PUBLIC},
    "bulletin_docx": {"GET": PUBLIC},
    "language": {"POST": PUBLIC},
    "health": {"GET": PUBLIC},
    "sign_in": {"GET": PUBLIC, "POST": PUBLIC},
    "sign_out": {"POST": SIGNED_IN},
    "staff": {"GET": SIGNED_IN},
    "today": {"GET": "work.read"},
    "work": {"GET": "work.read"},
    "work_export": {"GET": "work.read"},
    "work_order": {"GET": "work.read"},
    "work_record": {"POST": "work.record"},
    "work_move": {"POST": "work.read"},
    "case": {"GET": "work.read"},
    "task_forces": {"GET": "task_force.read"},
    "task_force": {"GET": "task_force.read"},
    "task_force_export": {"GET": "task_force.read"},
    "task_force_close": {"POST": "task_force.close"},
    "launch": {"GET": "task_force.launch", "POST": "task_force.launch"},
    "playbooks": {"GET": "task_force.read"},
    "playbook": {"GET": "task_force.read"},
    "rosters": {"GET": "registry.read"},
    "roster": {"GET": "registry.read"},
    "roster_export": {"GET": "registry.read"},
    "roster_import": {"GET": "roster.import", "POST": "roster.import"},
    "figures": {"GET": "figures.open"},
    "staff_figure": {"GET": "figures.open"},
    "figure_export": {"GET": "figures.open"},
    "bulletins": {"GET": "bulletin.read"},
    "bulletin_new": {"GET": "bulletin.write", "POST": "bulletin.write"},
    "staff_bulletin": {"GET": "bulletin.read", "POST": "bulletin.write"},
    "bulletin_sign": {"POST": "bulletin.sign"},
    "page": {"GET": "bulletin.read"},
    "page_publish": {"POST": "edition.publish"},
    "ledger": {"GET": "ledger.read"},
    "ledger_verify": {"POST": "ledger.read"},
    "attachment": {"GET": "work.read"},
}


def allows(actor: Actor | None, name: str, method: str = "GET") -> bool:
    """Say whether `actor` may call the route `name` with `method`: draws menus and buttons."""
    needed = ACCESS[name].get(method)
    if needed == PUBLIC:
        return True
    return actor is not None and (needed == SIGNED_IN or (needed is not None and rules.holds(actor, needed)))


def route(pattern: str, view: View, name: str) -> URLPattern:
    """Return the address of a guarded view; its name must be in ACCESS."""
    return path(pattern, guard(name, view), name=name)


def guard(name: str, view: View) -> View:
    """Return `view` behind the table: `request.at` and `request.actor` are set, a refusal becomes its page."""
    methods = ACCESS[name]

    @wraps(view)
    def guarded(request: Any, **arguments: Any) -> HttpResponseBase:
        method = "GET" if request.method == "HEAD" else request.method
        if method not in methods:
            return HttpResponseNotAllowed(methods)
        request.actor, request.at = _acting(request)
        if methods[method] != PUBLIC and request.actor is None:
            return redirect_to_login(request.get_full_path() if method == "GET" else "/")
        try:
            _check_role(request.actor, methods[method])
            return view(request, **arguments)
        except Refusal as refusal:
            return refused(request, refusal)

    guarded.route_name = name  # type: ignore[attr-defined]
    return guarded


def _acting(request: Any) -> tuple[Actor | None, dt.datetime]:
    account = request.user
    if not account.is_authenticated or account.district is None:
        return None, clock.now_in(None)
    at = clock.now_in(account.district)
    return people.actor_for(account, at), at


def _check_role(actor: Actor | None, needed: str) -> None:
    if needed in (PUBLIC, SIGNED_IN) or rules.holds(actor, needed):
        return
    raise NotAllowed(
        _("Your roles do not allow you to %(what)s.") % {"what": rules.PERMISSIONS[needed]},
        what=needed,
        remedy=_("If your work calls for it, ask the security administrator for the role."),
    )
