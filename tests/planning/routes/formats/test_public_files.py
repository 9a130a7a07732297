"""Public files read as problems: what scales, what does not, what vehicles are called, and what is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from paotui.planning.faults import ProblemError
from paotui.planning.routes import check, cost, read_problem, remarks, solve
from paotui.planning.routes.checker.travel import Travel
from paotui.planning.routes.formats import solution
from paotui.planning.routes.problem import FOREVER, Problem
from paotui.planning.stop import Stop
from tests.planning.routes.cast import plan, reread, trips
from tests.planning.routes.formats import files


def read(text: str) -> Problem:
    return read_problem(text.encode(), "some.txt")


ALL = {name: text for name, text in vars(files).items() if name.isupper()}


@pytest.mark.parametrize("name", ALL)
def test_what_is_read_holds_as_json_too(name):
    problem = read(ALL[name])
    assert reread(problem) == problem
    assert reread(problem).model_dump_json() == problem.model_dump_json()


def test_classic_files_round_to_the_nearest_and_know_no_limit_of_vehicles():
    problem = read(files.CVRP)
    assert (problem.name, problem.source.format, problem.source.scale) == ("tiny", "vrplib", 1)
    assert not problem.source.limit_vehicles
    assert [stop.id for stop in problem.stops] == ["2", "3", "4"]
    assert Travel(problem).metres("1", "3", "default") == 1  # √2
    by = plan(trips("vehicle#1", "2 3"), trips("vehicle#2", "4"))
    assert not check(problem, by)
    assert cost(problem, by).total == 5 + 4 + 1 + 18


def test_a_limit_of_distance_counts_service_too():
    limited = files.CVRP.replace("CAPACITY : 10\n", "CAPACITY : 10\nDISTANCE : 19.0\nSERVICE_TIME : 1\n")
    problem = read(limited)
    assert not remarks(problem)
    assert not check(problem, plan(trips("vehicle#1", "2 3"), trips("vehicle#2", "4")))  # 10 + 2, 18 + 1
    nearer = read(limited.replace("19.0", "18"))
    [late] = check(nearer, plan(trips("vehicle#1", "2 3"), trips("vehicle#2", "4")))
    assert "vehicle#2" in str(late)
    found = solve(nearer, Stop(iterations=200))
    assert [one.stop for one in found.unserved] == [4]
    assert not check(nearer, found)


def test_lines_of_the_head_nobody_knows_are_named():
    problem = read(files.CVRP.replace("TYPE", "PERIODS : 2\nTYPE", 1))
    assert [remark.path for remark in remarks(problem)] == ["PERIODS"]


def test_files_with_windows_count_in_tenths_cut_off_and_leave_demands_alone():
    problem = read(files.VRPTW)
    assert (problem.vehicles[0].id, problem.vehicles[0].count) == ("1-2", 2)
    assert problem.vehicles[0].shift.latest == 1000
    assert problem.stops[0].windows == [(100, 200)]
    assert (problem.stops[0].duration, problem.stops[0].delivery) == (15, {"load": 5})
    assert Travel(problem).metres("1", "2", "default") == 14


def test_trips_reload_at_the_depot_and_wait_for_releases():
    problem = read(files.TRIPS)
    assert [station.id for station in problem.stations] == ["reload1"]
    assert (problem.vehicles[0].stations, problem.vehicles[0].max_trips) == (["reload1"], 4)
    assert [stop.release for stop in problem.stops] == [50, 70]
    assert not check(problem, plan(trips("1-2#1", "2", "3")))


def test_horizons_beyond_for_ever_end_there():
    problem = read(files.VRPTW.replace("1 0 100", "1 0 999999999").replace("3 0 30", "3 0 1e9"))
    assert problem.vehicles[0].shift.latest == problem.stops[1].windows[0][1] == FOREVER
    assert reread(problem) == problem


def test_prizes_are_prices_of_leaving_out():
    problem = read(files.PRIZES)
    assert [stop.unserved_price for stop in problem.stops] == [210, 182]
    assert cost(problem, plan(trips("1-2#1", "2"), unserved=["3"])).total == 28 + 182


def test_mixed_fleets_count_in_thousandths_and_keep_the_numbers_of_their_vehicles():
    problem = read(files.MIXED)
    assert [(one.id, one.count) for one in problem.vehicles] == [("1-2", 2), ("3", 1)]
    assert [one.fixed_cost for one in problem.vehicles] == [10_500, 20_000]
    by = plan(trips("1-2#2", "2"), trips("3", "3"))
    assert not check(problem, by)
    assert cost(problem, by).total == 10_500 + 2 * 1414 + 20_000 + Decimal("2.5") * 2 * 2828


def test_the_vehicle_tells_the_depot():
    problem = read(files.DEPOTS)
    assert [(one.id, one.start, one.max_duration) for one in problem.vehicles] == [
        ("depot1:1-2", "1", 450_000), ("depot2:3", "2", 450_000)]  # fmt: skip
    assert problem.vehicles[1].shift.latest == 900_000
    assert [stop.id for stop in problem.stops] == ["3", "4"]


def test_sites_name_the_vehicles_that_may_come():
    problem = read(files.SITES)
    assert [stop.vehicles for stop in problem.stops] == [None, ["2"]]


def test_written_out_distances_are_read_by_half_and_mirrored():
    problem = read(files.EXPLICIT)
    assert problem.travel.distances["default"] == [[0, 4, 5], [4, 0, 6], [5, 6, 0]]


def test_solomon_files_round_upwards_so_that_plans_hold_in_real_numbers():
    problem = read(files.SOLOMON)
    assert (problem.name, problem.source.format, problem.source.scale) == ("R000", "solomon", 1000)
    assert (problem.vehicles[0].count, problem.vehicles[0].capacities) == (3, {"load": 200})
    assert Travel(problem).metres("0", "1", "default") == 1415
    assert problem.stops[0].windows == [(161_000, 171_000)]


def test_li_lim_files_pair_pick_ups_with_deliveries():
    problem = read(files.LILIM)
    assert [(one.pickup, one.delivery, one.load) for one in problem.shipments] == [("1", "2", {"load": 10})]
    assert not check(problem, plan(trips("vehicle#1", "1 2")))


def test_published_solutions_are_read_with_their_reloads():
    problem = read(files.TRIPS)
    by = solution.read(b"Route #1:\nRoute #2: 1 0 2\nCost 99\n", problem)
    assert [(one.vehicle, one.trips) for one in by.routes] == [("1-2#2", [[2], [3]])]


@pytest.mark.parametrize(
    ("text", "path", "said"),
    [
        ("hello", "", "no file of a known format"),
        (files.CVRP.replace("2 3 4", "2 3 nan"), "line 9", "'nan' is no finite number"),
        (files.CVRP.replace("2 6", "2 -6"), "line 14", "is negative"),
        (files.CVRP.replace("DIMENSION : 4", "DIMENSION : 5"), "NODE_COORD_SECTION", "DIMENSION says 5"),
        (files.CVRP.replace("DEMAND_SECTION", "COLOUR_SECTION"), "line 12", "not supported"),
        (files.CVRP.replace("EUC_2D", "GEO"), "EDGE_WEIGHT_TYPE", "'GEO' is not supported"),
        (files.CVRP.replace("TYPE : CVRP", "TYPE : VRPB"), "TYPE", "'VRPB' is not supported"),
        (files.CVRP.replace(" 1\n -1", " 9\n -1"), "DEPOT_SECTION", "no node 9"),
        (files.VRPTW.replace("2 10 20", "2 20 10"), "TIME_WINDOW_SECTION", "reversed"),
        (files.EXPLICIT.replace("5 6", "5"), "EDGE_WEIGHT_SECTION", "takes 3 numbers, here are 2"),
        (files.SOLOMON.replace("161     171", "171     161"), "line 11", "reversed"),
        (files.SOLOMON.replace("    2      35", "    1      35"), "line 12", "already"),
        (files.SOLOMON.replace("     171      10", "     171"), "line 11", "columns"),
        (files.LILIM.replace("\t0\t2\n", "\t0\t0\n").replace("\t1\t0\n", "\t0\t0\n"), "line 3", "neither its pick-up"),
        (files.LILIM.replace("\t0\t2\n", "\t0\t1\n"), "line 3", "does not name it"),
    ],
)
def test_files_that_cannot_be_used_are_refused_with_the_line(text, path, said):
    with pytest.raises(ProblemError) as refusal:
        read(text)
    assert refusal.value.faults[0].path == path
    assert said in refusal.value.faults[0].text.en
    assert refusal.value.faults[0].text.zh.endswith("。")
