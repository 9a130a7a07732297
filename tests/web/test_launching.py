"""The launch wizard: four addresses, nothing kept before the last press, the last press acts once."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from paotui.registry.models import LedgerEntry
from paotui.work.models import TaskForce
from tests.web.office import Office

ADDRESS = "/staff/task-forces/new/"


def answers(office: Office) -> dict[str, str]:
    return {
        "playbook": "s3-safety-campaign", "roster": str(office.roster.pk), "title": "下半年整治", "title_en": "Again",
        "lead": str(office.bureau.pk), "m-bureau": str(office.bureau.pk), "start": "2020-07-01", "end": "2020-07-31",
    }  # fmt: skip


def test_each_step_offers_what_fits_the_one_before(signed_in: Callable[[str], Client], office: Office) -> None:
    client = signed_in("leader")
    assert "?playbook=s3-safety-campaign" in client.get(ADDRESS).content.decode()
    roster = client.get(ADDRESS, {"playbook": "s3-safety-campaign"}).content.decode()
    assert f"roster={office.roster.pk}" in roster
    members = client.get(ADDRESS, {"playbook": "s3-safety-campaign", "roster": office.roster.pk}).content.decode()
    assert 'name="m-bureau"' in members
    assert 'name="m-target"' not in members
    assert client.get(ADDRESS, {"playbook": "nothing"}).status_code == 404


def test_the_preview_says_what_a_launch_would_ask_and_changes_nothing(
    signed_in: Callable[[str], Client], office: Office
) -> None:
    entries = LedgerEntry.objects.count()
    page = signed_in("leader").get(ADDRESS, {**answers(office), "step": "preview"}).content.decode()
    assert "<strong>8</strong>件任务单" in page
    assert "要占用大家多少时间" in page
    assert TaskForce.objects.count() == 1
    assert LedgerEntry.objects.count() == entries


def test_a_launch_sent_twice_launches_once(signed_in: Callable[[str], Client], office: Office) -> None:
    client, form = signed_in("leader"), {**answers(office), "key": "once"}
    first, second = client.post(ADDRESS, form), client.post(ADDRESS, form)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert TaskForce.objects.filter(title="下半年整治").count() == 1


def test_what_is_missing_is_said_and_what_was_chosen_is_kept(
    signed_in: Callable[[str], Client], office: Office
) -> None:
    chosen = {**answers(office), "step": "preview", "m-bureau": "", "end": "2020-06-01"}
    response = signed_in("leader").get(ADDRESS, chosen)
    page = response.content.decode()
    assert response.status_code == 422
    assert "没有单位承担：请指定" in page
    assert "期限的结束早于开始" in page
    assert 'value="下半年整治"' in page


def test_a_day_that_is_none_is_refused_with_how_to_write_it(signed_in: Callable[[str], Client], office: Office) -> None:
    response = signed_in("leader").get(ADDRESS, {**answers(office), "step": "preview", "start": "soon"})
    assert response.status_code == 422
    assert "“soon”不是日期" in response.content.decode()


def test_nobody_launches_for_an_organisation_out_of_reach(office: Office) -> None:
    client = Client()
    client.force_login(office.stranger(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(ADDRESS, answers(office)).status_code == 403
    assert client.get(ADDRESS, {**answers(office), "step": "preview"}).status_code == 403
