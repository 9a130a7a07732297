"""A call made twice under one key changes things once: the second one is told what the first one led to."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from paotui.registry import ledger
from paotui.registry.errors import Conflict
from paotui.registry.models import District
from paotui.work.models import IdempotencyKey

Outcome = dict[str, Any]


def claim(
    *, district: District, key: str | None, action: str, body: Mapping[str, Any], at: dt.datetime
) -> Outcome | None:
    """Take `key` for this call inside its transaction; return what an equal earlier call led to, else None.

    Of two calls at the same time the second waits for the first to commit. Raises Conflict when the key was used for
    another action or another body. Without a key nothing is remembered.
    """
    if key is None:
        return None
    taken = IdempotencyKey(
        district=district, key=key, action=action, fingerprint=fingerprint(body), outcome=None, at=at
    )
    # The row decides, not a look beforehand: between looking and inserting another call could come.
    IdempotencyKey.objects.bulk_create([taken], ignore_conflicts=True)
    standing = IdempotencyKey.objects.get(district=district, key=key)
    if (standing.action, standing.fingerprint) != (taken.action, taken.fingerprint):
        raise Conflict(
            _("The key %(key)s was used for something else before.") % {"key": key},
            what=action,
            where="key",
            remedy=_("Use a new key for a new call."),
        )
    return standing.outcome


def settle(*, district: District, key: str | None, outcome: Outcome) -> None:
    """Remember what the call under `key` led to."""
    if key is not None:
        IdempotencyKey.objects.filter(district=district, key=key).update(outcome=outcome)


def fingerprint(body: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a call's arguments in canonical JSON."""
    canonical = json.dumps(ledger.plain(body), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
