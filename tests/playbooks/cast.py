"""The fixed cast of these tests: three small playbooks, a launch, a few targets."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

from paotui.playbooks.loader import Loaded, load
from paotui.playbooks.plan import Launch, RosterTarget
from paotui.worktime import ZONE, official

HERE = Path(__file__).parent
CALENDAR = official()


def clock(text: str) -> dt.datetime:
    """Return "2020-06-01 09:00" as a moment in Asia/Shanghai."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZONE)


LAUNCH = Launch(
    at=clock("2020-06-01 09:00"),
    period_start=dt.date(2020, 6, 1),
    period_end=dt.date(2020, 7, 31),
    members={
        "lead": ("lead",),
        "health": ("health",),
        "market": ("market",),
        "centre": ("centre",),
        "facilities": ("facilities",),
    },
)


@cache
def loaded(name: str) -> Loaded:
    """Return the test playbook called `name`: reopening, exam or study."""
    return load((HERE / f"{name}.yaml").read_text("utf-8"), name=f"{name}.yaml")


def school(key: str = "s1", *, boarding: bool | None = None, street: str = "north") -> RosterTarget:
    facts = {"students": 40, "street": street, "boarding": boarding}
    return RosterTarget(key, f"学校{key}", facts, organisation=f"org-{key}")


def site(key: str = "p1", *, inspected_on: dt.date | None = dt.date(2020, 7, 4)) -> RosterTarget:
    return RosterTarget(key, f"考点{key}", {"candidates": 900, "inspected_on": inspected_on})
