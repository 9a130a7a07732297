"""Matching people to vacancies, beside OR-Tools' SimpleMinCostFlow on the same arcs in the same run.

    python benchmarks/matching.py                         100,000 people, 10,000 vacancies, 20 candidates each
    python benchmarks/matching.py --sizes 10000x1000,100000x10000,1000000x100000

Each part runs in a process of its own, so that peak memory is its own. "market" is the labour market below: people
with occupations, skills, wages, shifts, places; "random" is a market without structure, with as many seats as
people, the hardest there is. Clock and processor seconds are both printed: on a busy machine the second counts.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

TODAY = dt.date(2020, 3, 2)
EACH = 20


def labour_market(people: int, vacancies: int, seed: int = 1) -> dict[str, Any]:
    """Return a problem as plain data: a city of 40 by 30 km, trades of very different size, a seat a person."""
    draw = np.random.default_rng(seed)
    trades = max(40, vacancies // 100)
    share = 1 / (np.arange(trades) + 8)
    share /= share.sum()
    skills, shifts, conditions = [f"s{n}" for n in range(60)], ["day", "night", "turns"], ["high", "dust", "noise"]

    def columns(size: int) -> tuple[Any, ...]:
        spot = np.column_stack([113.45 + 0.44 * draw.random(size), 34.62 + 0.27 * draw.random(size)]).round(5)
        days = draw.integers(0, 60, size)
        return draw.choice(trades, size, p=share), spot, days, draw.integers(22, 70, size) * 100, draw.random((size, 8))

    def person(n: int, trade: int, spot: Any, day: int, wage: int, luck: Any) -> dict[str, Any]:
        pool = [skills[(trade * 7 + k) % 60] for k in range(6)]
        return {
            "id": f"p{n}", "occupations": [f"t{trade}", f"t{(trade + 1) % trades}"][: 1 + (luck[0] < 0.4)],
            "skills": [word for word, chance in zip(pool, luck[1:7], strict=False) if chance < 0.7],
            "wage": int(wage * 0.8), "shifts": shifts[: 1 + int(luck[7] * 3)],
            "at": {"lon": spot[0], "lat": spot[1]}, "farthest": 5000 + int(luck[0] * 15000),
            "available": (TODAY + dt.timedelta(days=int(day) // 3)).isoformat(),
            "refuses": conditions[: int(luck[3] * 1.3)],
            "waiting_since": (TODAY - dt.timedelta(days=int(luck[5] * 300))).isoformat(),
        }  # fmt: skip

    def vacancy(n: int, trade: int, spot: Any, day: int, wage: int, luck: Any, seats: int) -> dict[str, Any]:
        pool = [skills[(trade * 7 + k) % 60] for k in range(6)]
        return {
            "id": f"v{n}", "occupation": f"t{trade}", "seats": seats, "wage": int(wage),
            "skills": [word for word, chance in zip(pool, luck[:4], strict=False) if chance < 0.15],
            "welcome": [pool[4]], "shift": shifts[int(luck[4] * 3)], "at": {"lon": spot[0], "lat": spot[1]},
            "start": (TODAY + dt.timedelta(days=int(day))).isoformat(),
            "conditions": conditions[int(luck[6] * 3) :][:1] if luck[5] < 0.4 else [],
        }  # fmt: skip

    seats = draw.poisson(people / vacancies, vacancies)
    found, offered = columns(people), columns(vacancies)
    return {
        "kind": "matching", "on": TODAY.isoformat(), "name": f"{people}x{vacancies}",
        "people": [person(n, *row) for n, row in enumerate(zip(*found, strict=True))],
        "vacancies": [vacancy(n, *row, int(seats[n])) for n, row in enumerate(zip(*offered, strict=True))],
    }  # fmt: skip


def random_arcs(people: int, vacancies: int) -> tuple[Any, Any]:
    from paotui.planning.matching.engine import Arcs

    draw = np.random.default_rng(1)
    head = np.sort(draw.integers(0, vacancies, (people, EACH)), axis=1).astype(np.int32).ravel()
    worth = draw.integers(1, 1000, people * EACH).astype(np.int64)
    seats = np.maximum(1, draw.poisson(people / vacancies, vacancies)).astype(np.int32)
    return Arcs(np.arange(0, people * EACH + 1, EACH, dtype=np.int64), head, worth), seats


class Meter:
    def __enter__(self) -> Meter:
        self._clock, self._processor = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_: object) -> None:
        self.clock = round(time.perf_counter() - self._clock, 3)
        self.processor = round(time.process_time() - self._processor, 3)

    def told(self) -> dict[str, float]:
        """Return seconds, and the most memory the process has taken so far."""
        return {"seconds": self.clock, "processor": self.processor, "peak, MB": round(_peak())}


def bare(arcs: Any, seats: Any) -> dict[str, Any]:
    """Solve the same arcs with SimpleMinCostFlow: arcs added in bulk, everybody may stay out."""
    from ortools.graph.python import min_cost_flow

    people, vacancies, tails = len(arcs.start) - 1, len(seats), arcs.tails().astype(np.int32)
    with Meter() as meter:
        flow, sink = min_cost_flow.SimpleMinCostFlow(), people + vacancies
        ones = np.ones(people, np.int64)
        flow.add_arcs_with_capacity_and_unit_cost(
            tails, (arcs.head + people).astype(np.int32), np.ones(len(tails), np.int64), -arcs.worth
        )
        flow.add_arcs_with_capacity_and_unit_cost(
            np.arange(people, sink, dtype=np.int32), np.full(vacancies, sink, np.int32), seats.astype(np.int64),
            np.zeros(vacancies, np.int64),
        )  # fmt: skip
        flow.add_arcs_with_capacity_and_unit_cost(
            np.arange(people, dtype=np.int32), np.full(people, sink, np.int32), ones, 0 * ones
        )
        flow.set_nodes_supplies(np.arange(people, dtype=np.int32), ones)
        flow.set_nodes_supplies(np.array([sink], np.int32), np.array([-people], np.int64))
        assert flow.solve() == flow.OPTIMAL
    return {"worth": -flow.optimal_cost(), "seconds": meter.clock, "processor": meter.processor}


def ours(arcs: Any, seats: Any) -> dict[str, Any]:
    from paotui.planning.matching import engine

    with Meter() as meter:
        market = engine.solve(arcs, np.ones(len(arcs.start) - 1, np.int32), seats)
    worth = int((arcs.worth * market.flow).sum())
    assert worth == int(market.rent.sum() + (market.price * seats).sum()), "not proven"
    return {"worth": worth, "seconds": meter.clock, "processor": meter.processor}


def measure_same_arcs(people: int, vacancies: int, which: str) -> dict[str, Any]:
    if which == "random":
        arcs, seats = random_arcs(people, vacancies)
    else:
        from paotui.planning.matching import engine, tables

        made = tables.tabulate(_problem(people, vacancies))
        arcs, seats = engine.candidates(made, EACH), made.seats
    mine = ours(arcs, seats)
    peer = bare(arcs, seats)
    return {"arcs": len(arcs.head), "ours": mine, "SimpleMinCostFlow": peer,
            "value ratio": mine["worth"] / peer["worth"]}  # fmt: skip


def measure_whole(people: int, vacancies: int, _: str) -> dict[str, Any]:
    """From drawing the market to the checked plan, phase by phase; then 1 % changed.

    What is timed of a change: from its `Person` and `Vacancy` objects in hand to new placements, worth and prices as
    arrays, proven over all admissible pairs. Not timed: reading the change from a file, plan objects, the checker.
    """
    from paotui.planning.matching import check, solving
    from paotui.planning.matching.exchange import Exchange
    from paotui.planning.matching.problem import MatchingProblem

    found: dict[str, Any] = {}
    with Meter() as meter:
        data = labour_market(people, vacancies)
    found["market drawn"] = meter.told()
    with Meter() as meter:
        problem = MatchingProblem.model_validate(data)
    del data
    found["problem"] = meter.told()
    with Meter() as meter:
        exchange = Exchange(problem)
    found["tables"] = meter.told()
    with Meter() as meter:
        exchange.match()
    found["candidates and matching"] = meter.told()
    found |= {"proven": exchange.proven, "placed": len(exchange.pairs()[0]), "arcs": exchange.market.listed}
    with Meter() as meter:
        plan = solving.planned(exchange)
    found["plan with reasons"] = meter.told()
    with Meter() as meter:
        found["plan, MB"] = len(plan.to_json()) // 1_000_000
    found["plan written"] = meter.told()
    with Meter() as meter:
        assert check(problem, plan) == []
    found["independent check"] = meter.told()
    for turn, name in enumerate(("1 % changed", "1 % left, 1 % came", "1 % of vacancies: seats", "1 % of vacancies")):
        change = _change(exchange, turn)
        before = exchange.market.place
        with Meter() as meter:
            exchange.rematch(**change)
        moved = int((before != exchange.market.place[: len(before)]).sum())
        found[name] = {**meter.told(), "proven": exchange.proven, "rows placed otherwise": moved}
    assert check(exchange.problem, solving.planned(exchange)) == []
    return found


def _change(exchange: Any, turn: int) -> dict[str, Any]:
    """Return a change of one percent: people who are others now, people who go and come, seats, vacancies."""
    draw = np.random.default_rng(2 + turn)
    people, vacancies = [one for one in exchange.people if one.id], exchange.vacancies
    if turn < 2:
        rows = draw.choice(len(people), len(people) // 100, replace=False).tolist()
        others = [people[row] for row in draw.permutation(rows).tolist()]
        if turn == 1:
            return {"left": [people[row].id for row in rows],
                    "people": [one.model_copy(update={"id": f"new {one.id}"}) for one in others]}  # fmt: skip
        return {"people": [one.model_copy(update={"id": people[row].id})
                           for row, one in zip(rows, others, strict=True)]}  # fmt: skip
    rows = draw.choice(len(vacancies), len(vacancies) // 100, replace=False).tolist()
    if turn == 2:
        return {"vacancies": [vacancies[row].model_copy(update={
            "seats": max(0, vacancies[row].seats + int(draw.integers(-2, 3)))}) for row in rows]}  # fmt: skip
    return {"vacancies": [vacancies[row].model_copy(update={"wage": vacancies[row].wage + 300}) for row in rows]}


def _problem(people: int, vacancies: int) -> Any:
    from paotui.planning.matching.problem import MatchingProblem

    return MatchingProblem.model_validate(labour_market(people, vacancies))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


PARTS = {"same arcs": measure_same_arcs, "whole": measure_whole}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="100000x10000")
    parser.add_argument("--part", help=argparse.SUPPRESS)
    parser.add_argument("--kind", default="market", help=argparse.SUPPRESS)
    options = parser.parse_args()
    for size in options.sizes.split(","):
        people, vacancies = map(int, size.split("x"))
        if options.part:
            print(json.dumps(PARTS[options.part](people, vacancies, options.kind)))
            continue
        for part, kind in (("same arcs", "market"), ("same arcs", "random"), ("whole", "market")):
            words = [sys.executable, str(Path(__file__).resolve()), "--sizes", size, "--part", part, "--kind", kind]
            done = subprocess.run(words, capture_output=True, text=True, check=False)
            if done.returncode:
                raise SystemExit(f"{size} {part} failed:\n{done.stderr[-3000:]}")
            print(f"{size} {part}, {kind}: {done.stdout.strip()}", flush=True)


if __name__ == "__main__":
    main()
