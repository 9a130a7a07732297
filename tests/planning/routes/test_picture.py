"""The picture is well-formed, self-contained, and shows every stop, vehicle and what is left out."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from paotui.planning.routes import picture
from tests.planning.routes.cast import plan, problem, stop, trips, van

NAME = '五中 <"&> Fifth'


def drawn():
    of = problem(
        stops=[stop("a", name=NAME, duration=600, windows=[[0, 1500]]), stop("b", windows=[[6000, 7000]]), stop("c")],
        vehicles=[van(stations=["tip"], name="一号车"), van(id="two")],
        stations=[{"id": "tip", "location": "tip", "duration": 60}],
        quiet_zones=[{"id": "exam", "location": "a", "radius": 300, "periods": [[9000, 9900]]}],
    )
    return picture(of, plan(trips("van", "a", "b"), unserved=["c"]))


def titles() -> list[str]:
    return [one.text or "" for one in ET.fromstring(drawn()).iter("{http://www.w3.org/2000/svg}title")]


def test_it_is_one_file_without_anything_from_outside():
    text = drawn()
    root = ET.fromstring(text)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert text.count("http") == 1  # the namespace
    assert not any(key.endswith("href") for one in root.iter() for key in one.attrib)


def test_map_and_chart_show_each_visit_with_its_time():
    found = titles()
    assert sum(NAME in one for one in found) == 2
    assert any(one.startswith(f"a ({NAME}) · 一号车 · 0:") for one in found)
    assert any(one.startswith("场站 Station tip · ") for one in found)
    assert any(one == "等候 waiting" for one in found)
    assert any(one.startswith("静音区 Quiet zone exam") for one in found)


def test_what_is_left_out_is_crossed_and_listed():
    assert any(one == "未服务 Not served: c" for one in titles())
    assert "✕ c: 价高 too dear" in drawn()


def test_an_empty_plan_and_a_problem_without_coordinates_are_drawn_too():
    of = problem(stops=[stop("a")])
    assert ET.fromstring(picture(of, plan(unserved=["a"]))) is not None
    table = {"default": [[0, 9], [9, 0]]}
    bare = of.model_validate({
        "locations": [{"id": "depot"}, {"id": "a"}], "stops": [stop("a")], "vehicles": [van()],
        "travel": {"type": "matrix", "distances": table, "durations": table},
    })  # fmt: skip
    assert "没有坐标 No coordinates" in picture(bare, plan(trips("van", "a")))


def test_stops_of_which_the_plan_says_nothing_are_counted_crossed_and_listed():
    of = problem(stops=[stop("a"), stop("b"), stop("c")])
    text = picture(of, plan(trips("van", "a")))
    assert "计划里没有 2 个" in text
    assert "2 missing from the plan" in text
    assert text.count("未服务 Not served: ") == 2
    assert "✕ c: 计划里没有它。 The plan says nothing of it." in text
    assert "missing from the plan" not in picture(of, plan(trips("van", "a b c")))
