"""Rosters in and out, lists filtered, paged and exported, the ledger verified."""

from __future__ import annotations

import io
from collections.abc import Callable

import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from paotui.registry.models import LedgerEntry, Roster, RosterEntry
from tests.web.office import Office, import_roster

GOOD = "名称,类别,车辆数,有LED屏,所在街道\n新通物流,运输企业,12,是,二七区一街道\n"
BAD = "名称,类别,车辆数,有LED屏,所在街道\n新通物流,运输企业,十二辆半,是,无此街道\n"


def bring(client: Client, text: str, title: str = "新册"):  # type: ignore[no-untyped-def]
    file = SimpleUploadedFile("新册.csv", text.encode(), content_type="text/csv")
    return client.post("/staff/rosters/import/", {"playbook": "s3-safety-campaign", "title": title, "file": file})


def sheet(content: bytes) -> list[list[object]]:
    return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_a_good_file_becomes_a_roster(signed_in: Callable[[str], Client], office: Office) -> None:
    response = bring(signed_in("staff"), GOOD)
    assert response.status_code == 302
    assert "新通物流" in signed_in("staff").get(response["Location"]).content.decode()


def test_a_file_with_faults_changes_nothing_and_names_row_and_column(
    signed_in: Callable[[str], Client], office: Office
) -> None:
    response = bring(signed_in("staff"), BAD)
    page = response.content.decode()
    assert response.status_code == 422
    assert "车辆数" in page
    assert "无此街道" in page
    assert not Roster.objects.filter(title="新册").exists()


def test_a_roster_of_the_same_title_is_imported_again_not_doubled(
    signed_in: Callable[[str], Client], office: Office
) -> None:
    bring(signed_in("staff"), GOOD)
    bring(signed_in("staff"), GOOD.replace("12", "13"))
    assert RosterEntry.objects.get(roster__title="新册").facts["vehicles"] == 13


def test_a_roster_is_exported_as_it_can_be_imported(signed_in: Callable[[str], Client], office: Office) -> None:
    rows = sheet(signed_in("leader").get(f"/staff/rosters/{office.roster.pk}/export.xlsx").content)
    assert rows[0][0] == "名称"
    assert [row[0] for row in rows[1:]] == ["顺达运输410103", "安行驾校410103", "远途物流410103"]


def test_the_list_shows_what_is_not_ended_until_asked_for_all(
    signed_in: Callable[[str], Client], office: Office
) -> None:
    client = signed_in("leader")
    visits = "上门宣讲查隐患"
    assert client.get("/staff/work/").content.decode().count(visits) == 2
    assert client.get("/staff/work/?state=").content.decode().count(visits) == 3
    assert client.get("/staff/work/?state=done").content.decode().count(visits) == 1


def test_a_list_is_paged_by_key_without_losing_or_repeating_a_line(
    signed_in: Callable[[str], Client], office: Office
) -> None:
    names = [f"企业{number:03}" for number in range(60)]
    roster = import_roster(office.district, office.subdistrict, names, key="many", title="六十家")
    client, seen, address = signed_in("leader"), [], f"/staff/rosters/{roster.pk}/"
    first = client.get(address).content.decode()
    after = first.split("?after=")[1].split('"')[0]
    second = client.get(f"{address}?after={after}").content.decode()
    seen = [name for name in names if name in first], [name for name in names if name in second]
    assert [*seen[0], *seen[1]] == names
    assert len(seen[0]) == 50


def test_the_list_of_work_is_exported_whole_and_a_name_is_never_a_formula(
    signed_in: Callable[[str], Client], office: Office
) -> None:
    office.order("chat_message").case.__class__.objects.update(name="=1+1")
    rows = sheet(signed_in("leader").get("/staff/work/export.xlsx").content)
    assert len(rows) == 1 + 5
    assert {row[1] for row in rows[1:]} == {"=1+1"}


def test_the_auditor_verifies_the_chain_and_sees_where_it_breaks(
    signed_in: Callable[[str], Client], office: Office
) -> None:
    client = signed_in("auditor")
    assert "流水完整无缺" in client.post("/staff/ledger/verify/").content.decode()
    # The database refuses to change an entry, so one that never was is put in at the end.
    last = LedgerEntry.objects.order_by("-number").first()
    LedgerEntry.objects.create(
        district=office.district, number=last.number + 1, at=last.at, action="work_order.waive", subject="work_order",
        subject_id=1, data={}, previous_hash=last.hash, hash="0" * 64,
    )  # fmt: skip
    assert f"在第 {last.number + 1} 条断开" in client.post("/staff/ledger/verify/").content.decode()


def test_the_ledger_narrows_to_one_thing(signed_in: Callable[[str], Client], office: Office) -> None:
    order = office.order("visit", 2)
    page = signed_in("auditor").get(f"/staff/ledger/?subject=work_order&id={order.pk}").content.decode()
    assert page.count("<tr>") == 2
    assert "填报办结" in page


def test_an_attachment_is_sent_as_a_download_of_no_dangerous_type(
    signed_in: Callable[[str], Client], office: Office
) -> None:
    response = signed_in("leader").get(f"/staff/attachments/{office.sha256}/")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
