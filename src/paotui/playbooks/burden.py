"""Burden: what a playbook asks of people, in fields and minutes by role, before it is launched.

A time costs the doing (`minutes` of the measure) and the filling in (`seconds` of each field, or the default of its
type below: what a practised clerk needs on a telephone, measured by nobody and therefore a parameter of the playbook).
Those acting together spend the doing but fill in nothing; a reviewer spends REVIEW_SECONDS on each record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

from paotui.playbooks.schema import Field, Measure, Playbook

SECONDS: dict[str, int] = {
    "text": 30, "integer": 8, "decimal": 10, "money": 12, "boolean": 4, "date": 8, "time": 8, "datetime": 12,
    "choice": 6, "organisation": 10, "person": 10, "place": 10,
}  # fmt: skip
EVIDENCE_SECONDS: dict[str, int] = {"photo": 30, "position": 10, "document": 60, "signature": 20}
REVIEW_SECONDS = 60

Part = Literal["does", "takes_part", "reviews"]
Counts = Mapping[tuple[str, str], int]
"""(measure, role) -> times"""


class BurdenLine(NamedTuple):
    """What one measure costs one role; `seconds_per` is filling in, `minutes_per` doing, `minutes_total` both."""

    role: str
    measure: str
    times: int
    fields: int
    seconds_per: int
    minutes_total: Decimal
    minutes_per: int
    part: Part


def burden(playbook: Playbook, planned_counts: Mapping[str, int]) -> list[BurdenLine]:
    """Return the burden of so many work orders by measure id, in the order of the playbook.

    Measures done by each of several roles are shared out evenly among them; `burden_of` takes the exact shares.
    """
    does: Counter[tuple[str, str]] = Counter()
    takes_part: Counter[tuple[str, str]] = Counter()
    for measure in playbook.measures:
        times = planned_counts.get(measure.id, 0)
        if measure.mode == "together":
            does[measure.id, measure.roles[0]] += times
            takes_part.update({(measure.id, role): times for role in measure.roles[1:]})
            continue
        share, rest = divmod(times, len(measure.roles))
        does.update({(measure.id, role): share + (place < rest) for place, role in enumerate(measure.roles)})
    return burden_of(playbook, does, takes_part)


def burden_of(playbook: Playbook, does: Counts, takes_part: Counts) -> list[BurdenLine]:
    """Return the burden of so many times a role does a measure, and takes part in it."""
    found: list[BurdenLine] = []
    for measure in playbook.measures:
        fields, filling = len(measure.record) + len(measure.evidence), seconds_of(measure)
        roles = dict.fromkeys(measure.roles)
        for role in roles:
            found += _line(role, measure, does.get((measure.id, role), 0), fields, filling, measure.minutes, "does")
        for role in roles:
            found += _line(role, measure, takes_part.get((measure.id, role), 0), 0, 0, measure.minutes, "takes_part")
        if measure.review:
            done = sum(does.get((measure.id, role), 0) for role in roles)
            found += _line(measure.review, measure, done, 0, REVIEW_SECONDS, 0, "reviews")
    return found


def by_role(lines: Iterable[BurdenLine]) -> dict[str, Decimal]:
    """Return the minutes of every role, in the order they come."""
    totals: dict[str, Decimal] = {}
    for line in lines:
        totals[line.role] = totals.get(line.role, Decimal(0)) + line.minutes_total
    return totals


def seconds_of(measure: Measure) -> int:
    """Return the seconds it takes to fill in the record of a measure once, with its required evidence."""
    evidence = sum(EVIDENCE_SECONDS[one.kind] for one in measure.evidence if one.required)
    return sum(field_seconds(field) for field in measure.record) + evidence


def field_seconds(field: Field) -> int:
    return SECONDS[field.type] if field.seconds is None else field.seconds


def _line(
    role: str, measure: Measure, times: int, fields: int, seconds: int, minutes: int, part: Part
) -> list[BurdenLine]:
    if not times:
        return []
    total = (Decimal(times) * (minutes * 60 + seconds) / 60).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return [BurdenLine(role, measure.id, times, fields, seconds, total, minutes, part)]
