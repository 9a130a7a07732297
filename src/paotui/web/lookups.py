"""Objects an address names: of the caller's own district, or not found."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model
from django.shortcuts import get_object_or_404

from paotui.web.requests import StaffRequest

Row = TypeVar("Row", bound=Model)


def of_district(request: StaffRequest, model: type[Row], *related: str, **names: object) -> Row:
    """Return the row of `model` in the district of whoever asks; 404 when it is not there or another district's."""
    rows = model._default_manager.select_related(*related) if related else model._default_manager.all()
    return get_object_or_404(rows, district_id=request.actor.district_id, **names)
