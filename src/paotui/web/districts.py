"""Which district a visitor reads about: one server shows one page."""

from __future__ import annotations

from paotui.bulletin.models import Edition
from paotui.registry.models import District


def public_district() -> District | None:
    """Return the district that published last; without a published page the first one there is."""
    published = Edition.objects.filter(published_at__isnull=False).select_related("district")
    latest = published.order_by("-published_at").first()
    return latest.district if latest else District.objects.order_by("pk").first()
