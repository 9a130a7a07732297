"""Questions about people: who somebody is at a moment, who is in an organisation, who is meant by a few letters."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from paotui.registry.actors import Actor, Grant
from paotui.registry.models import Account, District, Membership, Organisation, Person
from paotui.registry.queries.finding import matching
from paotui.worktime import ZONE


def actor_for(who: Account | Person, at: dt.datetime) -> Actor | None:
    """Return who acts when `who` does something at `at`; None (a visitor) for a closed account or one without district.

    The grants are the memberships of that day: whoever leaves has lost them from the day on which they leave.
    """
    if isinstance(who, Person):
        return Actor(who.pk, who.name, who.district_id, _grants(who.pk, at))
    if not who.is_active or who.district_id is None:
        return None
    if who.person is None:
        return Actor(None, who.username, who.district_id)
    return actor_for(who.person, at)


def memberships(day: dt.date) -> QuerySet[Membership]:
    """Return the memberships standing on `day`: from `since`, up to but without `until`."""
    return Membership.objects.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)


def members(organisation: Organisation, day: dt.date) -> QuerySet[Membership]:
    """Return who is in the organisation itself (not below it) on `day`, by name."""
    return memberships(day).filter(organisation=organisation).select_related("person").order_by("person__name", "role")


def roles_of(person: Person, day: dt.date) -> set[str]:
    """Return the roles the person holds on `day`, or will hold later, wherever it is."""
    ahead = Membership.objects.filter(Q(until__isnull=True) | Q(until__gt=day), person=person)
    return set(ahead.values_list("role", flat=True))


def find(district: District, text: str, *, limit: int = 20) -> list[Person]:
    """Return people whose name, pinyin or initials contain `text`, or whose staff number is `text`."""
    people = Person.objects.filter(district=district)
    if numbered := people.filter(number=text.strip()).exclude(number="").first():
        return [numbered]
    return list(matching(people, text)[:limit])


def _grants(person_id: int, at: dt.datetime) -> tuple[Grant, ...]:
    held = memberships(at.astimezone(ZONE).date()).filter(person_id=person_id).order_by("id")
    return tuple(Grant(*row) for row in held.values_list("role", "organisation_id", "organisation__path"))
