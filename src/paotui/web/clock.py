"""What time it is for a request: the one place where the web room reads a clock.

A sample district was replayed from another year. Its clock stands one minute after the last thing that happened in it,
so that "today" shows what was due then; every further action moves it by a minute.
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from paotui.registry.models import District, LedgerEntry

STEP = dt.timedelta(minutes=1)


def now_in(district: District | None) -> dt.datetime:
    """Return the time in `district`: now, or for a sample district one minute after its last ledger entry."""
    if district is None or not district.is_sample:
        return timezone.now()
    times = LedgerEntry.objects.filter(district=district).order_by("-number").values_list("at", flat=True)
    last = times.first()
    return last + STEP if last else timezone.now()
