import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name",
    [
        "today",
        "work",
        "work_export",
        "task_forces",
        "playbooks",
        "launch",
        "task_force",
        "task_force_export",
        "work_order",
        "case",
        "playbook",
        "rosters",
        "roster",
        "roster_export",
        "roster_import",
    ],
)
def test_every_screen_opens(signed_in, office, name):
    arguments = {
        "task_force": {"id": office.task_force.pk},
        "task_force_export": {"id": office.task_force.pk},
        "work_order": {"id": office.order("visit").pk},
        "case": {"id": office.order("visit").case_id},
        "playbook": {"key": "s3-safety-campaign"},
        "roster": {"id": office.roster.pk},
        "roster_export": {"id": office.roster.pk},
    }.get(name, {})
    response = signed_in("leader").get(reverse(f"web:{name}", kwargs=arguments))
    assert response.status_code == 200, (name, response.status_code)
