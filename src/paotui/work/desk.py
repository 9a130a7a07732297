"""What lies on the desk when an action begins: a work order with its case, task force and playbook, held by a lock.

The case is what is locked: two people finishing two predecessors of one measure at the same time must not both find
the other's unfinished and leave the measure waiting for ever.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

from django.utils.translation import gettext as _

from paotui.playbooks import values
from paotui.playbooks.plan import Launch, RosterTarget
from paotui.playbooks.schema import Measure, Playbook
from paotui.registry.errors import Refusal
from paotui.registry.models import District, Organisation
from paotui.registry.sql import Row, batches, fetch, mapping, moment, on_postgresql
from paotui.work import rosters
from paotui.work.launches import Launched, told
from paotui.work.queries import playbooks
from paotui.work.rules import Scope
from paotui.work.states import OPEN, PAUSED, READY, WAITING
from paotui.worktime import Calendar, official_version

_CASE_OF = "(SELECT case_id FROM work_workorder WHERE district_id = %s AND id = %s)"
_CONTEXT = """
SELECT c.id, c.state, c.open_work, e.id, c.name, e.facts, e.organisation_id, e.person_id, o.path, l.path, p.sha256,
       d.code, t.id, t.launched_at, t.period_start, t.period_end, t.occurrences, t.calendar_version
