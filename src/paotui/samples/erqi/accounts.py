"""One sample account per role. The password is public: these accounts exist in the sample district only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from paotui.registry.actions import accounts
from paotui.registry.actors import Actor
from paotui.registry.errors import Conflict
from paotui.registry.models import Account, District, Person

PASSWORD = "erqi-sample-2020"  # noqa: S105  printed by `make run`; only ever set in a district marked as sample


class SampleAccount(NamedTuple):
    """A user name, the role it shows, and the staff number of the person signing in."""

    username: str
    role: str
    number: str


ACCOUNTS = (
    SampleAccount("leader", "leader", "RS001"),
    SampleAccount("staff", "staff", "RS002"),
    SampleAccount("dispatcher", "dispatcher", "CG001"),
    SampleAccount("crew", "crew", "HW001"),
    SampleAccount("editor", "editor", "RM001"),
    SampleAccount("administrator", "administrator", "SJ001"),
    SampleAccount("security", "security", "SJ002"),
    SampleAccount("auditor", "auditor", "SS001"),
)


def open_all(district: District, *, at: dt.datetime) -> list[Account]:
    """Open the sample accounts; raises Conflict for a district that is not marked as sample."""
    if not district.is_sample:
        raise Conflict("Sample accounts with a public password belong in a sample district only.", what="account")
    return list(_opened(district, at))


def _opened(district: District, at: dt.datetime) -> Iterator[Account]:
    by = Actor.system(district)
    for one in ACCOUNTS:
        person = Person.objects.get(district=district, number=one.number)
        yield accounts.open(person=person, username=one.username, password=PASSWORD, by=by, at=at)
