"""How far somebody sees: the organisations below their grants, and how best to ask for their work."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Length

from paotui.registry import rules as registry
from paotui.registry.actors import Actor
from paotui.registry.models import Organisation

FEW = 40
"""Up to so many organisations are asked for one by one, each from its own place in the index."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The organisations somebody sees: everything below `paths`."""

    district_id: int
    paths: tuple[str, ...]
    few: tuple[int, ...]
    """The organisations nearest to the top, at most FEW of them."""
    is_few: bool
    """Whether `few` are all there are."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the district is out of reach."""
        return "/" in self.paths

    def matching(self, prefix: str = "") -> Q:
        """Return the condition on an organisation (at `prefix`) for being in reach."""
        found = Q(pk__in=[])
        for path in self.paths:
            found |= Q(**{f"{prefix}path__startswith": path})
        return found


def of(actor: Actor, permission: str) -> Scope:
    """Return how far `permission` of `actor` reaches; one query."""
    paths = registry.reach(actor, permission)
    outermost = tuple(
        dict.fromkeys(path for path in paths if not any(path != it and path.startswith(it) for it in paths))
    )
    scope = Scope(actor.district_id, outermost, (), False)
    rows = Organisation.objects.filter(scope.matching(), district=actor.district_id)
    nearest = list(rows.order_by(Length("path"), "path").values_list("id", flat=True)[: FEW + 1])
    return Scope(actor.district_id, outermost, tuple(nearest[:FEW]), len(nearest) <= FEW)
