"""What each row says: the target's name and data, and its facts, typed; or what is wrong with a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from paotui.playbooks import reading, values
from paotui.playbooks.schema import Field
from paotui.registry import identifiers, lengths, names
from paotui.registry.errors import Invalid
from paotui.registry.imports.columns import Matched
from paotui.registry.imports.reporting import Problem
from paotui.registry.imports.vocabulary import system_of
from paotui.registry.positions import Position, position
from paotui.registry.sheets.tables import Column, Row, Table

_DEGREES = Field.model_validate({"name": "degrees", "label": {"zh": "度"}, "type": "decimal"})
TICKS = frozenset("√✓✔☑●vV")
Lookup = Callable[[str, str], "int | str"]
"""(type, name) → id of the organisation, person or place called so, or a sentence saying why not."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One row, read: everything typed, nothing looked up in the database but what its facts refer to."""

    sheet: str
    row: int
    name: str
    data: Mapping[str, str]
    position: Position | None
    facts: Mapping[str, Any]


def read(
    table: Table, matched: Matched, fields: tuple[Field, ...], lookup: Lookup, crs: str
) -> Iterator[Draft | Problem]:
    """Yield a draft for each row of `table`, and a problem for each cell that cannot be taken.

    A row blank in every column of ours is passed over. `crs` is taken where a row or the sheet names none.
    """
    brought = tuple(one for one in fields if one.name in matched.facts)
    ticked = _ticked(table, matched, brought)
    wanted = [*matched.standard.values(), *matched.facts.values()]
    for row in table.rows:
        if all(row[column] is None for column in wanted):
            continue
        reader = _Reader(table.sheet, row, matched)
        draft = reader.draft(brought, ticked, lookup, crs)
        yield from reader.problems
        if not reader.problems:
            yield draft


def _ticked(table: Table, matched: Matched, fields: tuple[Field, ...]) -> set[str]:
    """Return the yes-or-no facts kept as ticks, where a blank cell means no."""
    found = set()
    for one in fields:
        if one.type == "boolean":
            column = matched.facts[one.name]
            written = {str(row[column]).strip() for row in table.rows if row[column] is not None}
            if written and written <= TICKS:
                found.add(one.name)
    return found


class _Reader:
    def __init__(self, sheet: str, row: Row, matched: Matched) -> None:
        self.sheet, self.row, self.matched = sheet, row, matched
        self.problems: list[Problem] = []
        self.wrong: set[str] = set()

    def draft(self, fields: tuple[Field, ...], ticked: set[str], lookup: Lookup, crs: str) -> Draft:
        data = {name: self._text(name) for name in self.matched.standard}
        name = names.tidy(data.pop("name", ""))
        if not name:
            self._wrong("name", _("The name is blank: fill it in, or clear the row."))
        if code := data.get("credit_code"):
            data["credit_code"] = self._checked("credit_code", lambda: identifiers.credit_code(code)) or ""
        where = self._position(data, crs)
        return Draft(self.sheet, self.row.number, name, data, where, self._facts(fields, ticked, lookup))

    def _facts(self, fields: tuple[Field, ...], ticked: set[str], lookup: Lookup) -> dict[str, Any]:
        raw = {one.name: self._raw(one, ticked) for one in fields}
        for one in fields:
            if one.type in ("organisation", "person", "place") and raw[one.name] is not None:
                raw[one.name] = self._looked_up(one, raw[one.name], lookup)
        rest = [one for one in fields if one.name not in self.wrong]
        try:
            return values.parse(rest, {one.name: raw[one.name] for one in rest})
        except values.ValueErrors as errors:
            for name, sentence in errors.in_language(get_language() or "zh-hans"):
                self._wrong(name, sentence)
            return {}

    def _raw(self, one: Field, ticked: set[str]) -> Any:
        cell = self.row[self.matched.facts[one.name]]
        if cell is None:
            return False if one.name in ticked else None
        if one.name in ticked:
            return True
        scale = self.matched.factors.get(one.name)
        # 5万 in a column headed 万元 has brought its own unit already.
        if scale is None or (isinstance(cell, str) and any(unit in cell for unit in "万亿元")):
            return cell
        found = reading.number(cell, one)
        return cell if found is None else found * scale

    def _looked_up(self, one: Field, cell: Any, lookup: Lookup) -> int | None:
        found = lookup(one.type, reading.text(cell))
        if isinstance(found, int):
            return found
        self._wrong(one.name, found)
        return None

    def _position(self, data: dict[str, str], crs: str) -> Position | None:
        x, y = data.pop("x", ""), data.pop("y", "")
        said = data.pop("crs", "") or self.matched.crs
        system = system_of(said) if said else crs
        if not x and not y:
            return None
        if not system:
            self._wrong("crs", _("%(said)s is no coordinate system known here.") % {"said": said})
            return None
        return self._checked("x", lambda: position(self._degrees("x", x), self._degrees("y", y), system))

    def _degrees(self, name: str, text: str) -> Decimal | None:
        if not text:
            return None
        found = reading.number(text.rstrip("°"), _DEGREES)
        if found is None:
            raise Invalid([(name, _("%(text)s is no number of degrees, such as 113.6402.") % {"text": text})])
        return found

    def _checked(self, name: str, check: Callable[[], Any]) -> Any:
        try:
            return check()
        except Invalid as refusal:
            self._wrong(name, str(refusal))
            return None

    def _text(self, name: str) -> str:
        cell = self.row[self.matched.standard[name]]
        text = "" if cell is None else names.tidy(reading.text(cell))
        if why := lengths.too_long(text, self.matched.limits.get(name)):
            self._wrong(name, why)
        return text

    def _wrong(self, name: str, sentence: str) -> None:
        self.wrong.add(name)
        self.problems.append(Problem(self.sheet, self.row.number, self._column(name), sentence))

    def _column(self, name: str) -> str:
        column: Column | None = self.matched.facts.get(name) or self.matched.standard.get(name)
        return f"{column.letter} {column.heading.text}" if column else name
