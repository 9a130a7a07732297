// A route and what is known at each of its places, so that an insertion is judged in constant time.
#pragma once
#include <algorithm>
#include <vector>

#include "problem.hpp"

namespace rich {

constexpr int32_t BIG = 1050000000;  // later than any time; a way that does not exist takes longer
constexpr int START = -1, END = -2;

// A stretch of a route: shortest duration, and the earliest and latest start at which it is reached (Vidal et al. 2013).
struct Segment {
    int32_t duration, earliest, latest;
};

inline Segment join(const Segment& a, int32_t travel, const Segment& b) {
    const int32_t shift = a.duration + travel, wait = std::max(b.earliest - shift - a.latest, 0);
    return {a.duration + travel + b.duration + wait, std::max(b.earliest - shift, a.earliest) - wait,
            std::min(b.latest - shift, a.latest)};
}

struct Place {
    int32_t node, loc;
    int32_t arrival, start, end, leave;  // leave: after breaks and the release of the trip that begins here
    int32_t latest;                      // arrival
    int32_t latest_start;
    int32_t low, high;            // window in use
    int32_t trip;                 // the one the gap behind this place belongs to
    int32_t run, bound, departs;  // end of service here = max(departure of the trip + run, bound), departure ≤ departs
    int32_t release_before, release_from;  // latest release in the trip up to here / from here on
    int32_t metres, seconds;               // to the next place
    int32_t open;                          // shipments on board behind this place
    Segment before, from;
};

struct Trip {
    int32_t first, last;  // places of its bases
    int32_t release, ready, leave;  // ready: done at the base; leave: not before the release
    uint64_t delivers, picks, picks_class, classes;
};

// A break before (`after` = 0) or after the service at `place`.
struct BreakAt {
    int32_t place, after, which, start;
};

struct Route {
    int32_t vehicle = 0, stops = 0, locked = 0, trips_used = 0;  // locked: place of the last locked stop
    int32_t start = 0, end = 0, duration = 0;
    int32_t busy = 0;  // seconds on the way, serving and resting
    int64_t distance = 0;
    double cost = 0, time_cost = 0;
    bool dirty = true;
    std::vector<Place> p;
    std::vector<Trip> trips;
    std::vector<BreakAt> breaks;
    std::vector<int64_t> leg, up_to, beyond, given, taken;  // place × dims: load on the leg behind it, most up to / from
                                                            // that leg in its trip, sums given out and taken on so far
    int size() const { return static_cast<int>(p.size()); }
};

}  // namespace rich
