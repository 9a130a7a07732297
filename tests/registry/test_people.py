"""People over time: joining, leaving, being found, and acting with the roles of the day."""

from __future__ import annotations

import datetime as dt

import pytest

from paotui.registry import ledger, rules
from paotui.registry.actions import accounts, people
from paotui.registry.actors import Actor
from paotui.registry.errors import Conflict, Invalid, NotAllowed
from paotui.registry.models import LedgerEntry, Person
from paotui.registry.queries import people as query
from tests.factories import registry as make

pytestmark = [pytest.mark.django_db, pytest.mark.database]

MAY = dt.date(2020, 5, 1)
JULY = dt.date(2020, 7, 1)
PASSWORD = "errand-sample-2020"


@pytest.fixture
def district():
    return make.district()


@pytest.fixture
def bureau(district):
    return make.organisation(district)


@pytest.fixture
def system(district):
    return Actor.system(district)


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), make.ZONE)


def test_a_clerk_may_work_from_the_day_of_joining_until_the_day_of_leaving(district, bureau, system):
    clerk = people.register(district=district, name="李 样本", by=system, at=make.AT)
    people.join(person=clerk, organisation=bureau, role="staff", since=MAY, by=system, at=make.AT)
    people.leave(person=clerk, organisation=bureau, on=JULY, by=system, at=make.AT)

    def may(day):
        return rules.can(query.actor_for(clerk, noon(day)), "work.record", scope_paths=[bureau.path])

    days = [MAY - dt.timedelta(1), MAY, JULY - dt.timedelta(1), JULY]
    assert [may(day) for day in days] == [False, True, True, False]


def test_the_day_of_leaving_begins_at_midnight_here_not_in_greenwich(district, bureau):
    clerk = make.person(district)
    make.membership(clerk, bureau, since=MAY, until=JULY)
    last_minute = dt.datetime(2020, 6, 30, 15, 59, tzinfo=dt.UTC)
    assert query.actor_for(clerk, last_minute).grants
    assert not query.actor_for(clerk, last_minute + dt.timedelta(minutes=1)).grants


def test_joining_and_leaving_are_in_the_ledger_without_personal_data(district, bureau, system):
    clerk = people.register(district=district, name="李样本", phone="13900000000", by=system, at=make.AT)
    people.join(person=clerk, organisation=bureau, role="staff", since=MAY, by=system, at=make.AT)
    people.leave(person=clerk, organisation=bureau, on=JULY, by=system, at=make.AT)
    entries = LedgerEntry.objects.order_by("number")
    assert [entry.action for entry in entries] == ["person.register", "person.join", "person.leave"]
    assert entries[2].data == {"organisation": bureau.pk, "role": "staff", "until": "2020-07-01"}
    assert not any("李样本" in str(entry.data) or "139" in str(entry.data) for entry in entries)
    assert ledger.verify(district).ok


def test_one_role_can_be_ended_and_the_other_kept(district, bureau, system):
    clerk = make.person(district)
    make.membership(clerk, bureau, "staff")
    make.membership(clerk, bureau, "editor")
    ended = people.leave(person=clerk, organisation=bureau, role="editor", on=JULY, by=system, at=make.AT)
    assert [membership.role for membership in ended] == ["editor"]
    assert query.roles_of(clerk, JULY) == {"staff"}


def test_leaving_where_one_is_not_is_refused(district, bureau, system):
    with pytest.raises(Conflict, match="样本"):
        people.leave(person=make.person(district), organisation=bureau, on=JULY, by=system, at=make.AT)


def test_a_role_is_not_held_twice(district, bureau, system):
    clerk = make.person(district)
    make.membership(clerk, bureau, "staff")
    with pytest.raises(Conflict):
        people.join(person=clerk, organisation=bureau, role="staff", since=JULY, by=system, at=make.AT)


def test_a_role_can_be_taken_up_again_after_it_ended(district, bureau, system):
    clerk = make.person(district)
    make.membership(clerk, bureau, "staff", since=MAY, until=JULY)
    people.join(person=clerk, organisation=bureau, role="staff", since=JULY, by=system, at=make.AT)
    assert query.actor_for(clerk, noon(JULY)).grants


def test_an_administrator_role_announced_for_later_already_keeps_the_other_away(district, bureau, system):
    clerk = make.person(district)
    make.membership(clerk, bureau, "auditor", since=JULY)
    with pytest.raises(Conflict):
        people.join(person=clerk, organisation=bureau, role="security", since=MAY, by=system, at=make.AT)


def test_an_unknown_role_is_refused_with_the_list_of_roles(district, bureau, system):
    with pytest.raises(Invalid, match="leader"):
        people.join(person=make.person(district), organisation=bureau, role="king", since=MAY, by=system, at=make.AT)


@pytest.mark.parametrize("role", ["leader", "staff", "administrator", "auditor", "member"])
def test_only_the_security_administrator_grants_roles(district, bureau, role):
    with pytest.raises(NotAllowed):
        people.join(
            person=make.person(district), organisation=bureau, role="staff", since=MAY,
            by=make.actor(role, bureau), at=make.AT,
        )  # fmt: skip


