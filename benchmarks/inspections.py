"""Joint inspections: ours and the peers against the departments on their own, in one run.

    python benchmarks/inspections.py [--sites 24 100 500] [--seconds 60] [--needs register mixed joint]
        [--seeds 1] [--replan] [--solvers ours teams routing circuits] [--peer-alone 20]

The unsynchronised sum is what the four departments would travel if each went alone; it is looked up among the best
known (`inspections_alone.py`, which says how they were found) and is the same for every solver. No joint plan of equal
windows and people can travel less than the four optima together, so "ratio" would be 1 if waiting for each other cost
nothing. What it costs depends on who is needed where, hence three families (`--needs`). Wall and processor seconds are
both printed: on a shared machine only the latter tell. Solvers: "ours"; "teams", whole teams as vehicles (PyVRP);
"routing", OR-Tools routing with equal starts; "circuits", CP-SAT with a circuit a tour (up to 24 sites). A peer that
leaves sites out has no ratio. With `--peer-alone` each department on its own is also given to PyVRP for so many
seconds, and every ratio is told against that sum as well: a plan of one search beside tours of one search.
"""

from __future__ import annotations

import argparse
import itertools
import json
import time
from typing import Any

import inspections_alone
import inspections_instances
import inspections_peers

from paotui.planning.inspections import Params, Plan, Problem, bound, check, read_problem, solve
from paotui.planning.inspections.arrays import Arrays, arrays
from paotui.planning.stop import Stop

FAMILIES = ("register", "mixed", "joint")
SOLVERS = ("ours", "teams", "routing", "circuits")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sites", type=int, nargs="+", default=[24, 100, 500])
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--iterations", type=int, help="instead of seconds: repeatable")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1], help="of the instance and of the search alike")
    parser.add_argument("--needs", nargs="+", choices=FAMILIES, default=list(FAMILIES))
    parser.add_argument("--solvers", nargs="+", default=list(SOLVERS), choices=SOLVERS)
    parser.add_argument("--replan", action="store_true")
    parser.add_argument("--bound", type=float, default=0.0, help="seconds for the lower bound")
    parser.add_argument("--peer-alone", type=float, help="seconds for PyVRP to plan each department alone")
    options = parser.parse_args()
    for needs, sites, seed in itertools.product(options.needs, options.sites, options.seeds):
        measure(sites, needs, seed, options)


def measure(sites: int, needs: str, seed: int, options: argparse.Namespace) -> None:
    data = inspections_instances.generate(sites, seed, needs)
    known = inspections_alone.known(data) or inspections_alone.improve(data, options.seconds)
    alone = {}
    if options.peer_alone:
        alone["PyVRP"] = inspections_alone.by_peer(data, options.peer_alone)
        known = inspections_alone.known(data) or known
        say(data["name"], f"departments alone, PyVRP {options.peer_alone:g} s each", f"travel {alone['PyVRP']} s")
    alone["best known"] = sum(known.values())
    say(data["name"], "departments alone, best known", f"travel {alone['best known']} s", known)
    if "ours" in options.solvers:
        problem, plan = planned("ours", data, seed, options)
        if not plan.left_out:
            say(data["name"], "ours", ratios(plan.costs.travel, alone))
        if options.bound:
            proof = bound(problem, plan, options.bound)
            say(data["name"], "bound", proof.model_dump() if proof else "none")
        if options.replan:
            replan(data, plan, seed)
    made = arrays(read_problem(json.dumps(data).encode()))
    for solver in options.solvers:
        if solver != "ours" and (solver != "circuits" or sites <= 24):
            peer(data["name"], solver, made, alone, options.seconds)


def ratios(travel: int, alone: dict[str, int]) -> str:
    return "ratio " + ", ".join(f"{travel / found:.4f} ({whose})" for whose, found in alone.items())


def planned(what: str, data: dict[str, Any], seed: int, options: argparse.Namespace) -> tuple[Problem, Plan]:
    problem = read_problem(json.dumps(data).encode())
    stop = Stop(iterations=options.iterations) if options.iterations else Stop(seconds=options.seconds)
    clock, processor = time.perf_counter(), time.process_time()
    plan = solve(problem, stop, seed=seed, params=Params())
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    faults = check(problem, plan)
    say(data["name"], what, f"travel {plan.costs.travel} s, left out {len(plan.left_out)}, {plan.iterations} rounds, "
        f"{clock:.1f} s wall, {processor:.1f} s processor, {len(faults)} faults")  # fmt: skip
    return problem, plan


def replan(data: dict[str, Any], before: Plan, seed: int) -> None:
    """The inspector with the most visits falls ill for the whole week; two seconds to plan again."""
    busiest = max(data["inspectors"], key=lambda one: sum(one["id"] in _team(visit) for visit in before.visits))["id"]
    people = [one | ({"calendar": []} if one["id"] == busiest else {}) for one in data["inspectors"]]
    problem = read_problem(json.dumps(data | {"inspectors": people}).encode())
    clock, processor = time.perf_counter(), time.process_time()
    after = solve(problem, Stop(iterations=2_000), seed=seed, start=before)
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    starts = {visit.site: visit.start for visit in after.visits}
    theirs = {visit.site for visit in before.visits if busiest in _team(visit)}
    moved = {visit.site for visit in before.visits if starts.get(visit.site) != visit.start}
    say(data["name"], f"{busiest} ill, {len(theirs)} appointments", f"{len(moved & theirs)} of them and "
        f"{len(moved - theirs)} others moved or left out, {len(after.left_out)} left out, {clock:.2f} s wall, "
        f"{processor:.2f} s processor, {len(check(problem, after, before))} faults")  # fmt: skip


def _team(visit: Any) -> set[str]:
    return {one.inspector for one in visit.team}


def peer(name: str, solver: str, made: Arrays, alone: dict[str, int], seconds: float) -> None:
    run = {
        "teams": inspections_peers.teams_as_vehicles,
        "routing": inspections_peers.ortools_routing,
        "circuits": inspections_peers.cp_sat_circuits,
    }[solver]
    clock, processor = time.perf_counter(), time.process_time()
    travel, visited, *proven = run(made, seconds)
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    ratio = ratios(travel, alone) if visited == len(made.slots) else "no ratio"
    bound_found = f", bound {proven[0]} s" if proven else ""
    say(name, solver, f"travel {travel} s, {visited} of {len(made.slots)} sites, {ratio}{bound_found}, "
        f"{clock:.1f} s wall, {processor:.1f} s processor")  # fmt: skip


def say(*words: Any) -> None:
    print(*words, sep=" | ", flush=True)


if __name__ == "__main__":
    main()
