"""Who is acting, as plain values: rules and actions never look at an account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

SYSTEM = "system"
"""The role of replays and imports started on the server itself; nobody can be given it."""


class HasId(Protocol):
    @property
    def pk(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held in an organisation; it covers the organisation's subtree, which is everything below `path`."""

    role: str
    organisation_id: int
    path: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody acting in a district at a moment, with the grants of that moment."""

    person_id: int | None
    name: str
    district_id: int
    grants: tuple[Grant, ...] = ()

    @classmethod
    def system(cls, district: HasId) -> Actor:
        """Return the actor of replays and imports: it may do everything in `district`, and is named "system"."""
        return cls(None, SYSTEM, district.pk, (Grant(SYSTEM, 0, "/"),))
