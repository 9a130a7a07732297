"""A route as the kernel tells it, row by row, and what bounds the time of each row while their order stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from paotui.planning.routes.problem import Window
from paotui.planning.routes.rich.engine import BREAK, STATION, STOP
from paotui.planning.routes.rich.hours import union
from paotui.planning.routes.rich.lowering import ALWAYS, Lowered

Rows = NDArray[np.int32]


class Thing(NamedTuple):
    """A stop, a station or a break: row (vehicle, kind, number, arrival, start, end), and the seconds of way before it.

    `ahead`: those still to be driven when the thing before it is done; 0 behind a break taken on the spot, which has
    them itself (`there`).
    """

    row: list[int]
    way: int
    ahead: int
    there: bool
    release: int

    @property
    def kind(self) -> int:
        return self.row[1]

    @property
    def seconds(self) -> int:
        return self.row[5] - self.row[4]


class Drive:
    """Rows of one vehicle: first the whole, from leaving to coming back, then each thing.

    `gaps`: seconds from the start of a thing to the start of the next at least; one more than things, the first from
    leaving, the last to coming back. `windows`: first and last second each may start in. `ends`: the same of leaving
    and of coming back. `slope`: what a second more costs, overtime apart. `longest`, `regular` (seconds), `latest`:
    what the whole may take, and what is no overtime.
    """

    def __init__(self, lowered: Lowered, rows: Rows) -> None:
        self.rows, self._lowered, self._vehicle = rows, lowered, int(rows[0, 0])
        self.per_second, self.overtime_per_second = self._of("per_second"), self._of("overtime_per_second")
        self._balance = lowered.rates["balance"]
        self.slope = self.per_second + 2 * self._balance * float(rows[0, 5] - rows[0, 4])
        self.longest, self.regular, self.latest = self._of("max_duration"), self._of("regular"), self._of("latest")
        self._things = [*self._read()]
        self.stops = [one.row[2] if one.kind == STOP else -1 for one in self._things]
        self.windows = [self._window(one) for one in self._things]
        done = [0, *(one.seconds for one in self._things)]
        ahead = [*(one.ahead for one in self._things), self._home()]
        self.gaps = [seconds + way for seconds, way in zip(done, ahead, strict=True)]
        self.ends = self._ends()

    def price(self, rows: Rows) -> float:
        """Yuan for the time the whole takes."""
        begin, end = rows[0, 4:6].tolist()
        over = max(0.0, end - begin - self.regular, end - self.latest)
        return (self.per_second + self._balance * (end - begin)) * (end - begin) + self.overtime_per_second * over

    def at(self, seconds: NDArray[np.int64]) -> Rows:
        """Its rows when it leaves, does things and comes back at these seconds."""
        rows = self.rows.copy()
        rows[0, 3:6] = seconds[0], seconds[0], seconds[-1]
        leaves = int(seconds[0])
        for row, one, start in zip(rows[1:], self._things, seconds[1:-1].tolist(), strict=True):
            arrival = start if one.kind == BREAK else max(leaves, one.release) + one.way
            row[3:6] = arrival, start, start + one.seconds
            leaves = leaves if one.there else start + one.seconds
        return rows

    def _of(self, name: str) -> float:
        return float(self._lowered.arrays[name][self._vehicle])

    def _read(self) -> Iterator[Thing]:
        rows, base, at, driven = self.rows[1:].tolist(), True, int(self._of("start")), False
        for place, row in enumerate(rows):
            if row[1] == BREAK:
                there = next((one for one in rows[place:] if one[1] != BREAK and one[3] <= row[4]), None)
                way = self._way(at, there) if there and not driven else 0
                yield Thing(row, 0, way, there is not None, 0)
                driven = driven or there is not None
                continue
            way = self._way(at, row)
            yield Thing(row, way, 0 if driven else way, False, self._release(rows[place:]) if base else 0)
            at, driven, base = self._location(row), False, row[1] == STATION

    def _location(self, row: list[int]) -> int:
        return int(self._lowered.arrays["loc"][row[2] + len(self._lowered.expansion.stops) * (row[1] == STATION)])

    def _way(self, at: int, row: list[int]) -> int:
        return int(self._table[at, self._location(row)])

    def _home(self) -> int:
        places = [one.row for one in self._things if one.kind != BREAK]
        at = self._location(places[-1]) if places else int(self._of("start"))
        end = int(self._of("end"))
        return int(self._table[at, end]) if end >= 0 else 0

    @property
    def _table(self) -> NDArray[np.int32]:
        return self._lowered.matrices[int(self._of("profile"))][1]

    def _release(self, rows: list[list[int]]) -> int:
        """When the trip that begins with these rows may leave its base."""
        latest = 0
        for row in rows:
            if row[1] == STATION:
                break
            if row[1] == STOP:
                latest = max(latest, int(self._lowered.arrays["release"][row[2]]))
        return latest

    def _window(self, thing: Thing) -> Window:
        _, kind, number, _, start, _ = thing.row
        if kind == BREAK:
            place = int(self._lowered.arrays["break_at"][self._vehicle]) + number
            first, last, _ = self._lowered.arrays["breaks"].reshape(-1, 3)[place].tolist()
            return first, last
        openings = self._lowered.openings[number] if kind == STOP else self._station(number)
        first, last = next((one for one in openings if one[0] <= start <= one[1]), (start, start))
        return max(first, thing.release + thing.way if thing.release else 0), min(last, ALWAYS)

    def _station(self, number: int) -> list[Window]:
        return union(self._lowered.expansion.problem.stations[number].windows)

    def _ends(self) -> tuple[Window, Window]:
        """Within the shift; a rest that is not owed stays so."""
        begin, closing = int(self.rows[0, 4]), int(self.latest + self._of("overtime"))
        leaving, back = int(self._of("earliest")), closing
        taken = {one.row[2] for one in self._things if one.kind == BREAK}
        first, last = self._lowered.arrays["break_at"][self._vehicle : self._vehicle + 2].tolist()
        rests = self._lowered.arrays["breaks"].reshape(-1, 3)[first:last].tolist()
        for earliest, latest, _ in (rest for number, rest in enumerate(rests) if number not in taken):
            if begin >= earliest:
                leaving = max(leaving, earliest)
            else:
                back = min(back, latest)
        return (leaving, closing), (0, back)
