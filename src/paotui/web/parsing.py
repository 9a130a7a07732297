"""From what a browser sends to what actions take; what cannot be read is refused with its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from paotui.registry.errors import Invalid, Refusal
from paotui.web.wording import ZONE
from paotui.work.recording import Upload

PREFIX = "v-"


def values(form: QueryDict) -> dict[str, str]:
    """Return the fields named v-… that were filled in, without the prefix."""
    typed = {name.removeprefix(PREFIX): form.get(name) or "" for name in form if name.startswith(PREFIX)}
    return {name: text for name, text in typed.items() if text.strip()}


def key(form: QueryDict) -> str | None:
    """Return the idempotency key of the form."""
    return form.get("key") or None


def number(text: str | None) -> int:
    """Return a whole number out of an address; 0 when there is none."""
    return int(text) if text and text.isdecimal() else 0


def moment(text: str, field: str) -> dt.datetime:
    """Return the time typed into a datetime-local input, in the district's zone."""
    try:
        return dt.datetime.fromisoformat(text).replace(tzinfo=ZONE)
    except ValueError:
        raise Invalid(
            [(field, _("“%(text)s” is not a time.") % {"text": text})],
            where=field,
            remedy=_("Write it as 2020-07-05 17:30."),
        ) from None


def day(text: str, field: str) -> dt.date:
    """Return the day typed into a date input."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise Invalid(
            [(field, _("“%(text)s” is not a day.") % {"text": text})], where=field, remedy=_("Write it as 2020-07-05.")
        ) from None


def local_input(at: dt.datetime) -> str:
    """Return `at` as a datetime-local input wants it."""
    return at.astimezone(ZONE).strftime("%Y-%m-%dT%H:%M")


def as_typed(value: Any) -> str:
    """Return a typed value as an input shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return local_input(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)


def problems(refusal: Refusal | None) -> dict[str, str]:
    """Return the sentences of `refusal` by field."""
    return dict(refusal.problems) if isinstance(refusal, Invalid) else {}


def many_problems(refusal: Refusal | None) -> dict[str, list[str]]:
    """Return the sentences of `refusal` by field, several to a field."""
    found: dict[str, list[str]] = {}
    for field, sentence in refusal.problems if isinstance(refusal, Invalid) else ():
        found.setdefault(field, []).append(sentence)
    return found


def uploads(request: HttpRequest, kinds: Iterable[str]) -> list[Upload]:
    """Return the files sent for the kinds of evidence asked for."""
    sent = ((kind, request.FILES.get(f"file-{kind}")) for kind in kinds)
    return [Upload(kind, file.name or kind, file.read(), file.content_type or "") for kind, file in sent if file]
