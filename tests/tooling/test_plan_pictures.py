"""Pictures of plans as files: SVG, or PDF and PNG that carry the Chinese font with them."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from pypdf import PdfReader

from paotui.cli import main, pictures
from paotui.cli.failures import Fault
from tests.planning.routes import cast


@pytest.fixture
def folder(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.setenv("PAOTUI_LANGUAGE", "en")
    monkeypatch.chdir(tmp_path)
    problem = cast.problem(stops=[cast.stop("a", name="第五中学"), cast.stop("b")], name="考试日")
    (tmp_path / "problem.json").write_text(problem.model_dump_json(), encoding="utf-8")
    (tmp_path / "plan.json").write_text(cast.plan(cast.trips("van", "a b")).to_json(), encoding="utf-8")
    (tmp_path / "short.json").write_text(cast.plan(cast.trips("van", "a")).to_json(), encoding="utf-8")
    return tmp_path


def drawn(name: str, plan: str = "plan.json") -> bytes:
    assert main(["plan", "picture", "problem.json", plan, "--out", name]) == 0
    return Path(name).read_bytes()


def test_a_pdf_carries_its_chinese_font_with_it(folder):
    drawn("plan.pdf")
    (page,) = PdfReader("plan.pdf").pages
    assert "考试日" in page.extract_text()
    fonts = [one.get_object() for one in page["/Resources"]["/Font"].values()]
    assert any("NotoSansSC" in str(one["/BaseFont"]) for one in fonts)


def test_pictures_that_leave_the_font_to_the_viewer_are_set_in_ours(folder):
    problem = {"kind": "pairing", "units": [{"id": "支部"}], "compounds": [{"id": "三号院"}]}
    (folder / "pairs.json").write_text(json.dumps(problem), encoding="utf-8")
    assert main(["plan", "pairing", "pairs.json", "--out", "paired.json"]) == 0
    assert main(["plan", "picture", "pairs.json", "paired.json", "--out", "pairs.pdf"]) == 0
    assert "支部" in PdfReader("pairs.pdf").pages[0].extract_text()


def test_a_control_character_in_a_name_spoils_no_picture(folder):
    of = cast.problem(stops=[cast.stop("a", name="Fif\x00th \x1b"), cast.stop("b")])
    (folder / "problem.json").write_text(of.model_dump_json(), encoding="utf-8")
    assert "a (Fif\ufffdth \ufffd)" in "".join(ET.fromstring(drawn("plan.svg")).itertext())
    assert drawn("plan.png").startswith(b"\x89PNG")


def test_a_png_is_told_by_its_ending_in_capitals_too(folder):
    assert drawn("plan.PNG").startswith(b"\x89PNG")
    assert drawn("plan").startswith(b"<svg")


def test_other_endings_are_refused_before_anything_is_read(folder, capsys):
    assert main(["plan", "picture", "nowhere.json", "plan.json", "--out", "plan.jpg"]) == 1
    assert "plan.jpg: pictures are .svg, .pdf or .png" in capsys.readouterr().err
    assert not Path("plan.jpg").exists()


def test_a_tall_picture_becomes_a_coarser_png_and_one_taller_still_none():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2000 {}"></svg>'
    assert pictures.made(svg.format(60_000), Path("a.png")).startswith(b"\x89PNG")
    with pytest.raises(Fault, match=r"too large for \.png"):
        pictures.made(svg.format(10**9), Path("a.png"))


def test_a_plan_that_does_not_hold_is_drawn_and_said_not_to(folder, capsys):
    assert b"1 missing from the plan" in drawn("plan.svg", "short.json")
    assert "Note: short.json does not hold; routes: b is neither served nor listed" in capsys.readouterr().err
    drawn("plan.svg")
    assert capsys.readouterr().err == ""
