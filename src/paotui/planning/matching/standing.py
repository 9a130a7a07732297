"""A market that stands: kept alive in the kernel, where changes are matched anew by what they touch."""

from __future__ import annotations

import ctypes
import weakref
from collections.abc import Callable

import numpy as np

from paotui.planning import kernel
from paotui.planning.matching.engine import TELL, at
from paotui.planning.matching.tables import Array, Tables


class Standing:
    """Prices a seat [vacancies]; rents, place (row of the vacancy, −1: none) and worth of it [people].

    `proven`: the prices prove the placements best over all admissible pairs. `listed`: pairs looked at.
    """

    def __init__(self, tables: Tables, each: int, price: Array | None = None, place: Array | None = None) -> None:
        self._tables, self._kernel = tables, kernel.load("matching")
        c_tables, c_weights = tables.c_tables(), tables.c_weights()
        self._kernel.standing_open.restype = ctypes.c_void_p
        self._market = ctypes.c_void_p(self._kernel.standing_open(
            ctypes.byref(c_tables), ctypes.byref(c_weights), ctypes.c_int32(each), at(price), at(place)
        ))  # fmt: skip
        weakref.finalize(self, self._kernel.standing_close, self._market)
        self.iterations, self.listed, self.stopped, self.proven = 0, 0, False, False
        self.price: Array = np.zeros(0, np.int64)
        self.rent = self.place = self.worth = self.price

    def settle(self, rounds: int, stop: Callable[[int], bool] | None = None) -> None:
        """Match until proven or stopped; `stop` is asked every 1024 iterations and told how many there were."""
        before, proven = self.iterations, ctypes.c_int32()
        tell = TELL(lambda done, _: bool(stop and stop(before + done)))
        self._kernel.standing_settle.restype = ctypes.c_int64
        done = self._kernel.standing_settle(self._market, ctypes.c_int32(rounds), tell, ctypes.byref(proven))
        self.iterations, self.stopped, self.proven = before + abs(done), done < 0, bool(proven.value)
        self._read()

    def change(self, who: Array, which: Array) -> None:
        """Take up new rows `who` of people and `which` of vacancies, and whatever seats the tables hold now."""
        who, which = np.ascontiguousarray(who, np.int32), np.ascontiguousarray(which, np.int32)
        c_tables = self._tables.c_tables()
        self._kernel.standing_change(
            self._market, ctypes.byref(c_tables), at(who), ctypes.c_int32(len(who)), at(which),
            ctypes.c_int32(len(which)),
        )  # fmt: skip

    def _read(self) -> None:
        people, vacancies = self._tables.people, self._tables.counts["vacancies"]
        self.price, self.rent = np.empty(vacancies, np.int64), np.empty(people, np.int64)
        self.place, self.worth = np.empty(people, np.int32), np.empty(people, np.int64)
        self._kernel.standing_read.restype = ctypes.c_int64
        self.listed = self._kernel.standing_read(
            self._market, at(self.price), at(self.rent), at(self.place), at(self.worth)
        )
