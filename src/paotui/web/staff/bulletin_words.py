"""The fields of a bulletin an editor fills in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from paotui.web import parsing


@dataclass(frozen=True, slots=True)
class WordField:
    name: str
    label: Promise
    rows: int = 1
    type: str = "text"
    required: bool = False
    language: str = "zh-hans"


FIELDS = (
    WordField("kicker", _("Kicker")),
    WordField("headline", _("Headline"), required=True),
    WordField("subhead", _("Subhead")),
    WordField("body", _("Text"), rows=16, required=True),
    WordField("kicker_en", _("Kicker in English"), language="en"),
    WordField("headline_en", _("Headline in English"), language="en", required=True),
    WordField("subhead_en", _("Subhead in English"), language="en"),
    WordField("body_en", _("Text in English"), rows=14, language="en", required=True),
    WordField("dateline", _("Dateline"), type="date", required=True),
    WordField("byline", _("Byline"), required=True),
    WordField("correspondent", _("Correspondent")),
    WordField("photo_credit", _("Picture credit")),
)


def words_of(form: QueryDict) -> dict[str, Any]:
    """Return what was typed, by field; line ends as the database keeps them."""
    words: dict[str, Any] = {field.name: form.get(field.name, "").replace("\r\n", "\n").strip() for field in FIELDS}
    return words | {"dateline": parsing.day(form.get("dateline", ""), "dateline"), "picture": form.get("picture", "")}
