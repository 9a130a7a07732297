"""Small random problems of errands, and an answer to them found by trying everything."""

from __future__ import annotations

import itertools
import random
from typing import Any

from paotui.planning.errands import Problem
from paotui.planning.errands.network import matrices
from paotui.planning.errands.problem import refuse

HOUR = 3600


def problem(seed: int, *, errands: int = 2, most_steps: int = 3, runners: int = 2, within: bool = False) -> Problem:
    """Return a random problem: lunch breaks, queues by time of day, waits, loads, some errands for one runner only."""
    r = random.Random(seed)
    places = [{"id": f"p{k}", "x": r.randint(0, 6000), "y": r.randint(0, 6000)} for k in range(6)]
    counters = [_counter(r, k) for k in range(3)]
    people = [_runner(r, k) for k in range(runners)]
    cases = [_errand(r, k, most_steps, within=within) for k in range(errands)]
    for case in cases:
        if r.random() < 0.2:
            case["runners"] = [r.choice(people)["id"]]
    data = {
        "kind": "errands", "places": places, "counters": counters, "runners": people, "errands": cases,
        "modes": [{"id": "walk", "kmh": 6}, {"id": "bicycle", "kmh": 14, "each": 90}],
        "weights": {"tour": r.choice([0, 600]), "out": r.choice([0, 1]), "travel": 1, "kilometre": r.choice([0, 70]),
                    "undone": 100_000},
    }  # fmt: skip
    found = Problem.model_validate(data)
    refuse(found)
    return found


def _counter(r: random.Random, k: int) -> dict[str, Any]:
    opens, noon = r.randint(8, 9) * HOUR, 12 * HOUR
    return {
        "id": f"c{k}", "place": f"p{k % 2 + 1}", "hours": [[opens, noon], [13 * HOUR, 17 * HOUR]],
        "queue": [{"since": opens, "until": opens + HOUR, "seconds": r.choice([0, 1800, 3000])},
                  {"since": opens + HOUR, "until": noon, "seconds": r.choice([0, 600])}],
        "queue_per": r.choice(["visit", "case"]),
    }  # fmt: skip


def _runner(r: random.Random, k: int) -> dict[str, Any]:
    since = r.randint(8, 10) * HOUR
    return {
        "id": f"r{k}", "home": r.choice(["p0", "p5"]), "shifts": [[since, since + r.choice([2, 4, 8]) * HOUR]],
        "capacity": {"folders": r.choice([1, 2, 5])}, "mode": r.choice(["walk", "bicycle"]),
    }  # fmt: skip


def _errand(r: random.Random, k: int, most: int, *, within: bool) -> dict[str, Any]:
    steps: list[dict[str, Any]] = []
    for number in range(r.randint(1, most)):
        step: dict[str, Any] = {"seconds": r.choice([0, 300, 900])}
        step |= {"counter": f"c{r.randint(0, 2)}"} if r.random() < 0.6 else {"place": f"p{r.randint(1, 5)}"}
        if "place" in step and r.random() < 0.3:
            step["windows"] = [[9 * HOUR, 11 * HOUR], [14 * HOUR, 16 * HOUR]]
        if number and r.random() < 0.4:
            step["after"] = r.choice([600, 3600])
        if number and within and r.random() < 0.5:
            step["within"] = step.get("after", 0) + r.choice([600, 3600])
        steps.append(step)
    if len(steps) > 1:
        steps[0]["load"], steps[-1]["load"] = {"folders": 1}, {"folders": -1}
    return {"id": f"e{k}", "steps": steps, "priority": r.choice([1, 2])}


