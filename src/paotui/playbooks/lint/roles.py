"""Roles: each is used, and somebody can hold it."""

from __future__ import annotations

from paotui.playbooks.holders import roles_of
from paotui.playbooks.lint.finder import Finder
from paotui.playbooks.schema import Role


def check(finder: Finder) -> None:
    used = {name for measure in finder.playbook.measures for name in roles_of(measure)}
    for place, role in enumerate(finder.playbook.roles):
        path = f"roles[{place}]"
        if role.name not in used:
            finder.warn(
                path,
                "role-unused",
                (f"没有措施用到角色“{role.name}”", f"no measure needs the role {role.name}"),
                ("删除它，或写进某项措施的 roles。", "Remove it, or name it in the roles of a measure."),
            )
        _can_be_held(finder, path, role)
        _kinds(finder, path, role)


def _can_be_held(finder: Finder, path: str, role: Role) -> None:
    if role.held_by == "target" and finder.playbook.target.kind != "organisation":
        finder.add(
            path,
            "role-nobody",
            (
                f"角色“{role.name}”由对象担任，但对象不是单位",
                f"the role {role.name} is held by the target, which is no organisation",
            ),
            (
                "改为 held_by: fact 并写明哪项信息是单位，或 member。",
                "Use held_by: fact with a fact naming it, or member.",
            ),
        )
    if role.fact is None or not finder.known(f"{path}.fact", role.fact, finder.facts, "对象信息", "fact"):
        return
    fact = finder.facts[role.fact]
    if fact.type != "organisation":
        finder.add(
            f"{path}.fact",
            "role-fact",
            (f"“{role.fact}”不是单位", f"{role.fact} is of type {fact.type}, so nobody can be found by it"),
            ("请用 organisation 类型的信息。", "Name a fact of type organisation."),
        )
    elif not fact.required:
        finder.warn(
            f"{path}.fact",
            "role-fact-optional",
            (
                f"“{role.fact}”可以不填，不填的对象就没有“{role.name}”",
                f"{role.fact} may be blank, and then nobody holds {role.name}",
            ),
            ("把该信息设为必填。", "Make the fact required."),
        )


def _kinds(finder: Finder, path: str, role: Role) -> None:
    for place, kind in enumerate(role.kinds if finder.kinds else ()):
        finder.known(f"{path}.kinds[{place}]", kind, finder.kinds, "单位类别", "kind of organisation")
