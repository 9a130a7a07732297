"""Creating the tenant."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from paotui.registry import ledger, lengths, names
from paotui.registry.actors import Actor
from paotui.registry.errors import Conflict, Invalid
from paotui.registry.models import District


@transaction.atomic
def create(*, code: str, name: str, name_en: str = "", is_sample: bool = False, at: dt.datetime) -> District:
    """Create a district with the region code `code` (GB/T 2260); done on the server, so the system is the actor."""
    if not code.strip() or not names.tidy(name):
        raise Invalid([("name", _("A district needs a region code and a name."))])
    if District.objects.filter(code=code).exists():
        raise Conflict(_("There is already a district with the code %(code)s.") % {"code": code}, what="district")
    district = District(code=code, name=names.tidy(name), name_en=name_en, is_sample=is_sample)
    lengths.check(district)
    district.save(force_insert=True)
    ledger.append(
        district=district, at=at, by=Actor.system(district), action="district.create", subject="district",
        subject_id=district.pk, data={"code": code, "name": district.name},
    )  # fmt: skip
    return district
