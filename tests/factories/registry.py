"""The fixed cast of the tests: one sample district with its bureau, sub-district and people."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from paotui.registry import names
from paotui.registry.actors import Actor, Grant
from paotui.registry.models import Account, District, Membership, Organisation, Person, Place, Roster, RosterEntry

ZONE = ZoneInfo("Asia/Shanghai")
AT = dt.datetime(2020, 7, 1, 9, 0, tzinfo=ZONE)


def district(code: str = "410103", name: str = "二七区", name_en: str = "Erqi District") -> District:
    return District.objects.create(code=code, name=name, name_en=name_en, is_sample=True)


def organisation(
    district: District,
    name: str = "人社局",
    *,
    kind: str = "bureau",
    parent: Organisation | None = None,
    credit_code: str = "",
) -> Organisation:
    organisation = Organisation.objects.create(
        district=district,
        parent=parent,
        kind=kind,
        name=name,
        credit_code=credit_code,
        path="",
        pinyin=names.pinyin(name),
    )
    organisation.path = f"{parent.path if parent else '/'}{organisation.pk}/"
    organisation.save(update_fields=["path"])
    return organisation


def person(district: District, name: str = "张样本", *, number: str = "") -> Person:
    return Person.objects.create(
        district=district, name=name, number=number, pinyin=names.pinyin(name, person=True), is_sample=True
    )


def membership(
    person: Person, organisation: Organisation, role: str = "staff", since: dt.date = dt.date(2019, 1, 1),
    until: dt.date | None = None,
) -> Membership:  # fmt: skip
    return Membership.objects.create(
        district=person.district, person=person, organisation=organisation, role=role, since=since, until=until
    )


def account(person: Person, username: str = "sample", password: str = "sample-password") -> Account:
    return Account.objects.create_user(username=username, password=password, district=person.district, person=person)


def place(
    district: District, name: str = "样本中学考点", *, kind: str = "exam_site", organisation: Organisation | None = None
) -> Place:
    return Place.objects.create(
        district=district, kind=kind, name=name, organisation=organisation, pinyin=names.pinyin(name), is_sample=True
    )


def roster(
    district: District, *, key: str = "schools", playbook: str = "errands", target_kind: str = "organisation"
) -> Roster:
    return Roster.objects.create(
        district=district, key=key, title="样本名册", title_en="Sample roster", target_kind=target_kind,
        playbook=playbook, imported_at=AT,
    )  # fmt: skip


def entry(roster: Roster, target: Organisation | Person | Place, row: int = 2, **facts: object) -> RosterEntry:
    kind = type(target).__name__.lower()
    return RosterEntry.objects.create(
        district=roster.district, roster=roster, row=row, name=target.name, facts=facts, **{kind: target}
    )


def actor(role: str, organisation: Organisation, person: Person | None = None) -> Actor:
    """An actor holding `role` in `organisation`; with a person when the ledger is to name somebody real."""
    grant = Grant(role, organisation.pk, organisation.path)
    name = person.name if person else role
    return Actor(person.pk if person else None, name, organisation.district_id, (grant,))
