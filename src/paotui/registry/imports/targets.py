"""Which organisation, person or place each row means, and making those the district does not know yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from paotui.registry import names
from paotui.registry.imports.directory import Directory, Known
from paotui.registry.imports.reporting import Problem
from paotui.registry.imports.rows import Draft
from paotui.registry.models import District, Organisation, Person, Place

CODE = {"organisation": "credit_code", "person": "number", "place": ""}
# Facts that say to whom a place belongs.
OWNER_FACTS = ("community", "owner")


@dataclass
class Settled:
    """Drafts with the id of their target, None for those to be made; and what stands in the way."""

    targets: list[tuple[Draft, int | None]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def settle(drafts: Iterable[Draft], directory: Directory, target_kind: str, kind: str) -> Settled:
    """Find the target of each draft: by code or number first, else by name; `kind` narrows places.

    Two rows for one target, two targets for one row, and a code that belongs to another name are problems.
    """
    settled = Settled()
    seen: dict[int | str, Draft] = {}
    for draft in drafts:
        found = _candidates(draft, directory, target_kind, kind)
        code = draft.data.get(CODE[target_kind], "")
        if why := _contradiction(draft, found, code):
            settled.problems.append(Problem(draft.sheet, draft.row, "", why))
            continue
        target = found[0].id if found else None
        same = seen.setdefault(target or code or names.comparable(draft.name), draft)
        if same is not draft:
            settled.problems.append(Problem(draft.sheet, draft.row, "", _twice(draft, same, target_kind)))
            continue
        if found and found[0].name != draft.name:
            settled.notes.append(_taken_as(draft, found[0]))
        settled.targets.append((draft, target))
    return settled


def _candidates(draft: Draft, directory: Directory, target_kind: str, kind: str) -> list[Known]:
    code = draft.data.get(CODE[target_kind], "")
    if code in directory.by_code:
        return [directory.by_code[code]]
    named = directory.named(draft.name)
    if target_kind == "place":
        return [known for known in named if known.kind == kind]
    # With a number of its own a row is not somebody of the same name who has another.
    return [known for known in named if not code or not known.code] if target_kind == "person" else named


def _contradiction(draft: Draft, found: Sequence[Known], code: str) -> str:
    if len(found) > 1:
        sentence = _("There are several called %(name)s: add a column with the staff number or credit code.")
        return sentence % {"name": draft.name}
    if not found or not code:
        return ""
    known = found[0]
    if known.code == code and names.comparable(known.name) != names.comparable(draft.name):
        sentence = _("%(code)s belongs to %(known)s, not to %(name)s: correct the one that is wrong.")
        return sentence % {"code": code, "known": known.name, "name": draft.name}
    if known.code and known.code != code:
        sentence = _("%(name)s is registered with %(known)s, not %(code)s: correct the one that is wrong.")
        return sentence % {"name": draft.name, "known": known.code, "code": code}
    return ""


def _twice(draft: Draft, same: Draft, target_kind: str) -> str:
    where = _("row %(row)d") % {"row": same.row}
    if same.sheet != draft.sheet:
        where = _("sheet %(sheet)s") % {"sheet": same.sheet} + ", " + where
    said = {"name": draft.name, "where": where}
    if target_kind == "person":
        sentence = _("%(name)s already stands in %(where)s: remove one, or add staff numbers if they are two people.")
        return sentence % said
    return _("%(name)s already stands in %(where)s: remove one of the two.") % said


def _taken_as(draft: Draft, known: Known) -> str:
    sentence = _("Row %(row)d: %(name)s is taken to be %(known)s.")
    return sentence % {"row": draft.row, "name": draft.name, "known": known.name}


def make(
    drafts: Sequence[Draft], district: District, target_kind: str, kind: str, parent: Organisation | None
) -> list[int]:
    """Register the targets of `drafts`, in their order, and return their ids."""
    if target_kind == "organisation":
        return _make_organisations(drafts, district, kind, parent)
    if target_kind == "person":
        return _ids(Person.objects.bulk_create([_person(draft, district) for draft in drafts], batch_size=1_000))
    return _ids(Place.objects.bulk_create([_place(draft, district, kind) for draft in drafts], batch_size=1_000))


def _make_organisations(
    drafts: Sequence[Draft], district: District, kind: str, parent: Organisation | None
) -> list[int]:
    made = [
        Organisation(
            district=district, parent=parent, kind=kind, name=draft.name, name_en=draft.data.get("name_en", ""),
            credit_code=draft.data.get("credit_code", ""), pinyin=names.pinyin(draft.name),
            is_sample=district.is_sample,
        )
        for draft in drafts
    ]  # fmt: skip
    Organisation.objects.bulk_create(made, batch_size=1_000)
    # A path ends in the row's own id; until now theirs are empty, as no other's are.
    path = Concat(Value(parent.path if parent else "/"), Cast("id", CharField()), Value("/"))
    Organisation.objects.filter(district=district, path="").update(path=path)
    return _ids(made)


def _person(draft: Draft, district: District) -> Person:
    return Person(
        district=district, name=draft.name, name_en=draft.data.get("name_en", ""), phone=draft.data.get("phone", ""),
        number=draft.data.get("number", ""), pinyin=names.pinyin(draft.name, person=True),
        is_sample=district.is_sample,
    )  # fmt: skip


def _place(draft: Draft, district: District, kind: str) -> Place:
    owner = next((draft.facts[name] for name in OWNER_FACTS if isinstance(draft.facts.get(name), int)), None)
    return Place(
        district=district, kind=kind, name=draft.name, name_en=draft.data.get("name_en", ""),
        address=draft.data.get("address", ""), organisation_id=owner, pinyin=names.pinyin(draft.name),
        is_sample=district.is_sample, **(draft.position._asdict() if draft.position else {}),
    )  # fmt: skip


def _ids(rows: Sequence[Organisation] | Sequence[Person] | Sequence[Place]) -> list[int]:
    return [row.pk for row in rows]
