"""The official calendar: what each notice ordered, as it stood on a date, and checked against a second source."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import chinese_calendar
import pytest

from paotui.worktime import UnknownYear, WorktimeError, disagreements, notices, official, official_version
from paotui.worktime.notices import build, parse

from .moments import day, moment

YEARS = range(2019, 2027)

SHIFTED_WORKING_WEEKENDS = {
    2019: "02-02 02-03 04-28 05-05 09-29 10-12",
    2020: "01-19 04-26 05-09 06-28 09-27 10-10",
    2021: "02-07 02-20 04-25 05-08 09-18 09-26 10-09",
    2022: "01-29 01-30 04-02 04-24 05-07 10-08 10-09",
    2023: "01-28 01-29 04-23 05-06 06-25 10-07 10-08",
    2024: "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    2025: "01-26 02-08 04-27 09-28 10-11",
    2026: "01-04 02-14 02-28 05-09 09-20 10-10",
}


def days_of(year: int) -> list[date]:
    start = date(year, 1, 1)
    return [start + timedelta(n) for n in range((date(year + 1, 1, 1) - start).days)]


@pytest.mark.parametrize("year", YEARS)
def test_every_day_of_the_year_agrees_with_the_calendar_library(year):
    calendar = official()
    ours = [calendar.is_working(each) for each in days_of(year)]
    theirs = [chinese_calendar.is_workday(each) for each in days_of(year)]
    assert ours == theirs


def test_a_wrong_notice_would_be_found_by_the_second_source():
    without_prolongation = tuple(notice for notice in notices() if notice.number != "国办发明电〔2020〕1号")
    found = disagreements(build(without_prolongation))
    assert [wrong.date for wrong in found] == [day("2020-01-31"), day("2020-02-01")]


@pytest.mark.parametrize("year", YEARS)
def test_exactly_the_weekend_days_of_the_notice_are_working_days(year):
    calendar = official()
    worked = [each for each in days_of(year) if each.weekday() >= 5 and calendar.is_working(each)]
    assert [f"{each:%m-%d}" for each in worked] == SHIFTED_WORKING_WEEKENDS[year].split()


@pytest.mark.parametrize("year", YEARS)
def test_every_year_rests_on_a_numbered_notice_published_before_or_in_it(year):
    yearly = [notice for notice in notices() if notice.year == year]
    assert yearly[0].published.year == year - 1
    assert all(notice.verified and notice.dated <= notice.published and "〕" in notice.number for notice in yearly)


def test_the_spring_festival_of_2020_was_shorter_before_the_notice_of_27_january():
    before, after = official(day("2020-01-26")), official(day("2020-01-27"))
    assert [before.is_working(day(text)) for text in ("2020-01-31", "2020-02-01", "2020-02-03")] == [True, True, True]
    assert [after.is_working(day(text)) for text in ("2020-01-31", "2020-02-01", "2020-02-03")] == [False, False, True]


def test_labour_day_of_2019_was_one_day_before_22_march():
    before, after = official(day("2019-03-21")), official(day("2019-03-22"))
    span = [day(f"2019-{text}") for text in ("04-28", "05-01", "05-02", "05-03", "05-05")]
    assert [before.is_working(each) for each in span] == [False, False, True, True, False]
    assert [after.is_working(each) for each in span] == [True, False, False, False, True]


def test_a_moment_is_read_by_its_date_in_the_district():
    late_in_london = datetime.fromisoformat("2020-01-26T16:30:00+00:00")
    assert official(late_in_london) == official(day("2020-01-27"))
    assert official(moment("2020-01-26 23:59")) == official(day("2020-01-26"))


def test_the_same_notices_give_the_same_version():
    assert official(day("2020-03-01")) is official(day("2020-07-07"))
    assert official(day("2020-03-01")).version == "2020-01-27 国办发明电〔2020〕1号"
    assert official().version == "2025-11-04 国办发明电〔2025〕7号"


def test_an_earlier_version_is_found_again_by_its_name():
    earlier = official(day("2020-01-26"))
    assert official_version(earlier.version) is earlier
    with pytest.raises(WorktimeError, match="recompute the deadline"):
        official_version(f"{earlier.version}+exam")


def test_a_day_tells_why_and_by_which_notice():
    calendar = official()
    holiday, shifted = calendar.day(day("2020-01-31")), calendar.day(day("2020-06-28"))
    assert (holiday.working, holiday.reason.zh, holiday.source) == (False, "春节放假", "国办发明电〔2020〕1号")
    assert (shifted.working, shifted.reason.zh) == (True, "端午节调休上班（周日）")
    assert shifted.reason.en == "Working Sunday, exchanged for Dragon Boat Festival"
    assert calendar.day(day("2020-07-03")).reason.en == "Working day (Friday)"
    assert calendar.day(day("2020-07-04")).reason.zh == "周末休息（周六）"


@pytest.mark.parametrize("text", ["2018-12-31", "2027-01-01"])
def test_an_unknown_year_is_an_error_that_says_what_to_add(text):
    with pytest.raises(UnknownYear, match=f"not {text[:4]}: add the State Council notice") as caught:
        official().is_working(day(text))
    assert text[:4] in caught.value.text.zh


def test_a_year_whose_notice_is_not_published_yet_is_unknown():
    assert official(day("2020-11-25")).is_working(day("2021-01-04"))
    with pytest.raises(UnknownYear, match="knows 2019–2020 but not 2021"):
        official(day("2020-11-24")).is_working(day("2021-01-04"))


def test_before_the_first_notice_there_is_no_calendar():
    with pytest.raises(UnknownYear, match="choose a later one"):
        official(day("2018-12-05"))


def test_notices_that_leave_out_a_year_are_refused():
    with pytest.raises(WorktimeError, match="add the missing file"):
        build(tuple(notice for notice in notices() if notice.year != 2022))


def test_an_incomplete_calendar_file_is_refused_by_name():
    with pytest.raises(WorktimeError, match=r"2027\.yaml cannot be read \('published'\)"):
        parse("2027.yaml", "year: 2027\nnotices: [{number: x, title: y, dated: 2026-11-01, holidays: []}]")
