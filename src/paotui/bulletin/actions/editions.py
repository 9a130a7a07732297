"""Editions: signed bulletins in order, published as a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from paotui.bulletin.models import Bulletin, BulletinState, Edition, EditionItem
from paotui.registry import ledger, rules
from paotui.registry.actors import Actor
from paotui.registry.errors import Conflict, Invalid
from paotui.registry.models import District


@transaction.atomic
def publish(
    *,
    district: District,
    number: int,
    day: dt.date,
    title: str,
    title_en: str,
    bulletins: Sequence[Bulletin],
    by: Actor,
    at: dt.datetime,
    editor: str = "",
) -> Edition:
    """Publish signed bulletins as edition `number`; the first one leads.

    Raises NotAllowed, Invalid for a bulletin not signed or none at all, Conflict for a number used already.
    """
    rules.check_in_district(by, district.pk, *{bulletin.district_id for bulletin in bulletins})
    rules.check_holds(by, "edition.publish")
    _check_signed(district, bulletins)
    if Edition.objects.filter(district=district, number=number).exists():
        raise Conflict(
            _("Edition %(number)d has been published already.") % {"number": number}, what="number",
            remedy=_("Take the next number."),
        )  # fmt: skip
    edition = Edition.objects.create(
        district=district, number=number, day=day, title=title, title_en=title_en, editor=editor, published_at=at
    )
    EditionItem.objects.bulk_create(
        EditionItem(district=district, edition=edition, bulletin=bulletin, position=place)
        for place, bulletin in enumerate(bulletins, 1)
    )
    ledger.append(
        district=district, at=at, by=by, action="edition.publish", subject="edition", subject_id=edition.pk,
        data={"number": number, "bulletins": {one.slug: one.snapshot_sha256 for one in bulletins}},
    )  # fmt: skip
    return edition


def _check_signed(district: District, bulletins: Sequence[Bulletin]) -> None:
    wanted = [bulletin.pk for bulletin in bulletins]
    signed = Bulletin.objects.filter(district=district, pk__in=wanted, state=BulletinState.SIGNED)
    missing = {bulletin.pk: bulletin for bulletin in bulletins}.keys() - set(signed.values_list("pk", flat=True))
    if missing or not bulletins:
        sentence = _("“%(headline)s” has not been signed off.")
        raise Invalid(
            [("bulletins", sentence % {"headline": one.headline}) for one in bulletins if one.pk in missing]
            or [("bulletins", _("An edition needs at least one bulletin."))],
            what="edition",
            remedy=_("Sign off every bulletin first."),
        )
