"""Who may look at one task force, case or work order: whoever it is below, led by, or done together with."""

from __future__ import annotations

from paotui.registry import rules
from paotui.registry.actors import Actor
from paotui.work import desk
from paotui.work.models import Case, TaskForce, TaskForceMember, WorkOrder


def check_may_see_work(actor: Actor, work_order: WorkOrder) -> None:
    """Raise NotAllowed unless the responsible, leading, participating or reviewing organisation is in reach."""
    scope = desk.look(work_order.district_id, work_order.pk).scope
    paths = (scope.organisation, scope.lead, *scope.participants, *scope.reviewers)
    rules.check_can(actor, "work.read", scope_paths=paths)


def check_may_see_case(actor: Actor, case: Case) -> None:
    """Raise NotAllowed unless the lead or an organisation with work in the case is in reach."""
    working = WorkOrder.objects.filter(district=case.district_id, case=case).values_list(
        "organisation__path", flat=True
    )
    rules.check_can(actor, "work.read", scope_paths=[case.task_force.lead.path, *working.distinct()])


def check_may_see_task_force(actor: Actor, task_force: TaskForce) -> None:
    """Raise NotAllowed unless the lead or a member is in reach: the same task forces the list shows."""
    members = TaskForceMember.objects.filter(district=task_force.district_id, task_force=task_force)
    paths = [task_force.lead.path, *members.values_list("organisation__path", flat=True)]
    rules.check_can(actor, "task_force.read", scope_paths=paths)
