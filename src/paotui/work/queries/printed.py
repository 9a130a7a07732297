"""Typed values as people read them: units, labels of choices, names instead of numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from paotui.playbooks.schema import Field
from paotui.registry.models import Organisation, Person, Place
from paotui.worktime.zone import local

Names = Mapping[tuple[str, int], str]
_MODELS: dict[str, type[Organisation | Person | Place]] = {
    "organisation": Organisation,
    "person": Person,
    "place": Place,
}


def texts(
    district_id: int, fields: Sequence[Field], rows: Sequence[Mapping[str, Any]], language: str
) -> list[dict[str, str]]:
    """Return the printed text of every known value, by field name, for each row; a query per kind of thing named."""
    names = _names(district_id, fields, rows, language)
    with override(language):
        return [
            {field.name: _text(field, row[field.name], names, language) for field in fields if field.name in row}
            for row in rows
        ]


def _names(
    district_id: int, fields: Sequence[Field], rows: Sequence[Mapping[str, Any]], language: str
) -> dict[tuple[str, int], str]:
    found: dict[tuple[str, int], str] = {}
    for kind, model in _MODELS.items():
        columns = [field.name for field in fields if field.type == kind]
        ids = {row[name] for row in rows for name in columns if name in row}
        if ids:
            named = model._default_manager.filter(district=district_id, pk__in=ids).values_list("pk", "name", "name_en")
            found |= {
                (kind, pk): name_en if language.startswith("en") and name_en else name for pk, name, name_en in named
            }
    return found


def _text(field: Field, value: Any, names: Names, language: str) -> str:
    if field.type == "choice":
        labels = {one.value: one.label.in_language(language) for one in field.choices}
        return labels.get(value, str(value))
    if field.type in _MODELS:
        return names.get((field.type, value), str(value))
    return _with_unit(field, _plain(value), language)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | Decimal):
        return f"{value:,}"
    if isinstance(value, dt.datetime):
        return f"{local(value):%Y-%m-%d %H:%M}"
    return f"{value:%H:%M}" if isinstance(value, dt.time) else str(value)


def _with_unit(field: Field, text: str, language: str) -> str:
    unit = field.unit.in_language(language) if field.unit else _("yuan") if field.type == "money" else ""
    return f"{text} {unit}".strip()
