"""Several trips a vehicle, as the fast kernel drives them: back home, load, leave again, at no time and no price."""

from __future__ import annotations

from itertools import groupby

from paotui.planning.routes.problem import Problem, Station, Vehicle


def plain(problem: Problem) -> bool:
    """Whether every vehicle reloads where it starts and ends, freely, and all there is to carry is deliveries."""
    stations = {station.id: station for station in problem.stations}
    return not any(stop.pickup for stop in problem.stops) and all(
        vehicle.end in (None, vehicle.start)
        and vehicle.max_trips is None
        and vehicle.max_duration is None
        and vehicle.stations
        and all(_free(stations[name], vehicle) for name in vehicle.stations)
        for vehicle in problem.vehicles
    )


def _free(station: Station, vehicle: Vehicle) -> bool:
    """Whether it is the vehicle's home, takes no time, handles everything and is open throughout the shift."""
    shift = vehicle.shift
    always = not station.windows or any(
        first <= shift.earliest and shift.latest <= last for first, last in station.windows
    )
    return station.location == vehicle.start and not station.duration and station.handles is None and always


def days(trips: list[tuple[int, list[int]]]) -> list[tuple[int, list[list[int]]]]:
    """Trips in the order driven → for each vehicle its trips."""
    return [(vehicle, [clients for _, clients in own]) for vehicle, own in groupby(trips, key=lambda trip: trip[0])]
