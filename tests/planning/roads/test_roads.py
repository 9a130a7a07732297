"""Reading, snapping, keeping on disk, and what is refused with a sentence."""

from __future__ import annotations

import gzip

import numpy as np
import pytest

from paotui.planning.faults import ProblemError
from paotui.planning.roads import TRUCK, VAN, Roads, extract
from paotui.planning.roads.tags import measure, speed_limit
from tests.planning.roads.town import Town, grid


def refused(work) -> str:
    with pytest.raises(ProblemError) as caught:
        work()
    assert caught.value.in_language("zh-hans") != str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"<osm", b"\x00\x00\x00\x0d\n\tOSMHeader", "路".encode()])
def test_a_file_that_is_no_extract_is_refused(data):
    assert refused(lambda: Roads.read(data))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "路网文件是空的"),
        (grid(3).pbf()[:-9], "路网文件不完整"),
        (b'<osm version="0.6"><node id="1" lat="1" lon="2"/>', "路网文件不完整"),
        (b"<html><body>404</body></html>", "这不是 OpenStreetMap 路网文件"),
        (b"id,lat,lon\n1,34.7,113.6\n" * 9, "这不是 OpenStreetMap 路网文件"),
        (gzip.compress(b"<osm/>", mtime=0), "路网文件是压缩包"),
        (b'<osm version="0.6"><node id="1" lat="north" lon="2"/></osm>', "路网文件已损坏"),
    ],
)
def test_a_broken_extract_is_told_in_our_words_before_the_readers_own(data, said):
    with pytest.raises(ProblemError) as caught:
        Roads.read(data)
    told, _, detail = caught.value.in_language("zh-hans").partition("（技术细节：")
    assert (told.startswith(said), bool(detail)) == (True, True)
    assert not any(word in told for word in ("error", "EOF", "element"))


def test_a_path_that_leads_nowhere_is_refused(tmp_path):
    assert "nowhere.pbf" in refused(lambda: Roads.read(tmp_path / "nowhere.pbf"))


def test_an_extract_without_roads_is_refused():
    assert "holds no road" in refused(lambda: Roads.read(Town({1: (0, 0)}).pbf()))


def test_an_extract_is_read_from_a_path_as_from_bytes(tmp_path):
    town = grid(2)
    (tmp_path / "town.osm.pbf").write_bytes(town.pbf())
    ends = [town.at(1), town.at(4)]
    assert (
        Roads.read(tmp_path / "town.osm.pbf").matrix(ends).durations.tolist()
        == town.roads().matrix(ends).durations.tolist()
    )


def test_a_site_in_the_sea_is_named():
    town = grid(2)
    said = refused(lambda: town.roads().matrix([town.at(1), (30.0, 125.0)], names=["甲考点", "海上考点"]))
    assert said.startswith("points[1]: ")
    assert "海上考点" in said


def test_an_extract_of_another_district_is_told_once_and_not_place_by_place():
    said = refused(lambda: grid(2).roads().matrix([(0.0, 0.0), (10.0, 0.0), (20.0, 0.0)], names=["甲", "乙", "丙"]))
    assert said.startswith("points: ")
    assert "none of the 3 places" in said


@pytest.mark.parametrize("point", [(91.0, 0.0), (float("nan"), 113.6), (34.7, 181.0), (34.7,), (float("inf"), 0)])
def test_a_point_that_is_no_degrees_is_refused_with_its_place_in_the_list(point):
    town = grid(2)
    assert "points[1]" in refused(lambda: town.roads().matrix([town.at(1), point]))


def test_no_points_give_an_empty_matrix():
    assert grid(2).roads().matrix([]).durations.shape == (0, 0)


def test_one_point_is_no_way_from_itself():
    town = grid(2)
    assert town.roads().matrix([town.between(1, 2)]).durations.tolist() == [[0]]


def test_a_vehicle_that_fits_nowhere_is_refused():
    town = Town({1: (0, 0), 2: (100, 0)})
    town.way(1, 1, 2, maxheight="2")
    assert "may drive on none" in refused(lambda: town.roads().matrix([town.at(1)]))


def test_a_place_in_a_closed_yard_is_put_on_the_street_beside_it():
    town = grid(3)
    town.nodes |= {50: (300, 90), 51: (330, 90)}
    town.way(99, 50, 51, highway="service")
    found = town.roads().matrix([town.point(315, 90), town.at(9)])
    assert found.unreachable() == []


