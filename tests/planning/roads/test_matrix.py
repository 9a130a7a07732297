"""Times and distances over small towns: worked out by hand, and against an independent search in random ones."""

from __future__ import annotations

import random

import pytest

from paotui.planning.faults import ProblemError
from paotui.planning.roads import TRUCK, Profile
from tests.planning.roads.town import Town, grid, quickest


def minutes(town: Town, *points) -> list[list[int]]:
    return town.roads().matrix(points).durations.tolist()


def metres(town: Town, *points) -> list[list[int]]:
    return town.roads().matrix(points).distances.tolist()


def line(**tags: str) -> Town:
    """Three nodes in a row, 1 km apart, two ways."""
    town = Town({1: (0, 0), 2: (1000, 0), 3: (2000, 0)})
    town.way(1, 1, 2, **tags)
    town.way(2, 2, 3)
    return town


def test_a_kilometre_in_a_residential_street_takes_144_seconds():
    town = line()
    found = town.roads().matrix([town.at(1), town.at(2), town.at(3)])
    assert found.distances.tolist() == [[0, 1000, 2000], [1000, 0, 1000], [2000, 1000, 0]]
    assert found.durations.tolist() == [[0, 144, 288], [144, 0, 144], [288, 144, 0]]
    assert found.distances.dtype == found.durations.dtype == "int32"


def test_a_place_beside_the_road_is_projected_onto_it():
    town = line()
    assert metres(town, town.point(250, 40), town.point(1250, -30))[0][1] == pytest.approx(1000, abs=1)


def test_a_tagged_limit_counts_with_the_share_a_mean_speed_has_of_it():
    town = line(maxspeed="50")
    assert minutes(town, town.at(1), town.at(2))[0][1] == 90


def test_a_limit_differs_by_direction_where_it_is_tagged_so():
    town = line(maxspeed__forward="50", maxspeed__backward="25")
    there = minutes(town, town.at(1), town.at(2))
    assert (there[0][1], there[1][0]) == (90, 180)


@pytest.mark.parametrize(("oneway", "there", "back"), [("yes", 1000, -1), ("-1", -1, 1000), ("no", 1000, 1000)])
def test_a_one_way_street_is_driven_one_way(oneway, there, back):
    town = line(oneway=oneway)
    found = metres(town, town.at(1), town.at(3))
    assert (found[0][1] > 0, found[1][0] > 0) == (there > 0, back > 0)


def test_pairs_without_a_way_are_minus_one_and_listed():
    town = line(oneway="yes")
    found = town.roads().matrix([town.between(1, 2), town.between(2, 3)])
    assert found.durations[1, 0] == found.distances[1, 0] == -1
    assert found.unreachable() == [(1, 0)]


def test_behind_on_a_one_way_ring_is_all_the_way_round():
    town = Town({1: (0, 0), 2: (400, 0), 3: (400, 400), 4: (0, 400)})
    town.way(1, 1, 2, 3, 4, 1, oneway="yes")
    found = metres(town, town.between(1, 2, 0.75), town.between(1, 2, 0.25))
    assert found[0][1] == pytest.approx(1400, abs=2)
    assert found[1][0] == pytest.approx(200, abs=2)


def crossing() -> Town:
    """Way 1 from the west, 2 to the east, 3 to the north, 4 far to the south meet in node 5; a block in the east."""
    town = Town({1: (-500, 0), 2: (500, 0), 3: (0, 500), 4: (0, -3000), 5: (0, 0), 6: (500, 500), 7: (900, 0)})
    for way, (a, b) in {1: (1, 5), 2: (5, 2), 3: (5, 3), 4: (5, 4), 5: (2, 6), 6: (6, 3), 7: (2, 7)}.items():
        town.way(way, a, b)
    return town


def test_a_banned_turn_is_driven_round_the_block():
    town = crossing()
    west, north = town.between(1, 5), town.between(5, 3)
    assert metres(town, west, north)[0][1] == pytest.approx(500, abs=2)
    town.restrict("no_left_turn", 1, 5, 3)
    assert metres(town, west, north)[0][1] == pytest.approx(250 + 500 + 500 + 500 + 250, abs=2)
    assert metres(town, west, north)[1][0] == pytest.approx(500, abs=2)