def test_a_security_administrator_grants_roles_below_but_not_beside(district, bureau):
    other = make.organisation(district, "住建局")
    below = make.organisation(district, "就业科", kind="section", parent=bureau)
    security, clerk = make.actor("security", bureau), make.person(district)
    people.join(person=clerk, organisation=below, role="staff", since=MAY, by=security, at=make.AT)
    with pytest.raises(NotAllowed):
        people.join(person=clerk, organisation=other, role="staff", since=MAY, by=security, at=make.AT)


def test_a_security_administrator_cannot_make_himself_leader(district, bureau):
    himself = make.person(district)
    with pytest.raises(NotAllowed):
        people.join(
            person=himself, organisation=bureau, role="leader", since=MAY,
            by=make.actor("security", bureau, himself), at=make.AT,
        )  # fmt: skip


def test_somebody_of_another_district_cannot_be_given_a_role(bureau, system):
    stranger = make.person(make.district("410102", "中原区"))
    with pytest.raises(NotAllowed):
        people.join(person=stranger, organisation=bureau, role="staff", since=MAY, by=system, at=make.AT)


def test_a_staff_number_belongs_to_one_person(district, system):
    people.register(district=district, name="张样本", number="A1", by=system, at=make.AT)
    with pytest.raises(Conflict, match="张样本"):
        people.register(district=district, name="李样本", number="A1", by=system, at=make.AT)


def test_a_nameless_person_is_refused_and_nothing_is_written(district, system):
    with pytest.raises(Invalid):
        people.register(district=district, name=" 　", by=system, at=make.AT)
    assert not Person.objects.exists()
    assert not LedgerEntry.objects.exists()


@pytest.mark.parametrize("typed", ["仇样本", "样本", "qiuyang", "qyb", "QYB", "qiu yang ben", "yang", "A-17"])
def test_people_are_found_by_characters_pinyin_initials_and_number(district, typed):
    wanted = make.person(district, "仇样本", number="A-17")
    make.person(district, "王示例")
    assert query.find(district, typed) == [wanted]


@pytest.mark.parametrize("typed", ["", "  ", "赵", "zzz", "%", "_"])
def test_nothing_is_found_where_nothing_fits(district, typed):
    make.person(district, "仇样本")
    assert query.find(district, typed) == []


def test_who_begins_with_what_was_typed_comes_first(district):
    make.person(district, "赵张样")
    first = make.person(district, "张样本")
    assert query.find(district, "张")[0] == first


def test_people_of_other_districts_are_not_found(district):
    make.person(make.district("410102", "中原区"), "张样本")
    assert query.find(district, "张样本") == []


def test_an_account_acts_with_the_roles_of_its_person(district, bureau, system):
    clerk = make.person(district)
    make.membership(clerk, bureau, "staff")
    account = accounts.open(person=clerk, username="clerk", password=PASSWORD, by=system, at=make.AT)
    actor = query.actor_for(account, make.AT)
    assert (actor.person_id, actor.name, actor.district_id) == (clerk.pk, clerk.name, district.pk)
    assert [grant.role for grant in actor.grants] == ["staff"]
    assert account.check_password(PASSWORD)


def test_a_closed_account_is_a_visitor(district, system):
    account = make.account(make.person(district))
    accounts.close(account=account, by=system, at=make.AT)
    assert query.actor_for(account, make.AT) is None
    with pytest.raises(Conflict):
        accounts.close(account=account, by=system, at=make.AT)


@pytest.mark.parametrize(("username", "password"), [("clerk", "short"), ("clerk", "1234567890"), ("cl erk?", PASSWORD)])
def test_a_weak_password_or_a_strange_user_name_is_refused(district, system, username, password):
    with pytest.raises(Invalid):
        accounts.open(person=make.person(district), username=username, password=password, by=system, at=make.AT)


def test_nobody_has_two_accounts_and_no_name_is_used_twice(district, system):
    clerk = make.person(district)
    make.account(clerk, "clerk")
    with pytest.raises(Conflict):
        accounts.open(person=clerk, username="clerk2", password=PASSWORD, by=system, at=make.AT)
    with pytest.raises(Conflict):
        accounts.open(
            person=make.person(district, "李样本"), username="clerk", password=PASSWORD, by=system, at=make.AT
        )


def test_people_set_their_own_password_and_nobody_elses(district, bureau):
    clerk, colleague = make.person(district), make.person(district, "李样本")
    account = make.account(clerk)
    accounts.set_password(account=account, password=PASSWORD, by=make.actor("crew", bureau, clerk), at=make.AT)
    assert account.check_password(PASSWORD)
    with pytest.raises(NotAllowed):
        accounts.set_password(account=account, password=PASSWORD, by=make.actor("crew", bureau, colleague), at=make.AT)


def test_the_ledger_never_sees_a_password(district, system):
    accounts.open(person=make.person(district), username="clerk", password=PASSWORD, by=system, at=make.AT)
    assert PASSWORD not in str(LedgerEntry.objects.get().data)
