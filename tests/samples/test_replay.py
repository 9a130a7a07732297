"""What the replayed district holds: work left for today, a whole ledger, counters that agree, no typed figure."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest

import paotui
from paotui.registry import ledger
from paotui.registry.errors import Conflict
from paotui.registry.models import Account, Organisation, Person, Place, RosterEntry
from paotui.registry.queries import people
from paotui.samples.erqi import loans, refunds, replay, s5_money, severance
from paotui.samples.erqi.accounts import ACCOUNTS, PASSWORD
from paotui.samples.erqi.events import moment
from paotui.work.coverage import recount
from paotui.work.models import Case, Record, TaskForce, WorkOrder
from paotui.work.queries import today

PACKAGE = Path(paotui.__file__).parent
AFTER = moment(7, 10, 12)
NOW = dt.datetime.fromisoformat("2026-03-02T09:00+08:00")


def test_the_ledger_of_the_replay_is_whole(erqi):
    verified = ledger.verify(erqi)
    assert verified.ok, verified.sentence
    assert verified.entries > 3_000


def test_counters_agree_with_a_recount_in_every_task_force(erqi):
    found = TaskForce.objects.filter(district=erqi)
    assert found.count() == 15
    assert [difference for task_force in found for difference in recount(task_force)] == []


def test_a_second_replay_is_refused(erqi):
    with pytest.raises(Conflict):
        replay.run()


def test_everything_happened_in_2020_and_was_entered_after_it_happened(erqi):
    times = Record.objects.filter(district=erqi).values_list("happened_at", "entered_at")
    assert all(happened <= entered for happened, entered in times)
    assert {entered.year for _happened, entered in times} == {2020}


@pytest.mark.parametrize(
    "state", ["ready", "waiting", "paused", "submitted", "returned", "done", "waived", "cancelled"]
)
def test_the_district_has_work_in_every_state(erqi, state):
    assert WorkOrder.objects.filter(district=erqi, state=state).exists()


def test_some_records_were_corrected_and_the_first_ones_kept(erqi):
    assert Record.objects.filter(district=erqi, withdrawn_at__isnull=False, replaced_by__isnull=False).count() >= 2


@pytest.mark.parametrize("username", ["leader", "staff", "dispatcher", "crew"])
@pytest.mark.parametrize("at", [AFTER, NOW], ids=["2020", "2026"])
def test_who_does_the_work_has_something_to_do_today(erqi, username, at):
    account = Account.objects.get(district=erqi, username=username)
    found = today.for_actor(people.actor_for(account, at), at)
    assert found.overdue or found.due_today or found.due_soon or found.returned or found.to_review


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda one: one.username)
def test_a_sample_account_holds_the_role_it_shows(erqi, account):
    opened = Account.objects.get(district=erqi, username=account.username)
    assert opened.check_password(PASSWORD)
    assert [grant.role for grant in people.actor_for(opened, AFTER).grants] == [account.role]


def test_everybody_and_everything_in_it_is_marked_as_sample(erqi):
    assert erqi.is_sample
    for model in (Organisation, Person, Place):
        assert not model.objects.filter(district=erqi, is_sample=False).exists(), model.__name__


def test_places_lie_where_the_district_does(erqi):
    for place in Place.objects.filter(district=erqi):
        assert 113.58 < place.longitude < 113.68
        assert 34.66 < place.latitude < 34.77


def test_no_figure_of_the_page_stands_in_code_or_text():
    told = re.compile(r"124[,_]?315[,_]?160|12[,_]?431\.516|90[,_]?000[,_]?000")
    rooms = ("samples", "library", "registry", "work", "bulletin")
    files = [one for room in rooms for kind in ("*.py", "*.yaml", "*.typ") for one in (PACKAGE / room).rglob(kind)]
    assert len(files) > 100
    assert [file.name for file in files if told.search(file.read_text(encoding="utf-8"))] == []


def _values(erqi, playbook: str, measure: str, name: str) -> dict[str, Decimal]:
    """Return what standing records of a measure say under `name`, by the target's name and number."""
    found = Record.objects.filter(
        district=erqi, task_force__playbook__key=playbook, measure=measure, withdrawn_at=None
    ).select_related("case__entry__person")
    return {_who(one.case): Decimal(one.values[name]) for one in found if name in one.values}


def _who(case: Case) -> str:
    return case.entry.person.number if case.entry.person else case.name


def test_the_roster_of_the_refund_is_whom_the_rules_proposed_and_the_sums_are_theirs(erqi):
    proposed = refunds.proposed(s5_money.MATCHED.date())
    roster = RosterEntry.objects.filter(roster__district=erqi, roster__key="s5-refund", withdrawn_at=None)
    assert set(roster.values_list("name", flat=True)) == set(proposed)
    assert _values(erqi, "s5-refund", "match", "proposed") == {name: one.amount for name, one in proposed.items()}


def test_what_was_refunded_is_what_the_rules_gave(erqi):
    given = {name: one.amount for name, one in refunds.proposed(AFTER.date()).items()}
    assert _values(erqi, "s5-refund", "payment", "amount") == given


def test_what_was_lent_is_what_the_rules_allowed(erqi):
    given = {name: one.amount for name, one in loans.answers().items() if one.outcome == "qualifies"}
    assert _values(erqi, "s5-loans", "payment", "amount") == given


def test_what_was_settled_is_what_labour_law_gives(erqi):
    given = {number: one.settled for number, one in severance.dues().items()}
    assert _values(erqi, "s5-dispute-claims", "settlement", "settled") == given
