"""Bulletins: drafted, edited, signed off."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from paotui.bulletin import figures, illustrations, rules, snapshots
from paotui.bulletin.models import Bulletin, BulletinState
from paotui.registry import ledger
from paotui.registry import rules as registry
from paotui.registry.actors import Actor
from paotui.registry.errors import Conflict, Refusal
from paotui.registry.models import District, Organisation

WORDS = (
    "kicker", "kicker_en", "headline", "headline_en", "subhead", "subhead_en", "body", "body_en", "byline",
    "correspondent", "photo_credit", "picture", "dateline",
)  # fmt: skip
"""What an editor may write."""


@transaction.atomic
def draft(
    *, district: District, story: str, slug: str, organisation: Organisation, by: Actor, at: dt.datetime, **words: Any
) -> Bulletin:
    """Write a new bulletin; `words` are those of `WORDS`. Raises NotAllowed, Conflict for a slug taken already."""
    registry.check_in_district(by, district.pk, organisation.district_id)
    rules.check_can_write(by, organisation.path)
    _check_words(words)
    if Bulletin.objects.filter(district=district, slug=slug).exists():
        raise Conflict(
            _("There is a bulletin called %(slug)s already.") % {"slug": slug}, what="slug",
            remedy=_("Choose another short name."),
        )  # fmt: skip
    bulletin = Bulletin.objects.create(district=district, story=story, slug=slug, organisation=organisation, **words)
    _tell(bulletin, by, at, "draft", {"slug": slug})
    return bulletin


@transaction.atomic
def edit(*, bulletin: Bulletin, by: Actor, at: dt.datetime, **words: Any) -> Bulletin:
    """Change the words of a draft. Raises NotAllowed, and Conflict when it has been signed."""
    found = _held(bulletin, by)
    rules.check_can_write(by, found.organisation.path)
    rules.check_is_draft(found.state == BulletinState.SIGNED)
    _check_words(words)
    for name, value in words.items():
        setattr(found, name, value)
    found.save(update_fields=[*words])
    _tell(found, by, at, "edit", {"fields": sorted(words)})
    return found


@transaction.atomic
def sign_off(*, bulletin: Bulletin, by: Actor, at: dt.datetime, as_of: dt.datetime | None = None) -> Bulletin:
    """Freeze what every figure says as of `as_of` (default `at`) and stand for it.

    Raises NotAllowed, Conflict when signed already, and Invalid for a number no figure stands behind, an unknown
    figure, or one without value.
    """
    found, moment = _held(bulletin, by), as_of or at
    rules.check_can_sign(by, found.organisation.path)
    rules.check_is_draft(found.state == BulletinState.SIGNED)
    _check_as_of(moment, at)
    rules.check_sourced({name: getattr(found, name) for name in snapshots.SIGNED_WORDS[:8]})
    answers = {name: figures.answer(found.district, name, moment) for name in snapshots.named_figures(found)}
    rules.check_have_values({name: answer.value for name, answer in answers.items()})
    found.snapshot = snapshots.freeze(found, answers, moment)
    found.snapshot_sha256 = snapshots.digest(found.snapshot)
    found.state, found.as_of = BulletinState.SIGNED, moment
    found.signed_at, found.signed_by_id = at, by.person_id
    found.save()
    _tell(found, by, at, "sign_off", {"as_of": moment, "snapshot_sha256": found.snapshot_sha256})
    return found


def _check_words(words: dict[str, Any]) -> None:
    unknown = sorted(set(words) - set(WORDS))
    if unknown:
        raise TypeError(f"a bulletin has no {', '.join(unknown)}")
    if words.get("picture"):
        illustrations.illustration(words["picture"])


def _check_as_of(as_of: dt.datetime, at: dt.datetime) -> None:
    if as_of > at:
        raise Refusal(
            _("Figures cannot be counted as of a time that has not come."), what="as_of",
            remedy=_("Choose a time that has passed."),
        )  # fmt: skip


def _held(bulletin: Bulletin, by: Actor) -> Bulletin:
    """Return the bulletin as it stands, locked until the end of the action."""
    registry.check_in_district(by, bulletin.district_id)
    locked = Bulletin.objects.select_for_update(of=("self",)).select_related("organisation", "district")
    return locked.get(district=bulletin.district_id, pk=bulletin.pk)


def _tell(bulletin: Bulletin, by: Actor, at: dt.datetime, verb: str, data: dict[str, Any]) -> None:
    ledger.append(
        district=bulletin.district, at=at, by=by, action=f"bulletin.{verb}", subject="bulletin",
        subject_id=bulletin.pk, data=data,
    )  # fmt: skip