def test_an_island_far_from_everything_is_reached_from_itself_only():
    town = grid(3)
    town.nodes |= {50: (3000, 3000), 51: (3300, 3000)}
    town.way(99, 50, 51)
    found = town.roads().matrix([town.at(50), town.at(51), town.at(1)])
    assert found.unreachable() == [(0, 2), (1, 2), (2, 0), (2, 1)]
    assert found.distances[0, 1] == pytest.approx(300, abs=1)


def test_nodes_the_extract_does_not_hold_break_a_way_and_nothing_else():
    town = Town({1: (0, 0), 2: (500, 0), 3: (1000, 0)})
    town.way(1, 1, 2, 77, 3)
    found = town.roads().matrix([town.at(1), town.at(2)])
    assert found.distances[0, 1] == 500


def test_what_was_worked_out_is_kept_and_used_again(tmp_path, monkeypatch):
    town = grid(3)
    ends = [town.at(1), town.at(9)]
    first = Roads.read(town.pbf(), cache=tmp_path).matrix(ends)
    monkeypatch.setattr(extract, "read", lambda data: pytest.fail("read again"))
    again = Roads.read(town.pbf(), cache=tmp_path)
    assert again.matrix(ends).durations.tolist() == first.durations.tolist()
    assert again.matrix([town.at(1), town.at(5)]).durations[0, 1] > 0


def test_another_extract_or_vehicle_is_not_answered_from_what_was_kept(tmp_path):
    town = grid(2)
    slow = Roads.read(town.pbf(), cache=tmp_path).matrix([town.at(1), town.at(4)])
    town.ways = {id: (nodes, {**tags, "maxspeed": "60"}) for id, (nodes, tags) in town.ways.items()}
    fast = Roads.read(town.pbf(), cache=tmp_path)
    assert fast.matrix([town.at(1), town.at(4)]).durations[0, 1] < slow.durations[0, 1]
    capped = TRUCK.model_copy(update={"max_speed": 10.0})
    assert fast.matrix([town.at(1), town.at(4)], capped).durations[0, 1] > slow.durations[0, 1]


def test_a_damaged_file_in_the_folder_is_made_again(tmp_path):
    town = grid(2)
    ends = [town.at(1), town.at(4)]
    first = Roads.read(town.pbf(), cache=tmp_path).matrix(ends)
    for path in tmp_path.glob("*.npz"):
        path.write_bytes(path.read_bytes()[:40])
    assert Roads.read(town.pbf(), cache=tmp_path).matrix(ends).durations.tolist() == first.durations.tolist()


def test_the_number_of_threads_changes_nothing():
    from paotui.planning.roads import matrix, snapping

    town = grid(6)
    ready = town.roads().prepared()
    points = [town.at(node) for node in town.nodes]
    at = snapping.snap(ready, points, [str(one) for one in points])
    assert np.array_equal(matrix.travel(ready, at, 1).durations, matrix.travel(ready, at, 3).durations)


def test_a_smaller_vehicle_is_never_slower_than_the_triangle_allows():
    town = grid(5)
    found = town.roads().matrix([town.at(node) for node in town.nodes], VAN).durations.astype(int)
    through = (found[:, :, None] + found[None, :, :]).min(axis=1)
    assert (found <= through).all()


@pytest.mark.parametrize(
    ("text", "kmh"),
    [
        ("50", 50), ("30 mph", 48.28032), ("CN:urban", 50), ("walk", 7), ("60;40", 60), ("none", None), ("", None),
        ("signals", None), ("0", None), ("DE:zone30", 30), ("zone:30", 30),
    ],
)  # fmt: skip
def test_speed_limits_are_read_as_they_are_written(text, kmh):
    assert speed_limit(text) == (kmh if kmh is None else pytest.approx(kmh))


@pytest.mark.parametrize(
    ("text", "value"),
    [("3.5", 3.5), ("3,5 m", 3.5), ("7.5 t", 7.5), ("3500 kg", 3.5), ("12'6\"", 3.81), ("default", None), ("-2", None)],
)
def test_sizes_are_read_as_they_are_written(text, value):
    assert measure(text) == (value if value is None else pytest.approx(value))
