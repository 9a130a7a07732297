"""A day simulated many times: how likely each container overflows before it is emptied, and how many are enough.

Every unverified parameter is drawn from its range once a run, so that what nobody knows shows in the risk. The same
seed gives the same answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from paotui.planning.demand.masks import Collection, collections
from paotui.planning.demand.parameters import Estimate, Parameter, Parameters
from paotui.planning.demand.sites import Paper, Site
from paotui.planning.faults import ProblemError, fault

Array = NDArray[np.float64]
MOST_RUNS = 1_000_000
MOST_CONTAINERS = 500


@dataclass(frozen=True, slots=True)
class Risk:
    """Share of simulated days on which something overflowed, and the litres of a paper those days brought."""

    any: Estimate
    containers: tuple[float, ...]
    """For each container of the site."""
    litres: tuple[float, float, float]
    """5 %, 50 % and 95 % of the simulated litres of a paper."""


def overflow_risk(
    site: Site, papers: Sequence[Paper], p: Parameters, rng: np.random.Generator, runs: int = 2_000,
    visits: Sequence[Sequence[Collection]] | None = None,
) -> Risk:  # fmt: skip
    """Return the risk when every visit is made at a random moment of its window.

    `visits` by paper; those of `masks.collections` when left out. Raises ProblemError for runs that are none.
    """
    if not 1 <= runs <= MOST_RUNS:
        raise ProblemError([fault(
            "runs",
            zh=f"模拟 {runs} 次不行，应为 1 到 {MOST_RUNS}。",
            en=f"{runs} runs cannot be; write 1 to {MOST_RUNS}.",
        )])  # fmt: skip
    planned = visits if visits is not None else [collections(site, paper, p).visits for paper in papers]
    over = np.zeros((runs, site.containers), dtype=bool)
    litres = []
    for paper, made in zip(papers, planned, strict=True):
        brought = _litres(site, p, rng, runs)
        litres.append(brought)
        over |= _overflowing(site, paper, made, p, brought, rng)
    return Risk(
        any=Estimate(float(over.any(axis=1).mean()), "概率", _used(p)),
        containers=tuple(float(share) for share in over.mean(axis=0)),
        litres=tuple(float(one) for one in np.quantile(np.concatenate(litres), [0.05, 0.5, 0.95])),  # type: ignore[arg-type]
    )


def containers_for(
    site: Site, papers: Sequence[Paper], p: Parameters, level: float, seed: int, runs: int = 2_000
) -> Estimate:
    """Return the fewest containers with which nothing overflows on a share `level` of days, one visit a paper.

    Raises ProblemError when the level is no share, or 500 containers do not suffice.
    """
    if not 0 < level < 1:
        raise ProblemError([fault(
            "level",
            zh=f"服务水平 {level} 应在 0 与 1 之间，例如 0.95。",
            en=f"a service level of {level} is none; write one between 0 and 1, such as 0.95.",
        )])  # fmt: skip
    fits = [1, MOST_CONTAINERS]
    if not _enough(site, MOST_CONTAINERS, papers, p, level, seed, runs):
        raise ProblemError([fault(
            f"sites.{site.id}.containers",
            zh=f"{MOST_CONTAINERS} 个容器也达不到服务水平 {level:g}。请换更大的容器。",
            en=f"not even {MOST_CONTAINERS} containers reach a service level of {level:g}. Take larger ones.",
        )])  # fmt: skip
    while fits[0] < fits[1]:
        middle = sum(fits) // 2
        fits = [fits[0], middle] if _enough(site, middle, papers, p, level, seed, runs) else [middle + 1, fits[1]]
    return Estimate(fits[0], "个", _used(p))


def _enough(site: Site, count: int, papers: Sequence[Paper], p: Parameters, level: float, seed: int, runs: int) -> bool:
    grown = site.model_copy(update={"containers": count})
    once = [[_only_visit(paper, p)] for paper in papers]
    risk = overflow_risk(grown, papers, p, np.random.default_rng(seed), runs, once)
    return risk.any.value <= 1 - level


def _only_visit(paper: Paper, p: Parameters) -> Collection:
    left = round(paper.ends + 60 * p.leaving_minutes.value)
    return Collection(left, max(left, round(paper.ends + 60 * p.collect_within_minutes.value)), 0.0, 0.0, 0)


def _draw(parameter: Parameter, rng: np.random.Generator, runs: int) -> Array:
    low, mode, high = parameter.spread
    return rng.triangular(low, mode, high, runs) if low < high else np.full(runs, mode)


def _litres(site: Site, p: Parameters, rng: np.random.Generator, runs: int) -> Array:
    """Litres of one paper, one a run: who comes, what each drops, how bulky it is."""
    came = rng.binomial(site.candidates, np.minimum(_draw(p.attendance, rng, runs), 1.0))
    expected = came * _draw(p.masks_per_candidate, rng, runs)
    expected += site.rooms * _draw(p.invigilators_per_room, rng, runs) * _draw(p.masks_per_invigilator, rng, runs)
    waiting = site.candidates * _draw(p.companions_per_candidate, rng, runs)
    expected += waiting * _draw(p.masks_per_companion, rng, runs)
    drawn: Array = rng.poisson(expected) * _draw(p.mask_litres, rng, runs)
    return drawn


def _overflowing(
    site: Site, paper: Paper, visits: Sequence[Collection], p: Parameters, litres: Array, rng: np.random.Generator
) -> NDArray[np.bool_]:
    """Shape (runs, containers): whether a container was over its rim before it was emptied."""
    runs = len(litres)
    split = rng.dirichlet(np.full(site.containers, p.container_evenness.value), runs)
    share = _draw(p.entrance_share, rng, runs)
    full, before = np.zeros((runs, site.containers), dtype=bool), np.zeros(runs)
    for visit in visits:
        at = rng.uniform(visit.earliest, max(visit.earliest, visit.latest), runs)
        there = np.maximum(_dropped_until(at, paper, p, share), before)
        full |= ((there - before) * litres)[:, None] * split > site.container_litres
        before = there
    rest: NDArray[np.bool_] = full | (((1.0 - before) * litres)[:, None] * split > site.container_litres)
    return rest


def _dropped_until(at: Array, paper: Paper, p: Parameters, share: Array) -> Array:
    """The curve of `masks.dropped`, each run with an entrance share of its own."""
    opens, closes = (paper.starts - 60 * one.value for one in (p.entrance_opens_minutes, p.entrance_closes_minutes))
    came_in = np.clip((at - opens) / max(closes - opens, 1.0), 0.0, 1.0)
    went_out = np.clip((at - paper.ends) / (60 * p.leaving_minutes.value), 0.0, 1.0)
    return share * came_in + (1.0 - share) * went_out


def _used(p: Parameters) -> tuple[Parameter, ...]:
    return (
        p.masks_per_candidate, p.masks_per_invigilator, p.masks_per_companion, p.companions_per_candidate,
        p.invigilators_per_room, p.attendance, p.mask_litres, p.entrance_share, p.entrance_opens_minutes,
        p.entrance_closes_minutes, p.leaving_minutes, p.fill_limit, p.container_evenness, p.collect_within_minutes,
    )  # fmt: skip
