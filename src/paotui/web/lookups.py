"""Objects an address names: of the caller's own district, or not found."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

Row = TypeVar("Row", bound=Model)


def of_district(request: HttpRequest, model: type[Row], *related: str, **names: object) -> Row:
    """Return the row of `model` in the district of whoever asks; 404 when it is not there or another district's."""
    rows = model.objects.select_related(*related) if related else model.objects.all()
    return get_object_or_404(rows, district_id=request.actor.district_id, **names)
