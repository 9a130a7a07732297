"""What the markup of bulletins means."""

from __future__ import annotations

import datetime as dt

import pytest

from paotui.bulletin.markup import DateMark, FigureMark, Label, MarkupFault, Words, figures, labels, parse, parse_body


def test_text_figures_dates_and_labels_come_in_order_with_their_positions():
    assert parse("六月，{S5.schools}所学校自{date:2020-06-05}起复课，{label:三类组织}齐全。") == (
        Words("六月，", 0),
        FigureMark("S5.schools", "", 3),
        Words("所学校自", 15),
        DateMark(dt.date(2020, 6, 5), 19),
        Words("起复课，", 36),
        Label("三类组织", 40),
        Words("齐全。", 52),
    )


def test_a_figure_may_be_printed_in_units_of_ten_thousand():
    assert parse("{S5.refund_total:万}元")[0] == FigureMark("S5.refund_total", "万", 0)


def test_a_figure_of_a_playbook_without_story_goes_by_the_playbook_key():
    assert figures("{road-safety-2021.visits}次") == ("road-safety-2021.visits",)


def test_blank_lines_separate_paragraphs_and_positions_count_from_the_start_of_the_body():
    first, heading, last = parse_body("第一段。\n\n## 一次办好\n\n{S1.x}人")
    assert [first.kind, heading.kind, last.kind] == ["text", "heading", "text"]
    assert heading.parts == (Words("一次办好", 9),)
    assert last.parts[0] == FigureMark("S1.x", "", 15)


def test_a_line_break_is_nothing_in_chinese_and_a_blank_in_english():
    assert "".join(part.text for part in parse("跑断\n腿")) == "跑断腿"
    assert "".join(part.text for part in parse("one visit\nis enough")) == "one visit is enough"


def test_a_word_after_a_line_break_keeps_its_position():
    source = "跑断\n腿"
    words = parse(source)
    assert source[words[1].position] == "腿"


def test_figures_and_labels_are_listed_once_each():
    body = "{S5.schools}所，{label:两定三专}。\n\n{S5.schools}所，{S5.thanks}面，{label:两定三专}"
    assert figures(body) == ("S5.schools", "S5.thanks")
    assert labels(body) == ("两定三专",)


@pytest.mark.parametrize(
    "source",
    [
        "{}",
        "{24}",
        "{S5}",
        "{S5.Schools}",
        "{S5.schools:dozen}",
        "{date:2020-02-30}",
        "{label: }",
        "所{",
        "}所",
        "{a{b}",
    ],
)
def test_a_brace_that_says_nothing_known_is_a_fault(source: str):
    with pytest.raises(MarkupFault):
        parse(source)


def test_a_fault_names_the_text_and_its_position():
    with pytest.raises(MarkupFault) as caught:
        parse_body("一句。\n\n共{schools}所")
    assert (caught.value.text, caught.value.position) == ("{schools}", 6)
