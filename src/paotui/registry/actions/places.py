"""Registering places, their coordinates kept as given."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from paotui.registry import ledger, lengths, names, positions, rules
from paotui.registry.actors import Actor
from paotui.registry.errors import Conflict, Invalid
from paotui.registry.models import CRS, District, Organisation, Place, PlaceKind
from paotui.registry.queries import organisations


@transaction.atomic
def register(
    *,
    district: District,
    kind: str,
    name: str,
    name_en: str = "",
    address: str = "",
    organisation: Organisation | None = None,
    x: Decimal | None = None,
    y: Decimal | None = None,
    crs: str = CRS.GCJ02,
    is_sample: bool = False,
    by: Actor,
    at: dt.datetime,
) -> Place:
    """Register a place; `x` is longitude and `y` latitude, degrees in `crs`, from which WGS-84 is derived.

    Raises NotAllowed, Invalid (kind, name, coordinates) and Conflict (a place of that kind has the name).
    """
    rules.check_in_district(by, district.pk, *([organisation.district_id] if organisation else []))
    scope = [organisation.path] if organisation else organisations.root_paths(district)
    rules.check_can(by, "registry.write", scope_paths=scope)
    position = positions.position(x, y, crs)
    place = Place(
        district=district, kind=kind, name=names.tidy(name), name_en=name_en.strip(), address=names.tidy(address),
        organisation=organisation, pinyin=names.pinyin(name), is_sample=is_sample, **position._asdict(),
    )  # fmt: skip
    _check(place)
    place.save(force_insert=True)
    data = {"name": place.name, "kind": kind, "x": position.x, "y": position.y, "crs": crs}
    ledger.append(
        district=district, at=at, by=by, action="place.register", subject="place", subject_id=place.pk, data=data
    )
    return place


def _check(place: Place) -> None:
    if place.kind not in PlaceKind.values:
        sentence = _("%(kind)s is no kind of place; there are %(kinds)s.")
        raise Invalid([("kind", sentence % {"kind": place.kind, "kinds": ", ".join(PlaceKind.values)})], what="kind")
    if not place.name:
        raise Invalid([("name", _("A place needs a name."))], what="name")
    lengths.check(place)
    if Place.objects.filter(district=place.district, kind=place.kind, name=place.name).exists():
        raise Conflict(
            _("There is already a place of this kind called %(name)s.") % {"name": place.name},
            what="place",
            remedy=_("Use that one, or add to the name what tells the two apart."),
        )
