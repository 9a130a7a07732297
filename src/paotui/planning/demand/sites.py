"""Exam sites, papers, road sections and toilets as the demand model sees them; limits refuse what cannot be."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from paotui.planning import reading
from paotui.planning.reading import Model

Id = Annotated[str, Field(min_length=1, max_length=80)]
Seconds = Annotated[int, Field(ge=0, le=10_000_000)]
MOST_CANDIDATES = 20_000
"""More than any site has ever held: a number above it is a slip of the pen."""


class Site(Model):
    """An exam site with the containers that stand at its gates; `candidates` per paper."""

    id: Id
    candidates: Annotated[int, Field(ge=1, le=MOST_CANDIDATES)]
    rooms: Annotated[int, Field(ge=1, le=2_000)]
    isolation_rooms: Annotated[int, Field(ge=0, le=200)] = 0
    containers: Annotated[int, Field(ge=1, le=500)] = 4
    container_litres: Annotated[float, Field(gt=0, le=2_000, allow_inf_nan=False)] = 120.0


class Paper(Model):
    """One paper (a session of the exam), seconds after midnight of the first day."""

    id: Id
    starts: Seconds
    ends: Seconds

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Paper:
        if self.ends <= self.starts:
            raise reading.refusal(
                zh="考试结束不晚于开始。请对调。", en="the paper ends before it starts. Swap the two times."
            )
        return self


RoadClass = Literal["alley", "street", "avenue"]


class Section(Model):
    """A road section to be swept, emptied, flushed and sprinkled; `length` in metres."""

    id: Id
    length: Annotated[float, Field(gt=0, le=100_000, allow_inf_nan=False)]
    road_class: RoadClass = "street"


class Toilet(Model):
    """A public toilet; `companions` are the people around it during one paper, `area` in m²."""

    id: Id
    companions: Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)]
    all_day: bool = False
    area: Annotated[float, Field(gt=0, le=10_000, allow_inf_nan=False)] = 60.0


class Sites(Model):
    """What a demand question is asked about."""

    sites: list[Site] = []
    papers: list[Paper] = []
    sections: list[Section] = []
    toilets: list[Toilet] = []


def read_sites(data: Any) -> Sites:
    """Return sites from JSON text or plain data; raises ProblemError, every fault with its path."""
    return reading.read(Sites, data) if isinstance(data, (str, bytes)) else reading.validate(Sites, data)
