"""Problems and lists of places put on roads, in the library and from the command line."""

from __future__ import annotations

import json

import pytest

from paotui.cli import main
from paotui.planning import reading
from paotui.planning.faults import ProblemError
from paotui.planning.roads import on_roads
from paotui.planning.routes.problem import Location, Problem, Vehicle
from tests.planning.roads.town import Town, grid


def asked(town: Town, *nodes: int) -> Problem:
    places = [Location(id=f"p{node}", lat=town.at(node)[0], lon=town.at(node)[1]) for node in nodes]
    vehicles = [Vehicle(id="车", start="p1", profile="heavy"), Vehicle(id="面包车", start="p1", profile="van")]
    return Problem(locations=places, vehicles=vehicles)


def test_a_problem_gets_a_matrix_for_each_profile_its_vehicles_name():
    town = grid(3)
    town.ways[1][1]["maxheight"] = "3.0"
    found = on_roads(asked(town, 1, 2, 9), town.roads())
    assert found.unreachable == []
    travel = found.problem.travel
    assert set(travel.distances) == {"heavy", "van"}
    assert (travel.distances["van"][0][1], travel.distances["heavy"][0][1]) == (200, 600)


def test_pairs_without_a_way_are_said_in_both_languages_and_the_rest_counted():
    town = grid(2)
    town.nodes |= {50 + at: (3000 + 10 * at, 3000) for at in range(12)}
    town.way(99, *range(50, 62))
    found = on_roads(asked(town, 1, 2, *range(50, 62)), town.roads())
    said = [one.in_language("en") for one in found.unreachable]
    assert 'no way from "p1" to "p50"' in said[0]
    assert "无路可走" in found.unreachable[0].in_language("zh-hans")
    assert sum("more pairs" in one for one in said) == 2


def test_a_place_without_degrees_is_refused_by_name():
    town = grid(2)
    with pytest.raises(ProblemError, match=r"locations\[0\].*no degrees"):
        on_roads(Problem(locations=[Location(id="a", x=1, y=2)]), town.roads())


@pytest.fixture
def files(tmp_path):
    town = grid(2)
    (tmp_path / "town.osm.pbf").write_bytes(town.pbf())
    rows = "".join(f"p{node},{town.at(node)[0]},{town.at(node)[1]}\n" for node in town.nodes)
    (tmp_path / "places.csv").write_text("id,lat,lon\n" + rows, encoding="utf-8-sig")
    (tmp_path / "problem.json").write_text(asked(town, 1, 4).model_dump_json(exclude_none=True), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("places", "profiles"), [("places.csv", {"default"}), ("problem.json", {"heavy", "van"})])
def test_the_command_writes_a_problem_that_reads_back(files, places, profiles):
    out = files / "out.json"
    assert main(["plan", "matrix", str(files / "town.osm.pbf"), str(files / places), "--out", str(out)]) == 0
    assert set(reading.read(Problem, out.read_bytes()).travel.durations) == profiles
    assert json.loads(out.read_text())["travel"]["type"] == "matrix"


@pytest.mark.parametrize("text", ["", "id,lat\na,1\n", "id,lat,lon\na,x,1\n", "id,lat,lon\na,95,1\n"])
def test_a_list_of_places_that_is_none_is_refused_with_a_sentence(files, text, capsys):
    (files / "bad.csv").write_text(text)
    assert main(["plan", "matrix", str(files / "town.osm.pbf"), str(files / "bad.csv"), "--out", "x.json"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("paotui: ")
    assert "Traceback" not in said


def test_a_fault_is_named_with_the_file_it_is_in(files, capsys):
    (files / "cut.osm.pbf").write_bytes((files / "town.osm.pbf").read_bytes()[:-9])
    far = "id,lat,lon\na,1,1\n"
    (files / "far.csv").write_text(far)
    (files / "words.csv").write_text(far.replace("1,1", "1,east"))
    for extract, places, said in (
        ("cut.osm.pbf", "places.csv", "cut.osm.pbf: the road extract is not whole"),
        ("town.osm.pbf", "far.csv", "far.csv: "),
        ("town.osm.pbf", "words.csv", "words.csv: row 2: lon is a number of degrees, not 'east'"),
    ):
        words = ["plan", "matrix", str(files / extract), str(files / places), "--out", str(files / "x.json")]
        assert main(words) == 1
        assert said in capsys.readouterr().err
