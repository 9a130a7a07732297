"""The kinds of work of the exam day as stops of a routing problem, each sized by the demand model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from math import ceil

from paotui.planning.demand import Paper, Parameters, Section, Site, Toilet, masks, streets, toilets
from paotui.planning.routes.problem import Order, Round, Shipment, Stop, Together
from paotui.samples.erqi.s6_sheets import Place, Truck, Window

SIX = 6 * 3600
HOUR, MINUTE = 3600, 60


@dataclass
class Work:
    """What is to be done, gathered kind by kind."""

    stops: list[Stop] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    together: list[Together] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    shipments: list[Shipment] = field(default_factory=list)


def streets_before_six(work: Work, place: Place, section: Section, p: Parameters) -> None:
    """Sweep → collect → flush on one section, the last of them done at 06:00."""
    number = place.id.removeprefix("road-")
    took = [int(f(section, p).value) for f in (streets.sweep_time, streets.collect_time, streets.flush_time)]
    refuse, water = ceil(streets.refuse(section, p).value), ceil(streets.flush_water(section, p).value)
    opens = 3 * HOUR
    for kind, name, seconds, more in (
        ("sweep", "清扫", took[0], {}),
        ("collect", "收运", took[1], {"pickup": {"kg": refuse}, "load_class": "refuse"}),
        ("flush", "冲洗", took[2], {"delivery": {"water": water}}),
    ):
        work.stops.append(Stop(
            id=f"{kind}-{number}", location=place.id, name=f"{place.name} {name}", duration=seconds,
            windows=[(opens, SIX - seconds)], requires=[kind], **more,
        ))  # fmt: skip
    work.orders += [
        Order(before=f"sweep-{number}", after=f"collect-{number}", min_gap=0, max_gap=75 * MINUTE),
        Order(before=f"collect-{number}", after=f"flush-{number}", min_gap=5 * MINUTE, max_gap=90 * MINUTE),
    ]


def sprinkling(work: Work, place: Place, section: Section, p: Parameters) -> None:
    """Twice against dust and heat, at noon and in the evening; gives way when there is no time."""
    number = place.id.removeprefix("road-")
    price = {"avenue": 120, "street": 80, "alley": 50}[section.road_class]
    work.stops.append(Stop(
        id=f"sprinkle-{number}", location=place.id, name=f"{place.name} 洒水",
        duration=int(streets.sprinkle_time(section, p).value), windows=[(7 * HOUR, 20 * HOUR)],
        delivery={"water": ceil(streets.sprinkle_water(section, p).value)}, requires=["sprinkle"],
        unserved_price=Decimal(price),
    ))  # fmt: skip
    work.rounds.append(Round(stop=f"sprinkle-{number}", count=2, min_spacing=4 * HOUR))


def used_masks(work: Work, place: Place, site: Site, paper: Paper, part: int, p: Parameters) -> None:
    """As many visits as the containers need, in order; isolation waste by itself."""
    number = place.id.removeprefix("site-")
    visits = masks.collections(site, paper, p).visits
    ids = [f"masks-{number}-{part}-{at}" for at in range(1, len(visits) + 1)]
    for id, visit in zip(ids, visits, strict=True):
        work.stops.append(Stop(
            id=id, location=place.id, name=f"{place.name} {paper.id}后口罩", duration=(4 + visit.bags) * MINUTE,
            windows=[(visit.earliest, visit.latest)], pickup={"kg": ceil(visit.kg), "bags": visit.bags},
            requires=["masks"], load_class="masks",
        ))  # fmt: skip
    work.orders += [Order(before=a, after=b) for a, b in pairwise(ids)]
    if site.isolation_rooms:
        _isolation_waste(work, place, site, paper, part, p)


def _isolation_waste(work: Work, place: Place, site: Site, paper: Paper, part: int, p: Parameters) -> None:
    number = place.id.removeprefix("site-")
    bags = ceil(masks.isolation_volume(site, p).value / p.bag_litres.value)
    closes = paper.ends + int(60 * p.collect_within_minutes.value)
    work.stops.append(Stop(
        id=f"isolation-{number}-{part}", location=place.id, name=f"{place.name} {paper.id}后隔离废物",
        duration=12 * MINUTE,
        windows=[(paper.ends + 10 * MINUTE, closes)],
        pickup={"kg": ceil(masks.isolation_weight(site, p).value), "bags": bags}, requires=["isolation"],
        load_class="isolation",
    ))  # fmt: skip


def litter(work: Work, place: Place, site: Site, p: Parameters) -> None:
    """Bags of the workers on duty at the gates: before the first paper, at noon, in the evening; quiet tricycles."""
    number = place.id.removeprefix("site-")
    bags = ceil(masks.companions(site, p).value / 120)
    times = ((7 * HOUR, 8 * HOUR + 50 * MINUTE), (11 * HOUR + 45 * MINUTE, 14 * HOUR + 40 * MINUTE),
             (17 * HOUR, 19 * HOUR + 15 * MINUTE))  # fmt: skip
    for at, window in enumerate(times, 1):
        work.stops.append(Stop(
            id=f"litter-{number}-{at}", location=place.id, name=f"{place.name} 门口拾遗", duration=(3 + bags) * MINUTE,
            windows=[window], pickup={"kg": 8 * bags, "bags": bags}, requires=["litter"], load_class="refuse",
            during_quiet=True,
        ))  # fmt: skip


def toilet_rounds(work: Work, place: Place, toilet: Toilet, papers: Sequence[Paper], p: Parameters) -> None:
    """Fixed cleaning with noise, before opening and in the evening; follow-up disinfection by hand in between."""
    number = place.id.removeprefix("toilet-")
    litres = ceil(toilets.disinfectant(toilet, p).value)
    evening = [(19 * HOUR, 21 * HOUR)]
    noon = [(11 * HOUR + 30 * MINUTE, 14 * HOUR + 30 * MINUTE)]
    fixed = [[(SIX - 15 * MINUTE, 8 * HOUR)], *([noon] if toilet.all_day else []), evening]
    for at, windows in enumerate(fixed, 1):
        work.stops.append(Stop(
            id=f"toilet-{number}-{at}", location=place.id, name=f"{place.name} 固定消杀", duration=14 * MINUTE,
            windows=windows, delivery={"solution": 2 * litres}, requires=["disinfect"],
        ))  # fmt: skip
    opens, closes = 8 * HOUR + 15 * MINUTE, 18 * HOUR + 30 * MINUTE
    # Two hours are left for rounds that slip: crews have other toilets and a break.
    hours = (closes - opens) / HOUR - 2
    count = int(toilets.follow_up_rounds(toilet, len(papers), hours, p).value)
    _follow_up(work, place, count, litres, (opens, closes), p)


def _follow_up(work: Work, place: Place, count: int, litres: int, window: Window, p: Parameters) -> None:
    number = place.id.removeprefix("toilet-")
    if not count:
        return
    id = f"follow-{number}"
    work.stops.append(Stop(
        id=id, location=place.id, name=f"{place.name} 跟进消杀", duration=8 * MINUTE, windows=[window],
        delivery={"solution": litres}, requires=["disinfect"], during_quiet=True,
    ))  # fmt: skip
    if count > 1:
        least = int(60 * p.round_spacing_minutes.value)
        longest = max(int(60 * p.touch_point_minutes.value), (window[1] - window[0]) // (count - 1) + HOUR)
        work.rounds.append(Round(stop=id, count=count, min_spacing=least, max_spacing=longest))


def evening_disinfection(work: Work, place: Place) -> None:
    """After the second paper both offices go in together, one spraying, one moving what stands in the way."""
    number = place.id.removeprefix("site-")
    pair = {"spray": ("消杀", "disinfect", {"delivery": {"solution": 25}}), "open": ("开路", "facilities", {})}
    for kind, (name, capability, more) in pair.items():
        work.stops.append(Stop(
            id=f"{kind}-{number}", location=place.id, name=f"{place.name} 考后联合{name}", duration=20 * MINUTE,
            windows=[(17 * HOUR + 40 * MINUTE, 20 * HOUR + 30 * MINUTE)], requires=[capability], **more,
        ))  # fmt: skip
    work.together.append(Together(stops=[f"spray-{number}", f"open-{number}"]))


def repair(work: Work, at: int, place: Place, what: str, seconds: int, two_crews: bool) -> None:
    """A toilet's repair once the parts are there; a large one takes two crews at once."""
    ids = [f"repair-{at}", f"repair-{at}b"] if two_crews else [f"repair-{at}"]
    for id in ids:
        work.stops.append(Stop(
            id=id, location=place.id, name=f"{place.name} {what}", duration=seconds, windows=[(8 * HOUR, 17 * HOUR)],
            release=8 * HOUR + 30 * MINUTE, requires=["facilities"],
        ))  # fmt: skip
    if two_crews:
        work.together.append(Together(stops=ids))


def transfer(work: Work, at: int, giver: Place, taker: Place, bins: int) -> None:
    """Spare bins from a site that has too many to one that has too few, before people come in."""
    for end, place, name in (("from", giver, "调出"), ("to", taker, "调入")):
        work.stops.append(Stop(
            id=f"bins-{at}-{end}", location=place.id, name=f"{place.name} 周转桶{name}", duration=(2 + bins) * MINUTE,
            windows=[(6 * HOUR, 7 * HOUR + 50 * MINUTE)], requires=["facilities"],
        ))  # fmt: skip
    work.shipments.append(
        Shipment(id=f"bins-{at}", pickup=f"bins-{at}-from", delivery=f"bins-{at}-to", load={"bins": bins})
    )


CAPABILITIES = {
    "清扫": "sweep", "收运": "collect", "冲洗": "flush", "洒水": "sprinkle", "口罩": "masks", "隔离": "isolation",
    "拾遗": "litter", "消杀": "disinfect", "设施": "facilities",
}  # fmt: skip
PROFILES = {"电动三轮车": "tricycle", "扫路车": "heavy", "压缩车": "heavy", "洒水冲洗车": "heavy"}


def profile(truck: Truck) -> str:
    return PROFILES.get(truck.kind, "van")
