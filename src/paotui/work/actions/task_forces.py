"""Launching and closing task forces."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from paotui import worktime
from paotui.playbooks.expand import expand
from paotui.playbooks.loader import Loaded
from paotui.registry import ledger
from paotui.registry import rules as registry
from paotui.registry.actors import Actor
from paotui.registry.errors import Conflict
from paotui.registry.models import District, Organisation, Roster
from paotui.work import idempotency, launches, rosters, writing
from paotui.work.launches import Members, Occurrences
from paotui.work.launching import check_launch
from paotui.work.models import PlaybookVersion, TaskForce, TaskForceMember, TaskForceState
from paotui.work.wording import refusing

Progress = Callable[[int, int], None]
"""Called with the number of targets taken so far and of all targets."""
NOTHING: Occurrences = MappingProxyType({})


@transaction.atomic
def launch(
    *,
    district: District,
    playbook: Loaded,
    roster: Roster,
    title: str,
    title_en: str = "",
    lead: Organisation,
    members: Members,
    period: tuple[dt.date, dt.date],
    by: Actor,
    at: dt.datetime,
    occurrences: Occurrences = NOTHING,
    key: str | None = None,
    progress: Progress | None = None,
) -> TaskForce:
    """Turn `playbook` and `roster` into a task force with a case per target and all its dated work.

    `members` names the organisations holding each role, `occurrences` the times of events this time. Deadlines follow
    the calendar as it is known at `at`. Raises NotAllowed, Invalid or Conflict.
    """
    registry.check_in_district(by, district.pk, roster.district_id, lead.district_id)
    registry.check_can(by, "task_force.launch", scope_paths=[lead.path])
    check_launch(playbook.playbook, roster, members, period)
    body = _body(playbook, roster, title, lead, members, period, occurrences)
    if earlier := idempotency.claim(district=district, key=key, action="task_force.launch", body=body, at=at):
        return TaskForce.objects.get(district=district, pk=earlier["task_force"])
    task_force = _create(district, playbook, roster, title, title_en, lead, period, occurrences, at)
    _appoint(task_force, members)
    with refusing("playbook"):
        written = _write(task_force, playbook, roster, progress)
    _conclude(task_force, written)
    ledger.append(
        district=district, at=at, by=by, action="task_force.launch", subject="task_force", subject_id=task_force.pk,
        data=body | {
            "calendar": task_force.calendar_version, "cases": written.cases, "work_orders": written.work_orders,
            "participations": written.participations, "plan_sha256": written.sha256,
        },
    )  # fmt: skip
    idempotency.settle(district=district, key=key, outcome={"task_force": task_force.pk})
    return task_force


@transaction.atomic
def close(*, task_force: TaskForce, by: Actor, at: dt.datetime) -> TaskForce:
    """Close a task force all of whose cases are closed; raises NotAllowed, or Conflict when work is open."""
    registry.check_in_district(by, task_force.district_id)
    registry.check_can(by, "task_force.close", scope_paths=[task_force.lead.path])
    held = TaskForce.objects.select_for_update().get(district=task_force.district_id, pk=task_force.pk)
    if held.state == TaskForceState.CLOSED:
        raise Conflict(_("“%(title)s” is closed already.") % {"title": held.title}, what="task_force.close")
    if held.cases_open:
        raise Conflict(
            _("“%(title)s” still has %(count)d open cases.") % {"title": held.title, "count": held.cases_open},
            what="task_force.close",
            remedy=_("Finish, waive or cancel their work first."),
        )
    held.state, held.closed_at = TaskForceState.CLOSED, at
    held.save(update_fields=["state", "closed_at"])
    ledger.append(
        district=held.district,
        at=at,
        by=by,
        action="task_force.close",
        subject="task_force",
        subject_id=held.pk,
        data={},
    )
    return held


def _create(
    district: District,
    playbook: Loaded,
    roster: Roster,
    title: str,
    title_en: str,
    lead: Organisation,
    period: tuple[dt.date, dt.date],
    occurrences: Occurrences,
    at: dt.datetime,
) -> TaskForce:
    if TaskForce.objects.filter(district=district, title=title).exists():
        raise Conflict(
            _("There is a task force called “%(title)s” already.") % {"title": title},
            what="task_force.launch", where="title", remedy=_("Choose another title, for example with the month."),
        )  # fmt: skip
    with refusing("calendar"):
        calendar = worktime.official(at)
    return TaskForce.objects.create(
        district=district, playbook=keep_version(district, playbook), roster=roster, title=title, title_en=title_en,
        lead=lead, launched_at=at, period_start=period[0], period_end=period[1],
        occurrences=launches.written(occurrences), calendar_version=calendar.version,
    )  # fmt: skip


def keep_version(district: District, playbook: Loaded) -> PlaybookVersion:
    """Return the stored version of `playbook`; raises Conflict when the number stands for another text."""
    content = playbook.playbook
    version, _created = PlaybookVersion.objects.get_or_create(
        district=district, key=content.playbook, version=content.version,
        defaults={
            "story": content.story or "", "title": content.title.zh, "title_en": content.title.en,
            "source": playbook.source, "sha256": playbook.sha256,
        },
    )  # fmt: skip
    if version.sha256 != playbook.sha256:
        raise Conflict(
            _("Version %(version)d of the playbook %(key)s was launched with another text.")
            % {"version": content.version, "key": content.playbook},
            what="playbook", where="version", remedy=_("Raise the number after `version:` in the file."),
        )  # fmt: skip
    return version


def _appoint(task_force: TaskForce, members: Members) -> None:
    TaskForceMember.objects.bulk_create(
        TaskForceMember(district=task_force.district, task_force=task_force, role=role, organisation=organisation)
        for role, organisations in members.items()
        for organisation in organisations
    )


def _write(task_force: TaskForce, playbook: Loaded, roster: Roster, progress: Progress | None) -> writing.Written:
    writer = writing.Writer(task_force)
    targets = writer.opening(rosters.counted(rosters.targets(roster, playbook.playbook), roster, progress))
    calendar = worktime.official_version(task_force.calendar_version)
    return writer.write(expand(playbook.playbook, targets, calendar, launches.of(task_force)))


def _conclude(task_force: TaskForce, written: writing.Written) -> None:
    task_force.cases_total, task_force.cases_open = written.cases, written.open_cases
    task_force.save(update_fields=["cases_total", "cases_open"])


def _body(
    playbook: Loaded,
    roster: Roster,
    title: str,
    lead: Organisation,
    members: Members,
    period: tuple[dt.date, dt.date],
    occurrences: Occurrences,
) -> dict[str, Any]:
    return {
        "playbook": playbook.playbook.playbook,
        "version": playbook.playbook.version,
        "playbook_sha256": playbook.sha256,
        "roster": roster.pk,
        "title": title,
        "lead": lead.pk,
        "members": {role: [one.pk for one in holders] for role, holders in members.items()},
        "period": list(period),
        "occurrences": launches.written(occurrences),
    }
