"""Questions about rosters: their targets with typed facts, and the spreadsheet they make."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from paotui.playbooks import values
from paotui.playbooks.plan import RosterTarget
from paotui.playbooks.schema import Field
from paotui.registry.models import District, Organisation, Person, Place, Roster, RosterEntry

CHUNK = 2_000
DIGITS = 15
"""A spreadsheet keeps so many digits of a number; longer ones are written as text."""
# Beginnings a spreadsheet program could take for a formula when the cell is edited or saved as text.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def listing(district: District) -> QuerySet[Roster]:
    """Return the district's rosters, newest import first."""
    return Roster.objects.filter(district=district).select_related("owner").order_by("-imported_at", "-id")


def fields(roster: Roster) -> tuple[Field, ...]:
    """Return the facts of the roster as the playbook declared them at the last import."""
    return tuple(Field.model_validate(one) for one in roster.fields)


def entries(roster: Roster) -> QuerySet[RosterEntry]:
    """Return the standing entries in the order of their first import."""
    return RosterEntry.objects.filter(roster=roster, withdrawn_at__isnull=True).order_by("id")


def targets(roster: Roster, facts: tuple[Field, ...] | None = None) -> Iterator[RosterTarget]:
    """Yield the standing targets with typed facts (of `facts`, else of the last import); `key` is the entry's id."""
    read, after = values.reader(facts if facts is not None else fields(roster)), 0
    found = entries(roster).values_list("id", "name", "facts", "organisation_id", "person_id")
    # By key, not through one long cursor: rows may be written in between.
    while rows := list(found.filter(id__gt=after)[:CHUNK]):
        for id, name, said, organisation, person in rows:
            yield RosterTarget(id, name, read(said), organisation, person)
        after = rows[-1][0]


def export_xlsx(roster: Roster, language: str) -> bytes:
    """Return the roster as a workbook that can be imported again; every text is written as text, never as a formula."""
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with override(language), xlsxwriter.Workbook(out, {**options, "strings_to_numbers": False}) as book:
        bold, text = book.add_format({"bold": True}), book.add_format({"quote_prefix": True})
        sheet = book.add_worksheet()
        declared = fields(roster)
        headings = [_("Name"), *_extra_headings(roster), *(_heading(one, language) for one in declared)]
        sheet.write_row(0, 0, headings, bold)
        for number, cells in enumerate(_rows(roster, declared, language), start=1):
            for column, cell in enumerate(cells):
                _write(sheet, number, column, cell, text)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 30)
    return out.getvalue()


def _write(sheet: Any, row: int, column: int, cell: Any, text: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, int | Decimal) and len(Decimal(cell).as_tuple().digits) <= DIGITS:
        sheet.write_number(row, column, cell)
    else:
        sheet.write_string(row, column, str(cell), text if str(cell).startswith(FORMULA) else None)


_EXTRA = {"organisation": ("credit_code",), "person": ("number",), "place": ("address", "x", "y", "crs")}
_MODEL: dict[str, type[Organisation | Person | Place]] = {
    "organisation": Organisation,
    "person": Person,
    "place": Place,
}


def _extra_headings(roster: Roster) -> list[str]:
    words = {
        "credit_code": _("Credit code"), "number": _("Staff number"), "address": _("Address"),
        "x": _("Longitude"), "y": _("Latitude"), "crs": _("Coordinate system"),
    }  # fmt: skip
    return [words[name] for name in _EXTRA[roster.target_kind]]


def _heading(one: Field, language: str) -> str:
    label = one.label.in_language(language)
    return f"{label}（{one.unit.in_language(language)}）" if one.unit else label


def _rows(roster: Roster, declared: tuple[Field, ...], language: str) -> Iterator[list[Any]]:
    called = _names(roster, declared)
    extra = [f"{roster.target_kind}__{name}" for name in _EXTRA[roster.target_kind]]
    read = values.reader(declared)
    for name, said, *more in entries(roster).values_list("name", "facts", *extra).iterator(chunk_size=CHUNK):
        facts = read(said)
        yield [name, *more, *(_shown(one, facts.get(one.name), called, language) for one in declared)]


def _names(roster: Roster, declared: tuple[Field, ...]) -> Callable[[str, int], str]:
    known: dict[str, dict[int, str]] = {
        kind: dict(_MODEL[kind].objects.filter(district=roster.district_id).values_list("id", "name"))
        for kind in {one.type for one in declared} & _MODEL.keys()
    }
    return lambda kind, id: known[kind].get(id, str(id))


def _shown(one: Field, value: Any, called: Callable[[str, int], str], language: str) -> Any:
    if value is None:
        return None
    if one.type in _MODEL:
        return called(one.type, value)
    if one.type == "boolean":
        return _("yes") if value else _("no")
    if one.type == "choice":
        return next((each.label.in_language(language) for each in one.choices if each.value == value), value)
    return value.isoformat() if isinstance(value, dt.date | dt.time) else value
