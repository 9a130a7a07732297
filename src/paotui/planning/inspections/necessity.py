"""Whether other appointments have to move: proves that a site has no start while they stand.

Standing visits keep their starts; who attends them is free. What one department sends on one day then splits into
chains, one a person: visit to visit wherever there is time for the way. The fewest chains are the visits to fill less a
maximum matching of successors (Fulkerson 1956). If at every start of the site some department would need more chains
than it has people on duty, no plan keeps everybody else's appointment: the relaxation forgets qualifications, limits,
calendars within the day, and every other site that may move, all of which only make it harder.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_bipartite_matching

from paotui.planning.inspections.arrays import Arrays
from paotui.planning.inspections.problem import DAY

Bools = npt.NDArray[np.bool_]


def has_no_start(made: Arrays, standing: dict[int, int], site: int) -> bool:
    """True when the site certainly has no start while every visit in `standing` (site: start) keeps its own."""
    days = {option.day for option in made.options[site]}
    return not any(_Day(made, standing, site, day).has_a_start() for day in sorted(days))


class _Day:
    """One day with its standing visits; `fewest` counts chains of a department with the site put in at a start."""

    def __init__(self, made: Arrays, standing: dict[int, int], site: int, day: int) -> None:
        self.made, self.site, self.day = made, site, day
        self.starts = {other: start for other, start in standing.items() if start // DAY == day and other != site}
        self.people: dict[str, set[int]] = defaultdict(set)
        for route in made.routes:
            if route.day == day:
                self.people[made.problem.inspectors[route.person].department].add(route.person)

    def has_a_start(self) -> bool:
        """Whether at some start every department can do with its people, as far as the relaxation sees."""
        needed = sorted({slot.department for slot in self.made.slots[self.site]})
        spare = {one: len(self.people[one]) - self._fewest(one, None) for one in needed}
        sent = {one: sum(slot.department == one for slot in self.made.slots[self.site]) for one in needed}
        tight = [one for one in needed if spare[one] < sent[one]]
        return any(all(self._fewest(one, at) <= len(self.people[one]) for one in tight) for at in self._candidates())

    def _candidates(self) -> Iterator[int]:
        """Starts that stand for all: any other can be moved forward to one of them."""
        made = self.made
        after = {
            start + slot.stay + int(made.times[other, self.site])
            for other, start in self.starts.items()
            for slot in made.slots[other]
        }
        for option in made.options[self.site]:
            if option.day == self.day:
                yield from sorted({option.low, *(one for one in after if option.low <= one <= option.high)})

    def _fewest(self, department: str, at: int | None) -> int:
        """The fewest people of the department that make all its visits of the day."""
        starts = self.starts if at is None else self.starts | {self.site: at}
        visits = [
            (other, start, start + slot.stay)
            for other, start in sorted(starts.items())
            for slot in self.made.slots[other]
            if slot.department == department
        ]
        if not visits:
            return 0
        where, begin, end = np.array(visits).T
        follows: Bools = end[:, None] + self.made.times[np.ix_(where, where)] <= begin[None, :]
        matched = maximum_bipartite_matching(csr_matrix(follows), perm_type="column")
        return len(visits) - int((matched >= 0).sum())
