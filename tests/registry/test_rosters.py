"""Rosters imported from spreadsheets: what is taken, what is refused with its place, what a second import changes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from decimal import Decimal

import pytest

from paotui.registry import ledger
from paotui.registry.actions import rosters
from paotui.registry.actors import Actor
from paotui.registry.errors import Conflict, Invalid, NotAllowed
from paotui.registry.models import LedgerEntry, Organisation, Person, Place, Roster, RosterEntry
from paotui.registry.queries import rosters as query
from tests.factories import registry as make
from tests.factories import sheets
from tests.registry.roster_desk import COMPOUNDS, FIRMS, STAFF, fact, facts, playbook

pytestmark = [pytest.mark.django_db, pytest.mark.database]


# What is taken


def test_a_roster_as_a_clerk_keeps_it_is_read_whole(district, bring):
    community = make.organisation(district, "样本社区", kind="community")
    rows = [
        ["样本街道无主管楼院名册（样例）"],
        ["坐标系：WGS-84　　2020年4月"],
        ["序号", "楼院名称", "所属社区", "户　数", "列入结对", "经度", "纬度", "备注"],
        [1, "一 号 院", "样本社区", "１２", "是", 113.64, 34.72, None],
        [],
        [2, "二号院（北）", "样本 社区", 30, "否", None, None, "拟拆"],
        [None, "合计", None, 42],
        ["注：样例数据"],
    ]
    report = bring(rows, COMPOUNDS, merged=["A1:H1", "A2:H2"])
    assert report.ok, report.problems
    assert (report.rows, report.created) == (2, ["一号院", "二号院(北)"])
    assert facts(report) == [
        {"community": community.pk, "households": 12, "paired": True},
        {"community": community.pk, "households": 30, "paired": False},
    ]
    place = Place.objects.get(name="一号院")
    assert (place.kind, place.organisation, place.crs, place.longitude) == ("compound", community, "wgs84", 113.64)
    assert [entry.row for entry in query.entries(report.roster)] == [4, 6]


def test_amounts_headed_in_ten_thousands_are_converted_exactly(bring):
    report = bring(
        [["企业名称", "金额（万元）"], ["样本公司", "12,431.516"], ["样例公司", 353.856], ["第三公司", "5万元"]]
    )
    assert [one["amount"] for one in facts(report)] == [
        Decimal("124315160.00"), Decimal("3538560.00"), Decimal("50000.00"),
    ]  # fmt: skip


def test_the_unit_may_stand_above_the_table(bring):
    report = bring([["样本名册"], ["金额单位：万元"], ["企业名称", "金额"], ["样本公司", 1.5]])
    assert facts(report)[0]["amount"] == Decimal("15000.00")


def test_kilometres_become_metres(bring):
    report = bring([["企业名称", "金额", "长度（公里）"], ["样本公司", 1, "１.２５"]])
    assert facts(report)[0]["length"] == Decimal("1250.00")


@pytest.mark.parametrize("written", ["2020年7月3日", "2020.7.3", "2020/07/03", "20200703", dt.date(2020, 7, 3), 44015])
def test_dates_are_read_however_they_are_written(bring, written):
    report = bring([["企业名称", "金额", "成立日期"], ["样本公司", 1, written]])
    assert facts(report)[0]["since"] == dt.date(2020, 7, 3)


def test_a_column_of_ticks_means_no_where_it_is_blank(district, bring):
    make.organisation(district, "样本社区", kind="community")
    report = bring(
        [["楼院", "所属社区", "户数", "列入结对"], ["一号院", "样本社区", 1, "√"], ["二号院", "样本社区", 1, None]],
        COMPOUNDS,
    )
    assert [one["paired"] for one in facts(report)] == [True, False]


def test_without_ticks_a_blank_answer_is_asked_for(district, bring):
    make.organisation(district, "样本社区", kind="community")
    report = bring(
        [["楼院", "所属社区", "户数", "列入结对"], ["一号院", "样本社区", 1, "是"], ["二号院", "样本社区", 1, None]],
        COMPOUNDS,
    )
    assert [(problem.row, problem.column) for problem in report.problems] == [(3, "D 列入结对")]


def test_sheets_of_one_workbook_are_one_roster_and_empty_ones_are_passed_over(bring):
    report = bring(
        sheets.book(
            {"东": [["企业名称", "金额"], ["样本公司", 1]], "西": [["金额", "企业名称"], [2, "样例公司"]], "Sheet3": []}
        )
    )
    assert [(entry.sheet, entry.name) for entry in query.entries(report.roster)] == [
        ("东", "样本公司"),
        ("西", "样例公司"),
    ]


def test_english_headings_and_headings_assigned_by_hand_are_known(bring):
    assert bring([["Name", "Amount"], ["样本公司", 1]]).ok
    assert bring([["户主", "钱数"], ["样本公司", 1]], columns={"户主": "name", "钱数": "amount"}, key="other").ok


def test_who_is_known_is_found_and_not_registered_again(district, bring):
    known = make.organisation(district, "样本(东)公司", kind="enterprise")
    report = bring([["企业名称", "金额"], ["样 本（东）公司", 1]])
    assert report.created == []
    assert [target.organisation for target in query.targets(report.roster)] == [known.pk]


def test_a_name_written_otherwise_is_taken_for_the_known_one_and_said(district, bring):
    make.organisation(district, "样本-东公司", kind="enterprise")
    report = bring([["企业名称", "金额"], ["样本东公司", 1]])
    assert report.created == []
    assert any("样本-东公司" in note for note in report.notes)


def test_new_organisations_get_a_path_below_the_parent(district, bring):
    parent = make.organisation(district)
    bring([["企业名称", "金额"], ["样本公司", 1]], parent=parent)
    made = Organisation.objects.get(name="样本公司")
    assert (made.path, made.kind, made.is_sample) == (f"{parent.path}{made.pk}/", "enterprise", True)


def test_people_of_one_name_are_told_apart_by_their_numbers(bring):
    report = bring([["姓名", "工号", "工资"], ["张样本", "A1", 1], ["张样本", "A2", 2]], STAFF)
    assert report.ok
    assert set(Person.objects.values_list("name", "number")) == {("张样本", "A1"), ("张样本", "A2")}


# A second import


LATER = make.AT + dt.timedelta(days=1)
FIRST = [["企业名称", "金额"], ["样本公司", 1], ["样例公司", 2]]


def test_the_very_same_bytes_change_nothing_at_all(bring):
    data = sheets.workbook(FIRST)
    bring(data)
    count = LedgerEntry.objects.count()
    again = bring(data, at=LATER)
    assert (again.same_file, again.rows) == (True, 2)
    assert LedgerEntry.objects.count() == count
    assert Roster.objects.get().imported_at == make.AT


def test_a_changed_file_updates_facts_and_says_what_changed(bring):
    bring(FIRST)
    report = bring([["企业名称", "金额"], ["新公司", 5], ["样本公司", 3]], at=LATER)
    assert (report.added, report.created, report.withdrawn) == (["新公司"], ["新公司"], ["样例公司"])
    assert [tuple(change) for change in report.changed] == [("样本公司", "amount", "1.00", "3.00")]
    assert {target.name for target in query.targets(report.roster)} == {"样本公司", "新公司"}
    assert RosterEntry.objects.get(name="样例公司").withdrawn_at == LATER


def test_what_was_withdrawn_comes_back_as_the_same_entry(bring):
    bring(FIRST)
    entry = RosterEntry.objects.get(name="样例公司")
    bring(FIRST[:2], at=LATER)
    report = bring([*FIRST, ["新公司", 1]], at=LATER)
    entry.refresh_from_db()
    assert entry.withdrawn_at is None
    assert set(report.added) == {"样例公司", "新公司"}


def test_a_changed_file_with_problems_leaves_the_roster_as_it_was(bring):
    bring(FIRST)
    assert not bring([["企业名称", "金额"], ["样本公司", "x"]], at=LATER).ok
    assert [target.name for target in query.targets(Roster.objects.get())] == ["样本公司", "样例公司"]


def test_a_roster_stays_with_its_playbook(bring):
    bring(FIRST)
    with pytest.raises(Conflict, match="sample"):
        bring(FIRST, playbook("organisation", "企业", fact("amount", "金额", "money"), key="other"))


def test_the_ledger_tells_what_an_import_did_without_personal_values(district, bring):
    bring([["姓名", "工号", "工资"], ["张样本", "A1", 4100]], STAFF)
    bring([["姓名", "工号", "工资"], ["张样本", "A1", 5200]], STAFF, at=LATER)
    entries = LedgerEntry.objects.order_by("number")
    assert [entry.action for entry in entries] == [
        "roster.import", "person.register", "roster.import", "roster_entry.change",
    ]  # fmt: skip
    assert entries[2].data["changed"] == 1
    told = str([entry.data for entry in entries])
    assert not any(word in told for word in ("张样本", "A1'", "4100", "5200"))
    assert ledger.verify(district).ok


# Who may


def test_staff_import_for_their_own_bureau_and_others_keep_their_hands_off(district, bring):
    root = make.organisation(district, "区政府", kind="district")
    bureau = make.organisation(district, parent=root)
    other = make.organisation(district, "住建局", parent=root)
    report = bring(FIRST, by=make.actor("staff", bureau))
    assert report.roster.owner == bureau
    with pytest.raises(NotAllowed):
        bring(FIRST[:2], by=make.actor("staff", other))
    bring(FIRST[:2], by=make.actor("leader", root))


@pytest.mark.parametrize("role", ["crew", "editor", "administrator", "security", "auditor", "member", "dispatcher"])
def test_who_may_not_import_is_refused_before_the_file_is_read(district, bring, role):
    with pytest.raises(NotAllowed):
        bring(b"%PDF", by=make.actor(role, make.organisation(district)))


def test_nobody_gives_a_roster_to_a_bureau_that_is_not_theirs(district, bring):
    bureau, other = make.organisation(district), make.organisation(district, "住建局")
    with pytest.raises(NotAllowed):
        bring(FIRST, by=make.actor("staff", bureau), owner=other)
    with pytest.raises(NotAllowed):
        bring(FIRST, by=make.actor("staff", bureau), parent=other)


def test_names_of_another_district_are_never_found(district, bring):
    make.organisation(make.district("410102", "中原区"), "样本公司", kind="enterprise")
    assert bring([["企业名称", "金额"], ["样本公司", 1]]).created == ["样本公司"]


# Out again


def test_what_is_exported_can_be_imported_without_a_change(district, bring):
    make.organisation(district, "样本社区", kind="community")
    head = ["楼院", "所属社区", "户数", "列入结对", "经度", "纬度"]
    first = bring([head, ["一号院", "样本社区", 12, "是", 113.64, 34.72]], COMPOUNDS)
    for language in ("zh-hans", "en"):
        again = bring(query.export_xlsx(first.roster, language), COMPOUNDS, at=LATER)
        assert again.ok, again.problems
        assert (again.added, again.changed, again.withdrawn, again.created) == ([], [], [], [])


def test_a_text_that_looks_like_a_formula_is_exported_as_text(bring):
    remarks = playbook("organisation", "企业", fact("remark", "说明文字"))
    report = bring([["企业名称", "说明文字"], ["样本公司", '\u2002=HYPERLINK("http://x","y")']], remarks)
    data = query.export_xlsx(report.roster, "zh-hans")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "HYPERLINK" in sheet


def test_targets_are_read_in_order_and_in_pieces(bring, monkeypatch):
    report = bring([["企业名称", "金额"], *([f"样本{n}", n] for n in range(7))])
    monkeypatch.setattr(query, "CHUNK", 3)
    assert [target.facts["amount"] for target in query.targets(report.roster)] == [Decimal(n) for n in range(7)]


# Headings that could mean something else


def test_the_employer_of_people_is_not_their_name(bring):
    report = bring([["单位", "姓名", "工资", "联系人姓名"], ["样本公司", "张样本", 1, "李样本"]], STAFF)
    assert report.created == ["张样本"]
    assert len([note for note in report.notes if "单位" in note or "联系人姓名" in note]) == 2


def test_a_heading_that_only_ends_like_a_name_gives_way_to_the_real_one(bring):
    assert bring([["项目名称", "企业名称", "金额"], ["某项目", "样本公司", 1]]).created == ["样本公司"]
    assert bring([["店铺名称", "金额"], ["样例公司", 1]], key="other").created == ["样例公司"]


@pytest.mark.parametrize(("column", "length"), [("姓名", 61), ("工号", 41)])
def test_what_a_column_cannot_hold_is_refused_at_its_cell(bring, column, length):
    row = {"姓名": "张样本", "工号": "A1", "工资": 1} | {column: "样" * length}
    report = bring([list(row), list(row.values())], STAFF)
    assert [problem.column[2:] for problem in report.problems] == [column]


@pytest.mark.parametrize("title", ["", "  ", "样" * 121])
def test_a_roster_without_a_fitting_title_is_refused(district, title):
    with pytest.raises(Invalid):
        rosters.import_file(
            district=district, path_or_bytes=sheets.workbook(FIRST), name="x", playbook=FIRMS, key="sample",
            title=title, by=Actor.system(district), at=make.AT,
        )  # fmt: skip
