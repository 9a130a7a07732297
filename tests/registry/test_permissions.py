"""Who may do what, as a truth table: every role against every permission, and how far a role reaches."""

from __future__ import annotations

import pytest

from paotui.registry import rules
from paotui.registry.actors import Actor, Grant
from paotui.registry.errors import Conflict, NotAllowed
from paotui.registry.models import RoleName

# L leader, S staff, D dispatcher, C crew, E editor, A administrator, Y security, U auditor, M member
TABLE = {
    "registry.read": "LSDEAYU",
    "registry.write": "A",
    "people.manage": "A",
    "roles.grant": "Y",
    "roster.import": "LS",
    "calendar.amend": "A",
    "task_force.read": "LSDE",
    "task_force.launch": "L",
    "task_force.close": "L",
    "work.read": "LSDCEM",
    "work.record": "LSDC",
    "work.review": "LS",
    "work.assign": "LD",
    "work.pause": "LSD",
    "work.waive": "L",
    "work.cancel": "L",
    "figures.open": "LSDE",
    "bulletin.read": "LSDE",
    "bulletin.write": "LSE",
    "bulletin.sign": "L",
    "edition.publish": "LE",
    "ledger.read": "U",
}
LETTERS = {
    "leader": "L", "staff": "S", "dispatcher": "D", "crew": "C", "editor": "E", "administrator": "A", "security": "Y",
    "auditor": "U", "member": "M",
}  # fmt: skip
CELLS = [(role, permission, letter in TABLE[permission]) for role, letter in LETTERS.items() for permission in TABLE]


def acting(role: str, path: str = "/1/") -> Actor:
    return Actor(7, "张样本", 1, (Grant(role, 1, path),))


def test_the_table_names_every_role_and_every_permission():
    assert set(TABLE) == set(rules.PERMISSIONS)
    assert set(LETTERS) == set(RoleName.values)
    assert set(rules.ROLES) == {*RoleName.values, "system"}


@pytest.mark.parametrize(("role", "permission", "allowed"), CELLS)
def test_a_role_may_what_the_table_says_and_nothing_else(role, permission, allowed):
    actor = acting(role)
    assert rules.can(actor, permission, scope_paths=["/1/"]) is allowed
    assert rules.holds(actor, permission) is allowed
    if not allowed:
        with pytest.raises(NotAllowed) as refusal:
            rules.check_can(actor, permission, scope_paths=["/1/"])
        assert refusal.value.sentence
        assert refusal.value.remedy


@pytest.mark.parametrize("permission", TABLE)
def test_a_visitor_may_nothing(permission):
    assert not rules.can(None, permission, scope_paths=["/1/"])
    with pytest.raises(NotAllowed):
        rules.check_can(None, permission, scope_paths=["/1/"])


@pytest.mark.parametrize("permission", TABLE)
def test_the_system_may_everything_everywhere_in_its_district(permission):
    class District:
        pk = 1

    assert rules.can(Actor.system(District()), permission, scope_paths=["/5/9/"])


@pytest.mark.parametrize(
    ("held", "asked", "allowed"),
    [
        ("/1/", "/1/", True),
        ("/1/", "/1/5/12/", True),
        ("/1/5/", "/1/5/12/", True),
        ("/1/5/", "/1/", False),
        ("/1/5/", "/1/6/", False),
        ("/1/5/", "/1/50/", False),
        ("/5/", "/1/5/", False),
    ],
)
def test_a_role_reaches_its_own_subtree_and_no_further(held, asked, allowed):
    assert rules.can(acting("staff", held), "work.record", scope_paths=[asked]) is allowed


def test_one_of_several_places_is_enough():
    assert rules.can(acting("staff", "/1/5/"), "work.record", scope_paths=["/1/6/", "/1/5/2/"])


def test_without_a_place_nobody_is_allowed():
    assert not rules.can(acting("leader", "/"), "work.record", scope_paths=[])


def test_being_refused_elsewhere_says_that_it_is_the_place():
    with pytest.raises(NotAllowed) as elsewhere:
        rules.check_can(acting("leader", "/1/5/"), "work.waive", scope_paths=["/1/6/"])
    with pytest.raises(NotAllowed) as nowhere:
        rules.check_can(acting("crew", "/1/5/"), "work.waive", scope_paths=["/1/5/"])
    assert elsewhere.value.sentence != nowhere.value.sentence


def test_a_misspelt_permission_is_a_fault_of_the_program():
    with pytest.raises(KeyError):
        rules.can(acting("leader"), "work.wave", scope_paths=["/1/"])


def test_what_belongs_to_another_district_is_refused():
    rules.check_in_district(acting("leader"), 1, 1)
    with pytest.raises(NotAllowed):
        rules.check_in_district(acting("leader"), 1, 2)


@pytest.mark.parametrize(
    ("held", "role", "allowed"),
    [
        ([], "auditor", True),
        (["auditor"], "auditor", True),
        (["leader"], "staff", True),
        (["auditor"], "security", False),
        (["security"], "administrator", False),
        (["administrator", "staff"], "auditor", False),
        ([], "system", False),
    ],
)
def test_the_three_administrators_are_three_people(held, role, allowed):
    if allowed:
        rules.check_can_hold(held, role)
        return
    with pytest.raises(Conflict):
        rules.check_can_hold(held, role)


def test_nobody_changes_their_own_roles():
    rules.check_not_oneself(acting("security"), 8)
    with pytest.raises(NotAllowed):
        rules.check_not_oneself(acting("security"), 7)
