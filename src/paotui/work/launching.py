"""What must hold before a launch: the roster fits the playbook, and every role is held by somebody who may hold it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from paotui.playbooks import holders
from paotui.playbooks.schema import Playbook, Role
from paotui.registry.errors import Invalid
from paotui.registry.models import Organisation, Roster
from paotui.work.launches import Members
from paotui.work.wording import language

Problem = tuple[str, str]


def check_launch(playbook: Playbook, roster: Roster, members: Members, period: tuple[dt.date, dt.date]) -> None:
    """Raise Invalid with everything that stands in the way of a launch."""
    problems = [*_of_roster(playbook, roster), *_of_members(playbook, roster, members), *_of_period(period)]
    if problems:
        raise Invalid(problems, what="task_force.launch")


def _of_roster(playbook: Playbook, roster: Roster) -> Iterator[Problem]:
    if roster.playbook != playbook.playbook:
        sentence = _("The roster “%(roster)s” was imported for the playbook %(other)s, not for %(key)s.")
        yield "roster", sentence % {"roster": roster.title, "other": roster.playbook, "key": playbook.playbook}
    elif roster.target_kind != playbook.target.kind:
        sentence = _("The roster “%(roster)s” lists targets of another kind: %(kind)s.")
        yield "roster", sentence % {"roster": roster.title, "kind": roster.get_target_kind_display()}


def _of_members(playbook: Playbook, roster: Roster, members: Members) -> Iterator[Problem]:
    roles = {role.name: role for role in playbook.roles}
    needed = {name for measure in playbook.measures for name in holders.roles_of(measure)}
    for name in members.keys() - roles.keys():
        yield f"members.{name}", _("The playbook has no role called %(role)s.") % {"role": name}
    for role in roles.values():
        held = members.get(role.name, ())
        if role.held_by == "member" and role.name in needed and not held:
            sentence = _("Nobody holds the role “%(role)s”: name an organisation.")
            yield f"members.{role.name}", sentence % {"role": role.label.in_language(language())}
        for organisation in held:
            yield from _of_member(role, organisation, roster)


def _of_member(role: Role, organisation: Organisation, roster: Roster) -> Iterator[Problem]:
    said = {"organisation": organisation.name, "role": role.label.in_language(language())}
    if role.held_by != "member":
        yield f"members.{role.name}", _("The role “%(role)s” follows from the roster; name nobody for it.") % said
    elif organisation.district_id != roster.district_id:
        yield f"members.{role.name}", _("“%(organisation)s” belongs to another district.") % said
    elif role.kinds and organisation.kind not in role.kinds:
        sentence = _("“%(organisation)s” is not of a kind that may hold the role “%(role)s”.")
        yield f"members.{role.name}", sentence % said


def _of_period(period: tuple[dt.date, dt.date]) -> Iterator[Problem]:
    if period[1] < period[0]:
        yield "period", _("The period ends before it begins: exchange the two days.")
