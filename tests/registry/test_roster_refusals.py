"""Rosters that are refused: every problem named with its row and column, and nothing changed."""

from __future__ import annotations

import pytest

from paotui.registry.actions import rosters
from paotui.registry.errors import Invalid
from paotui.registry.models import Organisation
from tests.factories import registry as make
from tests.registry.roster_desk import COMPOUNDS, STAFF, fact, nothing_is_there, playbook

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def refused(report):
    return [(problem.row, problem.column, str(problem)) for problem in report.problems]


def test_a_file_with_problems_changes_nothing_and_names_row_and_column(bring):
    report = bring([["样本名册"], ["企业名称", "金额"], ["样本公司", "很多"], ["样例公司", 1], ["第三公司", None]])
    assert report.roster is None
    assert [(row, column) for row, column, _ in refused(report)] == [(3, "B 金额"), (5, "B 金额")]
    assert "3" in str(report.problems[0])
    assert "很多" in str(report.problems[0])
    assert nothing_is_there()
    assert not Organisation.objects.exists()


def test_every_problem_of_a_row_is_named_at_once(bring):
    report = bring([["企业名称", "金额", "成立日期"], [None, "x", "昨天"]])
    assert [column for _, column, _ in refused(report)] == ["A 企业名称", "B 金额", "C 成立日期"]


def test_a_fraction_of_a_cent_is_refused_and_not_rounded(bring):
    report = bring([["企业名称", "金额（万元）"], ["样本公司", "1.2345678"]])
    assert refused(report)[0][:2] == (2, "B 金额(万元)")


@pytest.mark.parametrize(
    ("head", "said"), [(["企业名称"], "金额"), (["金额"], "企业"), (["企业名称", "总金额"], "总金额")]
)
def test_a_missing_column_is_named_with_the_one_perhaps_meant(bring, head, said):
    report = bring([head, ["样本"] * len(head)])
    assert said in " ".join(str(problem) for problem in report.problems)
    assert nothing_is_there()


def test_two_columns_of_one_fact_are_refused(bring):
    report = bring([["企业名称", "金额", "金额(万元)"], ["样本公司", 1, 2]])
    assert "B" in str(report.problems[0])
    assert "C" in str(report.problems[0])


def test_a_unit_that_cannot_be_converted_is_refused(bring):
    report = bring([["企业名称", "金额", "长度（亩）"], ["样本公司", 1, 2]])
    assert [problem.column for problem in report.problems] == ["C"]


def test_a_table_without_a_known_heading_says_what_is_needed(bring):
    report = bring([["甲", "乙"], [1, 2]])
    assert "金额" in str(report.problems[0])


def test_a_heading_without_data_is_refused(bring):
    assert len(bring([["企业名称", "金额"], ["合计", 0]]).problems) == 1


def test_a_file_that_is_no_spreadsheet_is_refused_outright(bring):
    with pytest.raises(Invalid, match="PDF"):
        bring(b"%PDF-1.4")


def test_one_target_in_two_rows_is_refused_with_both_rows(bring):
    report = bring([["企业名称", "金额"], ["样本公司", 1], ["样 本 公司", 2]])
    assert refused(report)[0][0] == 3
    assert "2" in refused(report)[0][2]


def test_two_people_of_one_name_without_numbers_are_refused(bring):
    assert len(bring([["姓名", "工资"], ["张样本", 1], ["张 样本", 2]], STAFF).problems) == 1


def test_a_name_that_several_registered_people_have_is_refused(district, bring):
    make.person(district, "张样本", number="A1")
    make.person(district, "张样本", number="A2")
    assert len(bring([["姓名", "工资"], ["张样本", 1]], STAFF).problems) == 1


def test_a_number_that_belongs_to_somebody_else_is_refused(district, bring):
    make.person(district, "李样本", number="A1")
    report = bring([["姓名", "工号", "工资"], ["张样本", "A1", 1]], STAFF)
    assert "李样本" in str(report.problems[0])


def test_an_unknown_organisation_in_a_fact_is_refused_with_the_one_perhaps_meant(district, bring):
    make.organisation(district, "样本社区", kind="community")
    report = bring([["楼院", "所属社区", "户数", "列入结对"], ["一号院", "样本社", 1, "是"]], COMPOUNDS)
    assert [(row, column) for row, column, _ in refused(report)] == [(2, "B 所属社区")]
    assert "样本社区" in refused(report)[0][2]


@pytest.mark.parametrize(("x", "y"), [(34.7, 113.6), (113.6, None), ("东经", 34.7)])
def test_a_position_that_cannot_be_is_refused(district, bring, x, y):
    make.organisation(district, "样本社区", kind="community")
    rows = [["楼院", "所属社区", "户数", "列入结对", "经度", "纬度"], ["一号院", "样本社区", 1, "是", x, y]]
    assert [problem.row for problem in bring(rows, COMPOUNDS).problems] == [2]


def test_an_unknown_coordinate_system_is_refused(district, bring):
    make.organisation(district, "样本社区", kind="community")
    head = ["楼院", "所属社区", "户数", "列入结对", "经度", "纬度"]
    rows = [["坐标系：北京54"], head, ["一号院", "样本社区", 1, "是", 113.6, 34.7]]
    assert "北京54" in str(bring(rows, COMPOUNDS).problems[0])


def test_a_place_of_unclear_kind_has_to_be_told(bring):
    unclear = playbook("place", "地方", fact("households", "户数", "integer"))
    with pytest.raises(Invalid, match="compound"):
        bring([["地方", "户数"], ["一号院", 1]], unclear)
    assert bring([["地方", "户数"], ["一号院", 1]], unclear, kind="depot").ok


def test_a_wrong_credit_code_is_refused_at_its_cell(bring):
    report = bring([["企业名称", "统一社会信用代码", "金额"], ["样本公司", "914403001922038217", 1]])
    assert [(row, column) for row, column, _ in refused(report)] == [(2, "B 统一社会信用代码")]


def test_hundreds_of_problems_are_cut_off_and_counted(bring):
    report = bring([["企业名称", "金额"], *([f"样本{n}", "x"] for n in range(250))])
    assert len(report.problems) == rosters.MOST_PROBLEMS
    assert any("50" in note for note in report.notes)
