"""The problem as arrays for the kernel: one row a person, one row a vacancy, words as bits."""

from __future__ import annotations

import ctypes
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from paotui.planning.matching.problem import MatchingProblem, Person, Vacancy, Weights
from paotui.planning.plane import Plane, Point

Array = NDArray[Any]
NOWHERE = np.iinfo(np.int32).min
ALWAYS = np.iinfo(np.int32).max
PEOPLE = ("x", "y", "farthest", "wage", "available", "skills", "shifts", "refused",
          "occupation_start", "occupation", "base", "wish_start", "wish", "excluded_start", "excluded")  # fmt: skip
LISTS_OF_PEOPLE = ("occupation", "wish", "excluded")
PLAIN_OF_PEOPLE = (*PEOPLE[:8], "base")
VACANCIES = ("to_x", "to_y", "offered", "begins", "of", "seats", "required", "welcome", "shift", "conditions")
COUNTS = ("people", "vacancies", "occupations", "skill_words", "condition_words")
WEIGHTS = ("preference", "wage", "wage_most", "distance", "welcome", "wish")


class CTables(ctypes.Structure):
    _fields_ = [(name, ctypes.c_int32) for name in COUNTS] + [(name, ctypes.c_void_p) for name in (*PEOPLE, *VACANCIES)]


class CWeights(ctypes.Structure):
    _fields_ = [(name, ctypes.c_int64) for name in WEIGHTS]


@dataclass(slots=True)
class Tables:
    """Columns by the names of the kernel's `Tables` (kernel/matching/candidates.hpp); keeps the arrays alive."""

    counts: dict[str, int]
    columns: dict[str, Array]
    words: Words
    weights: Weights

    def c_tables(self) -> CTables:
        pointers = {name: column.ctypes.data for name, column in self.columns.items()}
        return CTables(**self.counts, **self.words.counts(), **pointers)

    def widen(self) -> None:
        """Make masks as wide as the words known by now."""
        for name in ("required", "welcome", "skills"):
            self.columns[name] = self.words.skills.widen(self.columns[name])
        for name in ("conditions", "refused"):
            self.columns[name] = self.words.conditions.widen(self.columns[name])

    def put_people(self, rows: Array, people: Sequence[Person], setting: Setting) -> None:
        """Put people into rows (ascending), those that are there and new ones behind them."""
        columns = people_columns(people, self.words, setting)
        self.widen()
        self._lengthen("people", PLAIN_OF_PEOPLE, rows)
        for name in LISTS_OF_PEOPLE:
            begins = self.columns[f"{name}_start"]
            more = np.full(self.people + 1 - len(begins), begins[-1])
            self.columns[f"{name}_start"] = np.concatenate([begins, more])
        for name in ("occupation", "wish"):
            start = f"{name}_start"
            self.columns[start], self.columns[name] = spliced(
                self.columns[start], self.columns[name], rows, columns.pop(start), columns.pop(name)
            )
        self._write(rows, columns)

    def put_vacancies(self, rows: Array, vacancies: Sequence[Vacancy], setting: Setting) -> None:
        """Put vacancies into rows, those that are there and new ones behind them."""
        columns = vacancy_columns(vacancies, self.words, setting)
        self.widen()
        self._lengthen("vacancies", VACANCIES, rows)
        self._write(rows, columns)

    def _lengthen(self, kind: str, names: Sequence[str], rows: Array) -> None:
        more = int(rows.max(initial=-1)) + 1 - self.counts[kind]
        if more > 0:
            self.counts[kind] += more
            for name in names:
                column = self.columns[name]
                self.columns[name] = np.concatenate([column, np.zeros((more, *column.shape[1:]), column.dtype)])

    def _write(self, rows: Array, columns: dict[str, Array]) -> None:
        for name, column in columns.items():
            wide = self.columns[name]
            if wide.ndim == 2:
                column = np.pad(column, ((0, 0), (0, wide.shape[1] - column.shape[1])))
            wide[rows] = column

    def c_weights(self) -> CWeights:
        return CWeights(**{name: getattr(self.weights, name) for name in WEIGHTS})

    @property
    def people(self) -> int:
        return self.counts["people"]

    @property
    def seats(self) -> Array:
        return self.columns["seats"]


@dataclass(frozen=True, slots=True)
class Setting:
    """What rows are made with: the plane of distances, the day, the weights, the row of each vacancy."""

    plane: Plane
    on: dt.date
    weights: Weights
    vacancy_row: dict[str, int]


def setting_of(problem: MatchingProblem) -> Setting:
    return Setting(problem.plane, problem.on, problem.weights, dict(problem.vacancy_of))


def tabulate(problem: MatchingProblem, setting: Setting | None = None) -> Tables:
    """Return the problem as arrays; it has been read, so nothing in it can be refused here."""
    words, setting = Words(), setting or setting_of(problem)
    columns = {**vacancy_columns(problem.vacancies, words, setting), **people_columns(problem.people, words, setting)}
    columns["excluded_start"], columns["excluded"] = lists(_excluded(problem))
    counts = {"people": len(problem.people), "vacancies": len(problem.vacancies)}
    tables = Tables(counts, columns, words, problem.weights)
    tables.widen()
    return tables


