"""The trips ledger: trips an applicant would have made alone, by stated rules, against trips made.

1. Each counter to be seen is one trip; steps at one counter that follow each other are one visit.
2. A wait between two steps of more than `same_visit` is another trip, also at the same counter: nobody waits there.
3. Each time papers came back because something was missing is one more trip.
4. Steps at the applicant's own place, fetching and bringing back, are no trips: alone, there is nobody to hand over to.
What is made: the tours of runners, and the trips of applicants who brought their papers; an errand left undone saves
nothing: all of its trips remain the applicant's.
"""

from __future__ import annotations

from collections.abc import Collection

from paotui.planning.errands.plan import Text, Trips, TripsOf
from paotui.planning.errands.problem import Errand, Problem


def trips_of(problem: Problem, undone: Collection[str], tours: int) -> Trips:
    """Return the ledger of a plan: `undone` by id, `tours` driven."""
    errands = [_of(problem, errand, errand.id in undone) for errand in problem.errands]
    alone, still = sum(one.alone for one in errands), sum(one.still for one in errands)
    return Trips(alone=alone, still=still, tours=tours, saved=alone - still - tours, errands=errands)


def alone(problem: Problem, errand: Errand) -> tuple[int, int, int]:
    """Return trips for counters, trips for waiting, trips for gaps, if the applicant went alone."""
    counters = waits = 0
    before: str | None = None
    passed = 0
    for step in errand.steps:
        passed += step.after
        if step.counter is None:
            continue
        if step.counter != before:
            counters += 1
        elif passed > problem.same_visit:
            waits += 1
        before, passed = step.counter, 0
    return counters, waits, errand.gaps


def _of(problem: Problem, errand: Errand, undone: bool) -> TripsOf:
    counters, waits, gaps = alone(problem, errand)
    rules = [Text(zh=f"柜台 {counters} 趟", en=f"{counters} to counters")]
    if waits:
        rules.append(Text(zh=f"等候后再去 {waits} 趟", en=f"{waits} more after waiting"))
    if gaps:
        rules.append(Text(zh=f"补正材料 {gaps} 趟", en=f"{gaps} more for papers that came back"))
    whole = counters + waits + gaps
    return TripsOf(errand=errand.id, alone=whole, still=whole if undone else errand.brought, rules=rules)
