"""Roads from an imported OpenStreetMap extract: metres and seconds between places for a vehicle of given size.

`Roads.read(extract).matrix(points, profile)`. One-ways, turn restrictions, limits of height, weight, width and access
are kept; conditional restrictions (by hour or day) are not evaluated.
"""

from paotui.planning.roads.matrix import Travel
from paotui.planning.roads.problems import on_roads
from paotui.planning.roads.profiles import TRUCK, VAN, Profile
from paotui.planning.roads.roads import Roads

__all__ = ["TRUCK", "VAN", "Profile", "Roads", "Travel", "on_roads"]
