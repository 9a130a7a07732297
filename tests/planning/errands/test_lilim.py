from __future__ import annotations

import random

import pytest

from paotui.planning.errands import Params, check_lilim, read_lilim, solve_lilim
from paotui.planning.faults import ProblemError
from paotui.planning.stop import after_iterations


def text(requests: int, seed: int = 1, *, horizon: int = 400) -> str:
    """An instance in the format, made up: `requests` pairs on a square of 100, windows of 60."""
    r = random.Random(seed)
    lines = [f"{requests}\t20\t1", f"0\t50\t50\t0\t0\t{horizon}\t0\t0\t0"]
    for k in range(requests):
        demand, early = r.randint(1, 10), r.randint(60, 120)
        up, down = 2 * k + 1, 2 * k + 2
        lines.append(f"{up}\t{r.randint(0, 100)}\t{r.randint(0, 100)}\t{demand}\t{early}\t{early + 60}\t5\t0\t{down}")
        late = early + r.randint(60, 120)
        lines.append(f"{down}\t{r.randint(0, 100)}\t{r.randint(0, 100)}\t{-demand}\t{late}\t{late + 60}\t5\t{up}\t0")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("first", [False, True])
def test_routes_of_an_instance_hold_to_the_last_digit(first: bool) -> None:
    found = read_lilim(text(30).encode())
    params = Params(fleet=0.4) if first else None
    solved = solve_lilim(found, after_iterations(1500), params=params, vehicles_first=first)
    distance, faults = check_lilim(found, solved.routes)
    assert faults == []
    assert distance == pytest.approx(solved.distance, abs=1e-9)
    assert solved.unserved == []


def test_vehicles_first_never_uses_more_vehicles() -> None:
    found = read_lilim(text(30, 2).encode())
    shortest = solve_lilim(found, after_iterations(3000))
    fewest = solve_lilim(found, after_iterations(3000), vehicles_first=True)
    assert len(fewest.routes) <= len(shortest.routes)
    assert shortest.distance <= fewest.distance + 1e-6


@pytest.mark.parametrize("threads", [1, 2])
def test_the_same_seed_gives_the_same_routes_on_one_thread_or_two(threads: int) -> None:
    found, params = read_lilim(text(40, 3).encode()), Params(threads=threads)
    one, other = (solve_lilim(found, after_iterations(800), seed=9, params=params) for _ in range(2))
    assert one == other


def test_a_request_nobody_can_do_in_time_is_listed() -> None:
    lines = text(3).splitlines()
    cells = lines[3].split("\t")
    cells[4], cells[5] = "0", "1"
    found = read_lilim("\n".join([*lines[:3], "\t".join(cells), *lines[4:]]).encode())
    solved = solve_lilim(found, after_iterations(100))
    assert solved.unserved == [1]


def test_the_checker_finds_what_is_wrong_with_routes() -> None:
    found = read_lilim(text(5).encode())
    routes = solve_lilim(found, after_iterations(200)).routes
    assert check_lilim(found, routes)[1] == []
    for wrong in (
        routes[1:],
        [*routes, routes[0]],
        [list(reversed(routes[0])), *routes[1:]],
        [[s] for s in range(1, 11)],
    ):
        assert check_lilim(found, wrong)[1] != []


@pytest.mark.parametrize(
    ("line", "wrong"),
    [("1", "25 200\n0 0 0 0 0 9 0 0 0"), ("2", "25 200 1\n0 0 0 0 0 nan 0 0 0"), ("2", "25 200 1\n0 0 0 x 0 9 0 0 0"),
     ("3", "25 200 1\n0 0 0 0 0 9 0 0 0\n1 0 0 1 0 9 0 0 7"), ("", "25 200 1\n")],
)  # fmt: skip
def test_a_faulty_file_is_refused_naming_the_line(line: str, wrong: str) -> None:
    with pytest.raises(ProblemError) as refused:
        read_lilim(wrong.encode(), "x.txt")
    assert refused.value.faults[0].path == line