def test_turning_round_in_the_middle_of_a_road_does_not_get_past_a_ban():
    town = crossing()
    town.ways[2] = ([5, 8, 2], {"highway": "residential"})
    town.nodes[8] = (20, 0)
    town.restrict("no_left_turn", 1, 5, 3)
    assert metres(town, town.between(1, 5), town.between(5, 3))[0][1] > 1900


def test_a_dead_end_is_where_a_vehicle_turns():
    town = crossing()
    town.restrict("no_left_turn", 1, 5, 3)
    town.ways.pop(6)
    # East to the stub of way 7 and back, then right into the north: 250 + 500 + 400 + 400 + 500 + 250.
    assert metres(town, town.between(1, 5), town.between(5, 3))[0][1] == pytest.approx(2300, abs=2)


def test_an_order_to_go_straight_on_bans_the_other_turns():
    town = crossing()
    town.restrict("only_straight_on", 1, 5, 2)
    found = metres(town, town.between(1, 5), town.between(5, 4, 0.1), town.between(5, 2), town.between(5, 3))
    assert found[0][2] == pytest.approx(500, abs=2)
    assert found[0][1] == pytest.approx(250 + 500 + 2 * 400 + 500 + 300, abs=2)
    assert found[3][1] == pytest.approx(550, abs=2)


def test_an_exception_for_goods_vehicles_lifts_a_ban_for_them():
    town = crossing()
    town.restrict("no_left_turn", 1, 5, 3, **{"except": "psv;hgv"})
    assert metres(town, town.between(1, 5), town.between(5, 3))[0][1] == pytest.approx(500, abs=2)


def test_a_ban_for_goods_vehicles_binds_them_alone():
    town = crossing()
    town.relations.append((
        [("w", "from", 1), ("n", "via", 5), ("w", "to", 3)],
        {"type": "restriction", "restriction:hgv": "no_left_turn"},
    ))  # fmt: skip
    roads, ends = town.roads(), [town.between(1, 5), town.between(5, 3)]
    assert roads.matrix(ends).distances[0, 1] > 1900
    assert roads.matrix(ends, Profile(name="car", heavy=False)).distances[0, 1] == pytest.approx(500, abs=2)


def test_a_ban_over_a_way_binds_only_who_came_from_there():
    """Two carriageways: from way 1 over the short way 2 back into way 3 is forbidden, from way 4 it is not."""
    town = Town({1: (-500, 0), 2: (0, 0), 3: (0, 30), 4: (-500, 30), 5: (0, -500), 6: (300, 300), 7: (0, 400)})
    town.way(1, 1, 2, oneway="yes")
    town.way(2, 2, 3)
    town.way(3, 3, 4, oneway="yes")
    town.way(4, 5, 2)
    town.way(5, 3, 7)
    town.restrict("no_u_turn", 1, [2], 3)
    found = metres(town, town.between(1, 2), town.between(5, 2), town.between(3, 4))
    assert found[1][2] == pytest.approx(250 + 30 + 250, abs=2)
    # On to the dead end in the north, and back into way 3 from there.
    assert found[0][2] == pytest.approx(250 + 30 + 400 - 30 + 400 - 30 + 250, abs=2)


@pytest.mark.parametrize(
    "tags",
    [
        {"hgv": "no"},
        {"motor_vehicle": "private"},
        {"access": "no"},
        {"maxheight": "3.0"},
        {"maxheight": "10'6\""},
        {"maxweight": "7.5 t"},
        {"maxweight": "3500 kg"},
        {"maxwidth": "2.3"},
        {"maxlength": "8"},
        {"highway": "track"},
        {"highway": "footway"},
        {"oneway": "reversible"},
    ],
)
def test_a_way_closed_to_a_truck_is_not_driven(tags):
    town = line()
    town.nodes[4] = (1000, 900)
    town.way(3, 1, 4)
    town.way(4, 4, 3)
    assert metres(town, town.at(1), town.at(3))[0][1] == 2000
    town.ways[1] = ([1, 2], {"highway": "residential", **tags})
    assert metres(town, town.at(1), town.at(3))[0][1] > 2500


