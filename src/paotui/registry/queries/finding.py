"""Finding by name: characters, pinyin or initials, as somebody types them."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Case, Model, Q, QuerySet, Value, When

from paotui.registry import names

M = TypeVar("M", bound=Model)


def matching(rows: QuerySet[M], text: str) -> QuerySet[M]:
    """Narrow rows having `name`, `name_en` and `pinyin` to those containing `text`; nothing typed finds nothing."""
    typed = names.tidy(text)
    if not typed:
        return rows.none()
    spelled = typed.casefold().replace(" ", "").replace("'", "")
    beginning = Q(name__startswith=typed) | Q(pinyin__startswith=spelled) | Q(pinyin__contains=f" {spelled}")
    anywhere = Q(name__contains=typed) | Q(name_en__icontains=typed) | Q(pinyin__contains=spelled)
    first = Case(When(Q(name=typed), then=Value(0)), When(beginning, then=Value(1)), default=Value(2))
    return rows.filter(anywhere).order_by(first, "name", "pk")
