"""Questions about places."""

from __future__ import annotations

from paotui.registry.models import District, Place
from paotui.registry.queries.finding import matching


def find(district: District, text: str, *, limit: int = 20) -> list[Place]:
    """Return places whose name, pinyin or initials contain `text`; those beginning with it first."""
    return list(matching(Place.objects.filter(district=district), text)[:limit])
