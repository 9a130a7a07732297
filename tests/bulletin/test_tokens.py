"""Where a line may end."""

from __future__ import annotations

from paotui.bulletin.tokens import tokens


def texts(*runs: tuple[str, str]) -> list[str]:
    return [token.text for token in tokens(runs)]


def test_a_chinese_line_may_end_after_any_character_but_marks_stay_with_what_they_close_and_open():
    assert texts(("他说：“跑腿！”好。", "plain")) == ["他", "说：", "“跑", "腿！”", "好。"]


def test_latin_words_and_numbers_stay_whole():
    assert texts(("共12431.516万元 LED屏", "plain")) == ["共", "12431.516", "万", "元 ", "LED", "屏"]


def test_a_figure_keeps_what_follows_it_when_that_may_not_begin_a_line():
    found = tokens([("退还", "plain"), ("9000万", "figure"), ("，", "plain"), ("户", "plain")])
    assert [(token.text, token.glued) for token in found] == [
        ("退", False), ("还", False), ("9000", False), ("万", False), ("，", True), ("户", False),
    ]  # fmt: skip


def test_blanks_after_a_figure_never_begin_a_line():
    found = tokens([("24", "figure"), (" schools", "plain")])
    assert [(token.text, token.glued) for token in found] == [("24", False), (" ", True), ("schools", False)]


def test_joined_the_tokens_are_the_text():
    runs = [("  “A—B” 5月5日……（", "plain"), ("24", "figure"), ("）%", "plain")]
    assert "".join(texts(*runs)) == "".join(text for text, _style in runs)
