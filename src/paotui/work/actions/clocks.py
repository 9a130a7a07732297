"""Stopping and restarting the clock of a work order."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from paotui.registry import ledger
from paotui.registry import rules as registry
from paotui.registry.actors import Actor
from paotui.work import clocks, rules
from paotui.work.changes import Changes
from paotui.work.desk import hold
from paotui.work.models import Pause, WorkOrder
from paotui.work.wording import refusing


@transaction.atomic
def pause(*, work_order: WorkOrder, reason: str, by: Actor, at: dt.datetime) -> WorkOrder:
    """Stop the clock of a work order: it has no due time until it is resumed; a deadline run out cannot be stopped."""
    registry.check_in_district(by, work_order.district_id)
    desk = hold(work_order.district_id, work_order.pk)
    state = rules.check(by, "pause", desk.order.state, desk.scope, reviewed=desk.is_reviewed)
    said = rules.check_reason(reason)
    with refusing("pause"):
        due_at = clocks.stopped(desk, at, said)
    changes = Changes(desk, at)
    changes.move(desk.order, state, due_at=due_at, reason=said)
    changes.save()
    Pause.objects.create(district=desk.district, work_order_id=desk.order.id, start=at, reason=said)
    ledger.append(
        district=desk.district, at=at, by=by, action="work_order.pause", subject="work_order",
        subject_id=desk.order.id, data={"reason": said},
    )  # fmt: skip
    return WorkOrder.objects.get(district=desk.district, pk=desk.order.id)


@transaction.atomic
def resume(*, work_order: WorkOrder, by: Actor, at: dt.datetime) -> WorkOrder:
    """Let the clock of a work order run again; its deadline moves by the days it stood."""
    registry.check_in_district(by, work_order.district_id)
    desk = hold(work_order.district_id, work_order.pk)
    state = rules.check(by, "resume", desk.order.state, desk.scope, reviewed=desk.is_reviewed)
    with refusing("resume"):
        due_at = clocks.restarted(desk, at)
    changes = Changes(desk, at)
    changes.move(desk.order, state, due_at=due_at)
    changes.save()
    Pause.objects.filter(district=desk.district, work_order=desk.order.id, end=None).update(end=at)
    ledger.append(
        district=desk.district, at=at, by=by, action="work_order.resume", subject="work_order",
        subject_id=desk.order.id, data={"due_at": due_at},
    )  # fmt: skip
    return WorkOrder.objects.get(district=desk.district, pk=desk.order.id)