def vacancy_columns(vacancies: Sequence[Vacancy], words: Words, setting: Setting) -> dict[str, Array]:
    """Return one row a vacancy."""
    columns = {
        "of": _int32(words.occupations.number(one.occupation) for one in vacancies),
        "seats": _int32(one.seats for one in vacancies),
        "offered": _int32(one.wage for one in vacancies),
        "begins": _int32(one.start.toordinal() if one.start else ALWAYS for one in vacancies),
        "required": words.skills.masks([one.skills for one in vacancies]),
        "welcome": words.skills.masks([one.welcome for one in vacancies]),
        "conditions": words.conditions.masks([one.conditions for one in vacancies]),
        "shift": words.shifts.masks([(one.shift,) if one.shift else () for one in vacancies], none=True),
    }
    columns["to_x"], columns["to_y"] = _places(setting.plane, [one.at for one in vacancies])
    return columns


def people_columns(people: Sequence[Person], words: Words, setting: Setting) -> dict[str, Array]:
    """Return one row a person, without exclusions."""
    columns = {
        "wage": _int32(one.wage for one in people),
        "farthest": _int32(ALWAYS if one.farthest is None else one.farthest for one in people),
        "available": _int32(one.available.toordinal() if one.available else 0 for one in people),
        "base": _base(people, setting),
        "skills": words.skills.masks([one.skills for one in people]),
        "refused": words.conditions.masks([one.refuses for one in people]),
        "shifts": words.shifts.masks([one.shifts for one in people], none=True),
    }
    columns["x"], columns["y"] = _places(setting.plane, [one.at for one in people])
    columns["occupation_start"], columns["occupation"] = lists(
        [words.occupations.number(word) for word in one.occupations] for one in people
    )
    columns["wish_start"], columns["wish"] = lists([setting.vacancy_row[wish] for wish in one.wishes] for one in people)
    return columns


class Bits:
    """Words numbered as they come; a mask is as many 64-bit words as they need."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}

    def number(self, word: str) -> int:
        return self.known.setdefault(word, len(self.known))

    @property
    def words(self) -> int:
        return max(1, -(-len(self.known) // 64))

    def masks(self, rows: Sequence[tuple[str, ...]], *, none: bool = False) -> Array:
        """Return masks [rows, words]; with `none`, a row without words has every bit set."""
        kinds: dict[tuple[str, ...], int] = {}  # few sets of words differ
        which = np.fromiter((kinds.setdefault(row, len(kinds)) for row in rows), np.int64, len(rows))
        sets = [sum(1 << self.number(word) for word in {*row}) for row in kinds]
        masks = np.zeros((len(kinds), self.words), np.uint64)
        for kind, bits in enumerate(sets):
            masks[kind] = [bits >> 64 * k & 0xFFFF_FFFF_FFFF_FFFF for k in range(self.words)]
            if none and not bits:
                masks[kind] = ~np.uint64(0)
        return masks[which]

    def widen(self, masks: Array) -> Array:
        """Return masks made before later words were known, as wide as now."""
        if masks.shape[1] == self.words:
            return masks
        return np.ascontiguousarray(np.pad(masks, ((0, 0), (0, self.words - masks.shape[1]))))


class Words:
    """The words a problem uses."""

    def __init__(self) -> None:
        self.skills, self.conditions, self.shifts, self.occupations = Bits(), Bits(), Bits(), Bits()

    def counts(self) -> dict[str, int]:
        return {
            "occupations": len(self.occupations.known),
            "skill_words": self.skills.words,
            "condition_words": self.conditions.words,
        }


def lists(rows: Iterable[list[int]]) -> tuple[Array, Array]:
    """Return where each row starts [rows + 1], and all rows one behind the other (never empty: one spare)."""
    lengths, numbers = [0], []
    for row in rows:
        lengths.append(len(row))
        numbers += row
    return np.cumsum(lengths, dtype=np.int64), np.array(numbers or [0], np.int32)


def spliced(start: Array, data: Array, rows: Array, new_start: Array, new: Array) -> tuple[Array, Array]:
    """Return rows of different lengths with `rows` (ascending) replaced by the new ones."""
    lengths = np.diff(start)
    old = np.ones(start[-1], bool)
    old[np.repeat(start[:-1][rows], lengths[rows]) + ramp(lengths[rows])] = False
    kept = lengths.copy()
    kept[rows] = 0
    at = np.repeat(np.cumsum(kept)[rows], np.diff(new_start))
    made = np.insert(data[: start[-1]][old], at, new[: new_start[-1]])
    kept[rows] = np.diff(new_start)
    return np.concatenate([[0], np.cumsum(kept)]), made if len(made) else np.zeros(1, data.dtype)


def ramp(lengths: Array) -> Array:
    """Return 0 … length − 1 for each length, one behind the other."""
    ends = np.cumsum(lengths)
    return np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - lengths, lengths)


def _base(people: Sequence[Person], setting: Setting) -> Array:
    weights, today = setting.weights, setting.on.toordinal()
    since = np.fromiter((one.waiting_since.toordinal() if one.waiting_since else today for one in people), np.int64)
    months = np.minimum(np.maximum(today - since, 0) // 30, weights.waiting_most)
    return weights.placed + weights.waiting * months


def _places(plane: Plane, points: Sequence[Point | None]) -> tuple[Array, Array]:
    known = np.array([point is not None for point in points], bool)
    degrees = np.fromiter((part for point in points if point for part in (point.lon, point.lat)), float).reshape(-1, 2)
    x, y = np.full(len(points), NOWHERE, np.int32), np.zeros(len(points), np.int32)
    x[known], y[known] = plane.spots(degrees)
    return x, y


def _excluded(problem: MatchingProblem) -> list[list[int]]:
    rows: list[list[int]] = [[] for _ in problem.people]
    for one in problem.excluded:
        rows[problem.person_of[one.person]].append(problem.vacancy_of[one.vacancy])
    return rows


def _int32(numbers: Iterable[int]) -> Array:
    return np.fromiter(numbers, np.int32)
