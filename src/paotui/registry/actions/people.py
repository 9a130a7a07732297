"""People and what they are where: registering, joining an organisation in a role, leaving it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from paotui.registry import ledger, lengths, names, rules
from paotui.registry.actors import Actor
from paotui.registry.errors import Conflict, Invalid
from paotui.registry.models import District, Membership, Organisation, Person, RoleName
from paotui.registry.queries import people


@transaction.atomic
def register(
    *,
    district: District,
    name: str,
    name_en: str = "",
    phone: str = "",
    number: str = "",
    is_sample: bool = False,
    by: Actor,
    at: dt.datetime,
) -> Person:
    """Register a person; `number` (a staff number) tells people of one name apart.

    Raises NotAllowed, Invalid (no name) and Conflict (the number is taken).
    """
    rules.check_in_district(by, district.pk)
    rules.check_holds(by, "people.manage")
    if not names.tidy(name):
        raise Invalid([("name", _("A person needs a name."))], what="name")
    if number and (other := Person.objects.filter(district=district, number=number).first()):
        raise Conflict(
            _("The number %(number)s belongs to %(name)s.") % {"number": number, "name": other}, what="number"
        )
    person = Person(
        district=district, name=names.tidy(name), name_en=name_en.strip(), phone=phone.strip(), number=number.strip(),
        pinyin=names.pinyin(name, person=True), is_sample=is_sample,
    )  # fmt: skip
    lengths.check(person)
    person.save(force_insert=True)
    # The chain can never be shortened, so it carries no personal data: the row does, and can be corrected.
    ledger.append(
        district=district, at=at, by=by, action="person.register", subject="person", subject_id=person.pk, data={}
    )
    return person


@transaction.atomic
def join(
    *,
    person: Person,
    organisation: Organisation,
    role: str,
    since: dt.date,
    title: str = "",
    by: Actor,
    at: dt.datetime,
) -> Membership:
    """Give a person a role in an organisation from the day `since` on.

    Raises NotAllowed, Invalid (no such role) and Conflict (held already, or administrators that are kept apart).
    """
    rules.check_in_district(by, person.district_id, organisation.district_id)
    rules.check_can(by, "roles.grant", scope_paths=[organisation.path])
    rules.check_not_oneself(by, person.pk)
    if role not in RoleName.values:
        sentence = _("%(role)s is no role; there are %(roles)s.") % {"role": role, "roles": ", ".join(RoleName.values)}
        raise Invalid([("role", sentence)], what="role")
    # Two grants at once to one person could each miss the other: the row is locked while the roles are read.
    Person.objects.select_for_update().get(pk=person.pk)
    rules.check_can_hold(people.roles_of(person, since), role)
    _check_not_yet(person, organisation, role, since)
    membership = Membership(
        district_id=person.district_id, person=person, organisation=organisation, role=role, title=title, since=since
    )
    lengths.check(membership)
    membership.save(force_insert=True)
    _write(membership, "person.join", {"since": since}, by, at)
    return membership


@transaction.atomic
def leave(
    *, person: Person, organisation: Organisation, on: dt.date, role: str | None = None, by: Actor, at: dt.datetime
) -> list[Membership]:
    """End a person's roles (or one of them) in an organisation: `on` is the first day without them.

    Raises NotAllowed, Conflict (nothing to end).
    """
    rules.check_in_district(by, person.district_id, organisation.district_id)
    rules.check_can(by, "roles.grant", scope_paths=[organisation.path])
    rules.check_not_oneself(by, person.pk)
    held = Membership.objects.filter(Q(until__isnull=True) | Q(until__gt=on), person=person, organisation=organisation)
    ending = list((held.filter(role=role) if role else held).filter(since__lte=on).order_by("id"))
    if not ending:
        raise Conflict(
            _("%(name)s holds no such role in %(organisation)s on that day.")
            % {"name": person.name, "organisation": organisation.name},
            what="membership",
        )
    for membership in ending:
        membership.until = on
        membership.save(update_fields=["until"])
        _write(membership, "person.leave", {"until": on}, by, at)
    return ending


def _check_not_yet(person: Person, organisation: Organisation, role: str, since: dt.date) -> None:
    standing = Membership.objects.filter(Q(until__isnull=True) | Q(until__gt=since), person=person)
    if standing.filter(organisation=organisation, role=role).exists():
        raise Conflict(
            _("%(name)s holds this role in %(organisation)s already.")
            % {"name": person.name, "organisation": organisation.name},
            what="membership",
        )


def _write(membership: Membership, action: str, data: dict[str, dt.date], by: Actor, at: dt.datetime) -> None:
    where = {"organisation": membership.organisation_id, "role": membership.role}
    ledger.append(
        district=membership.district, at=at, by=by, action=action, subject="person",
        subject_id=membership.person_id, data={**where, **data},
    )  # fmt: skip
