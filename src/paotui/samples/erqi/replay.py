"""The replay: everything STORIES of 2020 tell, performed through the actions at the times it happened."""

from __future__ import annotations

import datetime as dt

from django.utils import translation
from django.utils.translation import gettext as _

from paotui.registry.errors import Conflict
from paotui.registry.models import District
from paotui.samples.erqi import district, press, s1, s2, s3, s4, s5_dispute, s5_labour, s5_money, s5_reopening, s6, s7
from paotui.samples.erqi.clerk import Clerk, Progress, in_order

STORIES = (s1, s2, s3, s4, s5_reopening, s5_labour, s5_money, s5_dispute, s6, s7, press)


def run(*, until: dt.datetime | None = None, progress: Progress | None = None) -> District:
    """Found the sample district and replay it up to `until` (the whole of it by default).

    Raises Conflict when the district is there already: what happened is not made to happen twice.
    """
    if District.objects.filter(code=district.CODE).exists():
        raise Conflict(
            _("The sample district is there already."), what="replay",
            remedy=_("Use an empty database to replay it again."),
        )  # fmt: skip
    with translation.override("zh-hans"):
        world = district.found()
        Clerk(world).perform(in_order((story.story() for story in STORIES), until), progress)
    return world.district