def leave(found: Problem, step: Any, arrive: int, *, direct: bool) -> int | None:
    """Return the earliest departure of who arrives then and may wait for a shorter queue, second by second pieces."""
    if step.counter is None:
        starts = [max(arrive, a) for a, b in step.windows or [(0, 10**9)] if max(arrive, a) <= b]
        return min(starts) + step.seconds if starts else None
    counter = next(one for one in found.counters if one.id == step.counter)
    best = None
    cuts = {
        arrive,
        *(a for a, _ in counter.hours),
        *(q.since for q in counter.queue),
        *(q.until for q in counter.queue),
    }
    for start in cuts | {a for a, _ in step.windows or []}:
        for since, until in counter.hours:
            if not (arrive <= start and since <= start < until):
                continue
            if step.windows is not None and not any(a <= start <= b for a, b in step.windows):
                continue
            waits = sum(q.seconds for q in counter.queue if q.since <= start < q.until)
            if direct and counter.queue_per == "visit":
                waits = 0
            done = start + waits + step.seconds
            if done <= until and (best is None or done < best):
                best = done
    return best


def tour_cost(found: Problem, runner: int, order: list[tuple[int, int]]) -> int | None:
    """Return what one tour costs, None where it cannot be done."""
    if not order:
        return 0
    seconds, metres = matrices(found)
    one, index = found.runners[runner], {place.id: k for k, place in enumerate(found.places)}
    mode, (since, until) = found.mode_of(one), one.shifts[0]
    at, now, cost, counter, load = index[one.home], since, found.weights.tour, None, 0
    left: dict[tuple[int, int], int] = {}
    for e, s in order:
        step = found.errands[e].steps[s]
        to = index[found.where(step)]
        now, cost = now + int(seconds[mode, at, to]), cost + _leg(found, seconds[mode, at, to], metres[mode, at, to])
        if s:
            now = max(now, left[e, s - 1] + step.after)
        done = leave(found, step, now, direct=step.counter is not None and step.counter == counter)
        load += step.load.get("folders", 0)
        if done is None or load > one.capacity["folders"]:
            return None
        now = left[e, s] = done
        at, counter = to, step.counter
    home = index[one.home]
    now, cost = now + int(seconds[mode, at, home]), cost + _leg(found, seconds[mode, at, home], metres[mode, at, home])
    return None if now > until else cost + found.weights.out * (now - since)


def _leg(found: Problem, seconds: int, metres: int) -> int:
    return found.weights.travel * int(seconds) + (found.weights.kilometre * int(metres) + 500) // 1000


def best_cost(found: Problem) -> int:
    """Return the least cost there is, by trying every order in every share-out."""
    costs = [_costs_of(found, r) for r in range(len(found.runners))]
    best = None
    for who in itertools.product(range(-1, len(found.runners)), repeat=len(found.errands)):
        sets = [frozenset(e for e, r in enumerate(who) if r == runner) for runner in range(len(found.runners))]
        parts = [costs[r].get(one) for r, one in enumerate(sets)]
        if any(part is None for part in parts):
            continue
        undone = sum(found.weights.undone * found.errands[e].priority for e, r in enumerate(who) if r < 0)
        total = sum(part for part in parts if part is not None) + undone
        best = total if best is None else min(best, total)
    assert best is not None
    return best


def _costs_of(found: Problem, runner: int) -> dict[frozenset[int], int]:
    mine = [
        e for e, errand in enumerate(found.errands)
        if errand.runners is None or found.runners[runner].id in errand.runners
    ]  # fmt: skip
    costs: dict[frozenset[int], int] = {frozenset(): 0}
    for size in range(1, len(mine) + 1):
        for some in itertools.combinations(mine, size):
            prices = [tour_cost(found, runner, order) for order in orders(found, some)]
            fine = [price for price in prices if price is not None]
            if fine:
                costs[frozenset(some)] = min(fine)
    return costs


def orders(found: Problem, some: tuple[int, ...]) -> list[list[tuple[int, int]]]:
    """Return every order of the steps of some errands that keeps the order inside each."""
    word = [e for e in some for _ in found.errands[e].steps]
    result = []
    for shuffled in sorted(set(itertools.permutations(word))):
        counts = dict.fromkeys(some, 0)
        order = []
        for e in shuffled:
            order.append((e, counts[e]))
            counts[e] += 1
        result.append(order)
    return result
