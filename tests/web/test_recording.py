"""A work order on the screen: what is asked, recording it once, being told what is wrong, deciding about it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client

from paotui.playbooks.schema import Field
from paotui.registry.errors import Invalid
from paotui.web import naming
from paotui.work.models import Record, WorkOrder
from tests.web.office import Office

VISIT = {
    "v-subject": "rules",
    "v-head_count": "12",
    "v-leaflets": "20",
    "v-hazards": "2",
    "happened_at": "2020-06-01T10:00",
}


@pytest.fixture
def visit(office: Office) -> WorkOrder:
    return office.order("visit", 0)


def record(client: Client, order: WorkOrder, **changes: Any) -> Any:
    form = {**VISIT, "key": uuid.uuid4().hex, **changes}
    return client.post(f"/staff/work/{order.pk}/record/", form)


def test_the_form_asks_for_each_field_with_its_unit_and_choices(
    signed_in: Callable[[str], Client], visit: WorkOrder
) -> None:
    page = signed_in("staff").get(f"/staff/work/{visit.pk}/").content.decode()
    assert 'name="v-head_count"' in page
    assert '<span class="unit">人</span>' in page
    assert "疲劳驾驶" in page
    assert "期限是怎么算的" in page


def test_recording_what_was_done_ends_the_work_order(signed_in: Callable[[str], Client], visit: WorkOrder) -> None:
    response = record(signed_in("staff"), visit)
    assert response.status_code == 302
    visit.refresh_from_db()
    assert visit.state == "done"
    assert "12 人" in signed_in("staff").get(response["Location"]).content.decode()


def test_the_same_form_sent_twice_records_once(signed_in: Callable[[str], Client], visit: WorkOrder) -> None:
    client, key = signed_in("staff"), uuid.uuid4().hex
    assert [record(client, visit, key=key).status_code for _ in range(2)] == [302, 302]
    assert Record.objects.filter(work_order=visit).count() == 1


def test_a_value_that_cannot_be_read_is_refused_at_its_field_and_nothing_typed_is_lost(
    signed_in: Callable[[str], Client], visit: WorkOrder
) -> None:
    response = record(signed_in("staff"), visit, **{"v-head_count": "many", "v-leaflets": "31"})
    page = response.content.decode()
    assert response.status_code == 422
    assert '<p class="wrong" role="alert">' in page.split('id="v-head_count"')[1].split('id="v-leaflets"')[0]
    assert 'value="31"' in page
    assert not Record.objects.filter(work_order=visit).exists()


def test_what_lies_in_the_future_is_refused(signed_in: Callable[[str], Client], visit: WorkOrder) -> None:
    response = record(signed_in("staff"), visit, happened_at="2031-01-01T10:00")
    assert response.status_code == 422
    assert "2031-01-01" in response.content.decode()


def test_a_reviewer_returns_with_a_reason_and_the_doer_reads_it(
    signed_in: Callable[[str], Client], office: Office, visit: WorkOrder
) -> None:
    leader = signed_in("leader")
    record(leader, visit)
    rectification = office.order("rectification")
    leader.post(
        f"/staff/work/{rectification.pk}/record/",
        {"v-remedy": "换了轮胎", "v-remedied_on": "2020-06-01", "happened_at": "2020-06-01T10:00"},
    )
    assert leader.post(f"/staff/work/{rectification.pk}/return/", {"reason": ""}).status_code == 422
    assert leader.post(f"/staff/work/{rectification.pk}/return/", {"reason": "请写明哪辆车"}).status_code == 302
    rectification.refresh_from_db()
    assert rectification.state == "returned"
    assert "请写明哪辆车" in leader.get(f"/staff/work/{rectification.pk}/").content.decode()


def test_a_correction_keeps_the_earlier_record(signed_in: Callable[[str], Client], visit: WorkOrder) -> None:
    client = signed_in("staff")
    record(client, visit)
    fields = {name: value for name, value in VISIT.items() if name.startswith("v-")}
    response = client.post(f"/staff/work/{visit.pk}/correct/", {**fields, "v-head_count": "14", "reason": "数错了"})
    assert response.status_code == 302
    page = client.get(f"/staff/work/{visit.pk}/").content.decode()
    assert "14 人" in page
    assert "12 人" in page.split("此前的记录")[1]


def test_buttons_are_drawn_for_those_who_may_press_them(signed_in: Callable[[str], Client], visit: WorkOrder) -> None:
    assert "/waive/" in signed_in("leader").get(f"/staff/work/{visit.pk}/").content.decode()
    assert "/waive/" not in signed_in("staff").get(f"/staff/work/{visit.pk}/").content.decode()
    assert "/record/" not in signed_in("editor").get(f"/staff/work/{visit.pk}/").content.decode()


def test_an_unknown_verb_is_not_found(signed_in: Callable[[str], Client], visit: WorkOrder) -> None:
    assert signed_in("leader").post(f"/staff/work/{visit.pk}/explode/").status_code == 404


def test_correcting_what_was_never_recorded_is_not_found(signed_in: Callable[[str], Client], visit: WorkOrder) -> None:
    assert signed_in("leader").post(f"/staff/work/{visit.pk}/correct/", {"reason": "x"}).status_code == 404


def test_work_is_assigned_to_somebody_of_the_responsible_organisation(
    signed_in: Callable[[str], Client], office: Office, visit: WorkOrder
) -> None:
    client, person = signed_in("leader"), office.people["crew"]
    assert f'<option value="{person.pk}">' in client.get(f"/staff/work/{visit.pk}/").content.decode()
    assert client.post(f"/staff/work/{visit.pk}/assign/", {"person": person.pk}).status_code == 302
    visit.refresh_from_db()
    assert visit.person == person
    assert client.post(f"/staff/work/{visit.pk}/assign/", {"person": "nobody"}).status_code == 404


def test_an_organisation_is_found_by_its_name_or_initials_and_an_unclear_name_is_refused(office: Office) -> None:
    field = Field(name="unit", label={"zh": "单位"}, type="organisation")
    resolve = partial(naming.resolved, office.district, [field])
    for typed in ("二七区交通局", "交通局", "eqqjtj", str(office.bureau.pk)):
        assert resolve({"unit": typed}) == {"unit": str(office.bureau.pk)}
    for typed, said in (("二七区", "可能指几个"), ("无此单位", "没有登记")):
        with pytest.raises(Invalid) as refused:
            resolve({"unit": typed})
        assert said in refused.value.problems[0][1]
