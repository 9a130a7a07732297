"""Organisations, people and places as people type them: by name, pinyin or initials, or by their number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from paotui.playbooks.schema import Field
from paotui.registry.errors import Invalid
from paotui.registry.models import District
from paotui.registry.queries import organisations, people, places
from paotui.web import parsing
from paotui.web.requests import StaffRequest
from paotui.work import desk
from paotui.work.models import WorkOrder

FIND: dict[str, Callable[[District, str], Sequence[Any]]] = {
    "organisation": organisations.find, "person": people.find, "place": places.find,
}  # fmt: skip


def record_values(request: StaffRequest, work_order: WorkOrder) -> dict[str, str]:
    """Return what was typed into the form of `work_order`, names replaced by ids."""
    fields = desk.look(work_order.district_id, work_order.pk).measure.record
    return resolved(work_order.district, fields, parsing.values(request.POST))


def resolved(district: District, fields: Iterable[Field], typed: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed with names replaced by ids; Invalid where a name means nobody, or several."""
    found, problems = dict(typed), []
    for field in fields:
        text = typed.get(field.name, "").strip()
        if field.type not in FIND or not text or text.isdecimal():
            continue
        meant = _meant(FIND[field.type](district, text), text)
        if len(meant) == 1:
            found[field.name] = str(meant[0].pk)
        else:
            problems.append((field.name, _sentence(text, meant)))
    if problems:
        raise Invalid(problems, what="record")
    return found


def _meant(candidates: Sequence[Any], text: str) -> list[Any]:
    """One of exactly that name is meant rather than those whose names contain it."""
    exact = [one for one in candidates if one.name == text]
    return exact or list(candidates)


def _sentence(text: str, meant: Sequence[Any]) -> str:
    if not meant:
        return _("Nobody and nothing called “%(text)s” is registered: correct the name.") % {"text": text}
    names = _(", ").join(f"{one} ({one.pk})" for one in meant[:5])
    sentence = _("“%(text)s” may mean several: %(names)s. Write the number of the one you mean.")
    return sentence % {"text": text, "names": names}