@pytest.mark.parametrize(
    "tags",
    [
        {"access": "no", "hgv": "destination"},
        {"motor_vehicle": "no", "hgv": "yes"},
        {"access": "destination"},
        {"maxheight": "4.2"},
        {"maxheight": "default"},
        {"highway": "pedestrian", "motor_vehicle": "delivery"},
    ],
)
def test_a_way_open_to_a_truck_is_driven(tags):
    town = line()
    town.ways[1] = ([1, 2], {"highway": "residential", **tags})
    assert metres(town, town.at(1), town.at(3))[0][1] == 2000


@pytest.mark.parametrize(
    ("tags", "passes"),
    [
        ({"barrier": "bollard"}, False),
        ({"barrier": "gate"}, True),
        ({"barrier": "gate", "access": "private"}, False),
        ({"barrier": "bollard", "motor_vehicle": "yes"}, True),
        ({"barrier": "height_restrictor", "maxheight": "2.2"}, False),
    ],
)
def test_a_barrier_stops_who_may_not_pass_it(tags, passes):
    town = line()
    town.node_tags[2] = tags
    found = town.roads().matrix([town.between(1, 2, 0.9), town.between(2, 3, 0.5)])
    assert (found.durations[0, 1] >= 0) == passes


def test_a_lower_vehicle_passes_where_a_truck_does_not():
    town = line(maxheight="3.0")
    town.way(2, 2, 3, maxheight="2.9")
    roads, ends = town.roads(), [town.at(1), town.at(3)]
    with pytest.raises(ProblemError):
        roads.matrix(ends, TRUCK)
    assert roads.matrix(ends, Profile(name="van", height=2.6)).distances[0, 1] == 2000


@pytest.mark.parametrize("seed", range(12))
def test_random_towns_agree_with_an_independent_search(seed):
    """One-ways, speeds, bans and orders over nodes and over ways, at random; from and to the middle of every way."""
    rng = random.Random(seed)
    town = grid(4, step=400)
    for tags in (tags for _, tags in town.ways.values()):
        tags["highway"] = rng.choice(["residential", "tertiary", "service"])
        tags.update({"oneway": "yes"} if rng.random() < 0.25 else {})
    _restrict_at_random(town, rng)
    speed = TRUCK.class_speeds
    seconds = {}
    for way, ((a, b), tags) in town.ways.items():
        took = 400 * 3.6 / speed[tags["highway"]]
        seconds[way, a, b] = took
        if tags.get("oneway") != "yes":
            seconds[way, b, a] = took
    ways = list(town.ways)
    found = town.roads().matrix([town.between(*town.ways[way][0]) for way in ways]).durations
    for row, origin in enumerate(ways):
        reached = _reached(town, origin, seconds)
        for column, target in enumerate(ways):
            if origin != target:
                assert found[row, column] == pytest.approx(reached.get(target, -1), abs=1.1), (origin, target)


def _reached(town, origin, seconds):
    """Seconds to the middle of each way, whichever way round it is driven."""
    best = {}
    for start in (step for step in seconds if step[0] == origin):
        for (way, _, _), cost in quickest(town, start, seconds).items():
            best[way] = min(best.get(way, cost), cost)
    return best


def _restrict_at_random(town: Town, rng: random.Random) -> None:
    touching = {node: [way for way, (nodes, _) in town.ways.items() if node in nodes] for node in town.nodes}
    for _ in range(14):
        node = rng.choice(list(town.nodes))
        origin, target = rng.sample(touching[node], 2)
        town.restrict(rng.choice(["no_left_turn", "no_right_turn", "only_straight_on"]), origin, node, target)
    for _ in range(8):
        via = rng.choice(list(town.ways))
        a, b = rng.sample(town.ways[via][0], 2)
        before, after = ([way for way in touching[node] if way != via] for node in (a, b))
        town.restrict(rng.choice(["no_u_turn", "only_straight_on"]), rng.choice(before), [via], rng.choice(after))
