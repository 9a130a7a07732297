"""Ways to sign in: opened for a person, closed, given a new password."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from paotui.registry import ledger, rules
from paotui.registry.actors import Actor
from paotui.registry.errors import Conflict, Invalid
from paotui.registry.models import Account, Person
from paotui.registry.queries import organisations, people
from paotui.worktime import ZONE


@transaction.atomic
def open(*, person: Person, username: str, password: str, by: Actor, at: dt.datetime) -> Account:
    """Open the one account of a person. Raises NotAllowed, Invalid (name, password) and Conflict (taken, or open)."""
    _check_may(person, by, at)
    if Account.objects.filter(person=person).exists():
        raise Conflict(_("%(name)s has an account already.") % {"name": person.name}, what="account")
    if Account.objects.filter(username=username).exists():
        raise Conflict(_("The user name %(name)s is taken.") % {"name": username}, what="username")
    account = Account(username=username, person=person, district_id=person.district_id)
    _set_password(account, password)
    try:
        account.full_clean()
    except ValidationError as fault:
        raise Invalid([(field, " ".join(texts)) for field, texts in fault.message_dict.items()]) from None
    account.save(force_insert=True)
    _write(account, "account.open", by, at)
    return account


@transaction.atomic
def set_password(*, account: Account, password: str, by: Actor, at: dt.datetime) -> Account:
    """Give an account a new password: people their own, administrators any they administer."""
    if by.person_id is None or by.person_id != account.person_id:
        _check_may(_person(account), by, at)
    _set_password(account, password)
    account.save(update_fields=["password"])
    _write(account, "account.set_password", by, at)
    return account


@transaction.atomic
def close(*, account: Account, by: Actor, at: dt.datetime) -> Account:
    """Close an account: nobody signs in with it any more; what was done with it stays in the ledger."""
    _check_may(_person(account), by, at)
    if not account.is_active:
        raise Conflict(_("The account %(name)s is closed already.") % {"name": account.username}, what="account")
    account.is_active = False
    account.save(update_fields=["is_active"])
    _write(account, "account.close", by, at)
    return account


def _person(account: Account) -> Person:
    if account.person is None:
        raise Conflict(_("The account %(name)s belongs to nobody.") % {"name": account.username}, what="account")
    return account.person


def _check_may(person: Person, by: Actor, at: dt.datetime) -> None:
    rules.check_in_district(by, person.district_id)
    standing = people.memberships(at.astimezone(ZONE).date()).filter(person=person)
    paths = list(standing.values_list("organisation__path", flat=True))
    rules.check_can(by, "people.manage", scope_paths=paths or organisations.root_paths(person.district))


def _set_password(account: Account, password: str) -> None:
    try:
        validate_password(password, user=account)
    except ValidationError as fault:
        raise Invalid([("password", sentence) for sentence in fault.messages], what="password") from None
    account.set_password(password)


def _write(account: Account, action: str, by: Actor, at: dt.datetime) -> None:
    person = _person(account)
    ledger.append(
        district=person.district, at=at, by=by, action=action, subject="person", subject_id=person.pk,
        data={"username": account.username},
    )  # fmt: skip