FROM work_workorder w
JOIN work_case c ON c.id = w.case_id
JOIN registry_rosterentry e ON e.id = c.entry_id
JOIN registry_organisation o ON o.id = w.organisation_id
JOIN work_taskforce t ON t.id = w.task_force_id
JOIN registry_organisation l ON l.id = t.lead_id
JOIN work_playbookversion p ON p.id = t.playbook_id
JOIN registry_district d ON d.id = w.district_id
WHERE w.district_id = %s AND w.id = %s"""
_ORDERS = f"""
SELECT id, measure, sequence, role, organisation_id, person_id, state, opens_at, due_at, done_at, ended_at, reason
FROM work_workorder WHERE district_id = %s AND case_id = {_CASE_OF} ORDER BY id"""  # noqa: S608
_BESIDE = """
SELECT p.role, p.organisation_id, o.path
FROM work_participation p JOIN registry_organisation o ON o.id = p.organisation_id
WHERE p.district_id = %s AND p.work_order_id = %s AND NOT p.reviews ORDER BY p.id"""
_MEMBERS = """
SELECT m.role, m.organisation_id, o.path
FROM work_taskforcemember m JOIN registry_organisation o ON o.id = m.organisation_id
WHERE m.district_id = %s AND m.task_force_id = %s ORDER BY m.id"""
_STANDING = """
SELECT id, happened_at, entered_at, "values"
FROM work_record WHERE district_id = %s AND work_order_id = %s AND withdrawn_at IS NULL"""

AT_ONCE = 100
"""Cases read in one round trip."""
UNTOUCHED = frozenset({WAITING, READY, PAUSED})
"""States of work nobody has recorded yet."""
Holder = tuple[str, int, str]
"""(role, organisation, path)"""


@dataclass(slots=True)
class Order:
    """A work order of the case as it stands."""

    id: int
    measure: str
    sequence: int
    role: str
    organisation: int
    person: int | None
    state: str
    opens_at: dt.datetime | None
    due_at: dt.datetime | None
    done_at: dt.datetime | None
    ended_at: dt.datetime | None
    reason: str

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


@dataclass(slots=True)
class Standing:
    """The record of the work order that stands."""

    id: int
    happened_at: dt.datetime
    entered_at: dt.datetime
    values: Mapping[str, Any]


@dataclass
class Desk:
    """A work order and everything its actions look at; what only some of them need is read when they do."""

    district: District
    order: Order
    orders: list[Order]
    """All work orders of the case, `order` among them."""
    case: int
    case_state: str
    open_work: int
    playbook: Playbook
    task_force: Launched
    lead_path: str
    _paths: dict[int, str] = field(repr=False)
    """Paths of organisations read so far, by id."""
    _entry: tuple[int, str, Any, int | None, int | None] = field(repr=False)

    def turned_to(self, work_order_id: int) -> Desk:
        """Return the desk with another work order of the same case on it; both see the same orders."""
        order = next((one for one in self.orders if one.id == work_order_id), None)
        if order is None:
            raise NoSuchWork(_("There is no such work order in this case."), what="work_order")
        return replace(self, order=order)

    @property
    def organisation_path(self) -> str:
        """Where the responsible organisation is in the tree."""
        one = self.order.organisation
        if one not in self._paths:
            self._paths[one] = Organisation.objects.values_list("path", flat=True).get(district=self.district, pk=one)
        return self._paths[one]

    @cached_property
    def measure(self) -> Measure:
        return self.playbook.measure(self.order.measure)

    @property
    def is_reviewed(self) -> bool:
        return self.measure.review is not None

    @cached_property
    def target(self) -> RosterTarget:
        key, name, facts, organisation, person = self._entry
        return rosters.target(
            values.reader(self.playbook.target.facts), key, name, mapping(facts), organisation, person
        )

    @cached_property
    def members(self) -> tuple[Holder, ...]:
        """Who was named at launch."""
        return tuple(fetch([(_MEMBERS, (self.district.pk, self.task_force.pk))])[0])

    @cached_property
    def participants(self) -> tuple[Holder, ...]:
        """Who acts together with the responsible organisation."""
        if not self.may_have_participants(self.order):
            return ()
        return tuple(fetch([(_BESIDE, (self.district.pk, self.order.id))])[0])

    @cached_property
    def standing(self) -> Standing | None:
        """The record of the work order that stands; there is none before the first one."""
        if self.order.state in UNTOUCHED:
            return None
        rows = fetch([(_STANDING, (self.district.pk, self.order.id))])[0]
        return _standing(rows[0]) if rows else None

    def may_have_participants(self, order: Order) -> bool:
        """Tell whether others may act together with those responsible: not where one holder does it alone."""
        measure = self.playbook.measure(order.measure)
        if measure.mode == "each":
            return False
        held_by = {role.name: role.held_by for role in self.playbook.roles}
        return len(measure.roles) > 1 or held_by[measure.roles[0]] == "member"

    @cached_property
    def launch(self) -> Launch:
        return told(self.task_force, [(role, organisation) for role, organisation, _path in self.members])

    @cached_property
    def timing(self) -> Launch:
        """The launch without its members: enough to say when work may start and is due."""
        return told(self.task_force, [])

    @cached_property
    def calendar(self) -> Calendar:
        return official_version(self.task_force.calendar_version)

    @cached_property
    def reviewers(self) -> tuple[tuple[int, str], ...]:
        """(organisation, path) of those holding the role that reviews."""
        name = self.measure.review
        if name is None:
            return ()
        role = next(one for one in self.playbook.roles if one.name == name)
        if role.held_by == "member":
            return tuple((one, path) for held, one, path in self.members if held == name)
        one = self.target.facts.get(role.fact) if role.fact else self.target.organisation
        if one is None:
            return ()
        return tuple(Organisation.objects.filter(district=self.district, pk=one).values_list("id", "path"))

    @property
    def scope(self) -> Scope:
        """Where the work order belongs, for the rules."""
        participants = tuple(path for _role, _one, path in self.participants)
        reviewers = tuple(path for _one, path in self.reviewers)
        return Scope(self.organisation_path, self.lead_path, participants, reviewers)


class NoSuchWork(Refusal):
    """The work order is not there, or belongs to another district."""


def hold(district_id: int, work_order_id: int) -> Desk:
    """Lock the case of a work order and return all that is known of it; raises NoSuchWork."""
    return _read(district_id, [work_order_id], lock=True)[0]


def hold_all(district_id: int, work_order_ids: Sequence[int]) -> list[Desk]:
    """Lock the cases of work orders, each of another case, in the order given, and return a desk for each."""
    return [desk for some in batches(work_order_ids, AT_ONCE) for desk in _read(district_id, some, lock=True)]


def look(district_id: int, work_order_id: int) -> Desk:
    """Return what `hold` returns without locking anything: to show it."""
    return _read(district_id, [work_order_id], lock=False)[0]


def _read(district_id: int, work_order_ids: Sequence[int], *, lock: bool) -> list[Desk]:
    # SQLite locks the whole database when the transaction begins. PostgreSQL looks anew for every statement, so the
    # orders, which come after the lock, are read as the one who held it before left them.
    context = f"{_CONTEXT} FOR UPDATE OF c" if lock and on_postgresql() else _CONTEXT
    asked = [[(context, (district_id, pk)), (_ORDERS, (district_id, district_id, pk))] for pk in work_order_ids]
    found = iter(fetch([statement for pair in asked for statement in pair]))
    return [_desk(district_id, pk, next(found), next(found)) for pk in work_order_ids]


def _desk(district_id: int, work_order_id: int, context: Sequence[Row], rows: Sequence[Row]) -> Desk:
    if not context:
        raise NoSuchWork(
            _("There is no such work order in this district."),
            what="work_order",
            remedy=_("Follow a link from a list."),
        )
    case, state, open_work, *entry, path, lead_path, sha256, code = context[0][:12]
    key, name, facts, organisation, person = entry
    orders = [_order(row) for row in rows]
    order = next(order for order in orders if order.id == work_order_id)
    return Desk(
        district=_district(district_id, code),
        order=order,
        orders=orders,
        case=case,
        case_state=state,
        open_work=open_work,
        playbook=playbooks.by_hash(district_id, [sha256])[sha256].playbook,
        task_force=_launched(*context[0][12:]),
        lead_path=lead_path,
        _paths={order.organisation: path},
        _entry=(key, name, facts, organisation, person),
    )


@lru_cache(maxsize=64)
def _district(pk: int, code: str) -> District:
    """Return the district for the ledger: its number and its code, which never change."""
    return District(id=pk, code=code)


def _order(row: Row) -> Order:
    pk, measure, sequence, role, organisation, person, state, *times, reason = row
    opens_at, due_at, done_at, ended_at = map(moment, times)
    return Order(pk, measure, sequence, role, organisation, person, state, opens_at, due_at, done_at, ended_at, reason)


def _standing(row: Row) -> Standing:
    happened_at, entered_at = moment(row[1]), moment(row[2])
    assert happened_at is not None
    assert entered_at is not None
    return Standing(row[0], happened_at, entered_at, mapping(row[3]))


def _launched(
    pk: int, launched_at: Any, start: dt.date, end: dt.date, occurrences: Any, calendar_version: str
) -> Launched:
    at = moment(launched_at)
    assert at is not None
    return Launched(pk, at, start, end, mapping(occurrences), calendar_version)
