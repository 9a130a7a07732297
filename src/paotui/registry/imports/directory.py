"""The names a district already knows, by every way of typing them."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from django.db.models import F, QuerySet, Value
from django.utils.translation import gettext as _

from paotui.authored.suggest import closest
from paotui.registry.models import District, Organisation, Person, Place
from paotui.registry.names import comparable

MOST_TO_SUGGEST_FROM = 3_000
"""Comparing a mistyped name with every other takes a millisecond each thousand; beyond this nothing is suggested."""


class Known(NamedTuple):
    """An organisation, person or place already registered; `code` is its credit code or staff number."""

    id: int
    name: str
    code: str
    kind: str


class Directory:
    """All organisations, people or places of a district, by comparable name and by code."""

    def __init__(self, district: District, target_kind: str) -> None:
        self.by_name: dict[str, list[Known]] = defaultdict(list)
        self.by_code: dict[str, Known] = {}
        for row in _ROWS[target_kind](district).order_by("id").iterator(chunk_size=5_000):
            known = Known(*row)
            self.by_name[comparable(known.name)].append(known)
            if known.code:
                self.by_code[known.code] = known

    def named(self, name: str) -> list[Known]:
        return self.by_name.get(comparable(name), [])

    def like(self, name: str) -> str:
        """Return the known name most like `name`, empty when none comes near."""
        if len(self.by_name) > MOST_TO_SUGGEST_FROM:
            return ""
        near = closest(comparable(name), self.by_name)
        return self.by_name[near][0].name if near else ""


class Lookup:
    """Finds what a fact names: an organisation, a person or a place."""

    def __init__(self, district: District) -> None:
        self.district = district
        self.directories: dict[str, Directory] = {}

    def directory(self, target_kind: str) -> Directory:
        if target_kind not in self.directories:
            self.directories[target_kind] = Directory(self.district, target_kind)
        return self.directories[target_kind]

    def __call__(self, target_kind: str, text: str) -> int | str:
        """Return the id of what `text` (a name, code or number) means, or the sentence saying why there is none."""
        directory = self.directory(target_kind)
        coded = directory.by_code.get(text.strip())
        found = [coded] if coded else directory.named(text)
        if len(found) == 1:
            return found[0].id
        if found:
            return _("%(name)s is the name of several: write the number or code instead.") % {"name": text}
        near = directory.like(text)
        if near:
            return _("%(name)s is not registered. Is %(near)s meant?") % {"name": text, "near": near}
        return _("%(name)s is not registered: register it first, or correct the name.") % {"name": text}


def _organisations(district: District) -> QuerySet[Organisation, tuple[int, str, str, str]]:
    return Organisation.objects.filter(district=district).values_list("id", "name", "credit_code", "kind")


def _people(district: District) -> QuerySet[Person, tuple[int, str, str, str]]:
    people = Person.objects.filter(district=district).annotate(kind=Value(""))
    return people.values_list("id", "name", "number", "kind")


def _places(district: District) -> QuerySet[Place, tuple[int, str, str, str]]:
    places = Place.objects.filter(district=district).annotate(code=Value(""), sort=F("kind"))
    return places.values_list("id", "name", "code", "sort")


_ROWS = {"organisation": _organisations, "person": _people, "place": _places}
