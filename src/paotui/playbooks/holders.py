"""Who holds the roles of a measure: members named at launch, the target itself, or whom a fact of the target names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from paotui.playbooks.errors import PlaybookError, Problem, problem
from paotui.playbooks.plan import Launch, OrganisationKey, RosterTarget
from paotui.playbooks.schema import Measure, Playbook, Role
from paotui.worktime import LocalText


class Holder(NamedTuple):
    """Who is responsible for one work order, and who acts together with them."""

    role: str
    organisation: OrganisationKey
    participants: tuple[tuple[str, OrganisationKey], ...]


def holders(
    roles: Mapping[str, Role], measure: Measure, launch: Launch, target: RosterTarget | None
) -> tuple[Holder, ...]:
    """Return one Holder per work order; with `target` None only roles named at launch can be resolved.

    Each: one per organisation of every role. Together: the first organisation of the first role is responsible, all
    others participate. Raises PlaybookError when a role is held by nobody.
    """
    if len(measure.roles) == 1 and roles[measure.roles[0]].held_by != "member":
        role = roles[measure.roles[0]]
        return (Holder(role.name, _organisations(role, launch, target)[0], ()),)
    pairs = [(name, one) for name in measure.roles for one in _organisations(roles[name], launch, target)]
    pairs = list(dict.fromkeys(pairs))
    if measure.mode == "each":
        return tuple(Holder(role, one, ()) for role, one in pairs)
    first, responsible = pairs[0]
    return (Holder(first, responsible, tuple(pair for pair in pairs[1:] if pair[1] != responsible)),)


def depends_on_target(roles: Mapping[str, Role], measure: Measure) -> bool:
    """Tell whether the holders differ from target to target."""
    return any(roles[name].held_by != "member" for name in measure.roles)


def is_target_alone(roles: Mapping[str, Role], measure: Measure) -> bool:
    """Tell whether the target itself, and nobody else, does a measure."""
    return len(measure.roles) == 1 and roles[measure.roles[0]].held_by == "target"


def facts_naming(roles: Mapping[str, Role], measure: Measure) -> tuple[str, ...] | None:
    """Return the facts that decide who does a measure; None when the target itself does, which differs every time."""
    if any(roles[name].held_by == "target" for name in measure.roles):
        return None
    return tuple(fact for name in measure.roles if (fact := roles[name].fact))


def refusals(playbook: Playbook, launch: Launch) -> list[Problem]:
    """Return a problem for every role of the playbook that needs a member and has none at this launch."""
    needed = {name for measure in playbook.measures for name in roles_of(measure)}
    return [
        _no_member(role)
        for role in playbook.roles
        if role.held_by == "member" and role.name in needed and not launch.members.get(role.name)
    ]


def roles_of(measure: Measure) -> list[str]:
    """Return every role a measure needs: the doers, the reviewer, the approver of an extension."""
    approver = [measure.due.statutory.approver] if measure.due and measure.due.statutory else []
    return [*measure.roles, *([measure.review] if measure.review else []), *approver]


def _organisations(role: Role, launch: Launch, target: RosterTarget | None) -> tuple[OrganisationKey, ...]:
    if role.held_by == "member":
        found = launch.members.get(role.name, ())
        if not found:
            raise PlaybookError([_no_member(role)])
        return found
    assert target is not None
    one = target.organisation if role.fact is None else target.facts.get(role.fact)
    if one is None or one == "":
        raise PlaybookError([_nobody(role, target)])
    return (one,)


def _no_member(role: Role) -> Problem:
    return problem(
        LocalText(f"没有单位担任“{role.label.zh}”", f"no organisation holds the role {role.name} ({role.label.en})"),
        LocalText("请在启动时为它指定单位。", "Name one for it at launch."),
        path=f"roles.{role.name}", code="role-not-held",
    )  # fmt: skip


def _nobody(role: Role, target: RosterTarget) -> Problem:
    zh, en = (f"名册里 {role.fact} 一栏是空的", f"{role.fact} is blank in the roster") if role.fact else (
        "该对象没有对应的单位", "it stands for no organisation"
    )  # fmt: skip
    return problem(
        LocalText(f"“{target.name}”没有“{role.label.zh}”：{zh}", f"{target.name} has no {role.name}: {en}"),
        LocalText("请在名册中补上。", "Complete its row in the roster."),
        path=f"roles.{role.name}", code="role-not-held",
    )  # fmt: skip
