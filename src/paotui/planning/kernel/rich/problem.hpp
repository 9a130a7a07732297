// A routing problem as flat arrays: what `paotui.planning.routes.rich.lowering` hands over. Nodes are stops 0 … n-1,
// then stations n … n+m-1. Loads are int64 per dimension, times seconds, distances metres, prices yuan.
#pragma once
#include <cstdint>

extern "C" struct RichProblem {
    int32_t n, stations, vehicles, dims, locations, classes, links, ships, territories, profiles;
    const int32_t* const* distance;  // by profile: locations × locations
    const int32_t* const* duration;
    // nodes
    const int32_t *loc, *service, *release;  // release of stops only
    const int32_t *window_at, *window;       // node → first window; pairs (first, last second of starting)
    // stops
    const int64_t *delivery, *pickup;  // n × dims
    const int32_t* load_class;         // -1 none
    const uint64_t* clash;             // by class: the classes it must not travel with
    const double* price;               // of leaving it out
    const uint8_t* must;
    const int32_t *published_vehicle, *published_next;  // -1 none
    // stations
    const uint64_t *station_dims, *station_classes;
    // vehicles
    const int32_t *kind, *start, *end, *profile;  // end: -1 = open
    const int64_t* capacity;                      // vehicles × dims
    const int32_t *earliest, *latest, *overtime, *max_duration, *max_trips, *regular;
    const int64_t* max_distance;
    const uint8_t* empty_at_end;
    const double *fixed, *per_metre, *per_second, *overtime_per_second;
    const int32_t *break_at, *breaks;  // vehicle → first; triples earliest, latest, duration
    const int32_t *station_at, *station;
    const int32_t *locked_at, *locked;
    const int64_t* onboard;          // vehicles × dims
    const int32_t *territory, *twin;  // twin: vehicles of one number are interchangeable while empty
    const uint8_t* fit;              // kinds × n: may serve
    const double* territory_cost;    // territories × n
    double vehicle_change, succession_change, balance;  // balance: per second²
    // links: low ≤ start(b) − start(a) ≤ high
    const int32_t *link_a, *link_b, *link_low, *link_high, *link_flags;
    const int32_t *ship_pickup, *ship_delivery;
    const int64_t* ship_load;  // ships × dims
    // routes to start from: vehicle → first node; when each started there, -1 unknown
    const int32_t *initial_at, *initial, *initial_start;
};

// Shared with the caller while the kernel runs: it writes the first three, the caller `cancel`.
extern "C" struct RichStatus {
    volatile int64_t iterations;
    volatile double cost;
    volatile int32_t unserved;
    volatile int32_t cancel;
};

extern "C" struct RichLimits {
    int64_t iterations;  // of each thread; -1 none
    double deadline;     // CLOCK_MONOTONIC seconds; 0 none
    uint64_t seed;
    int32_t threads, apart;  // apart: each thread searches by itself to the end, and the best of them counts
    double hot, cold;       // temperatures in mean nearest arc costs; 0 = by kind of problem
    int32_t neighbours, only;  // only ≥ 0: try to insert this stop and no more
    double generous;           // at first, leaving out what may be left out costs so many times its price
    double reserve;            // seconds before the deadline to end at where something is left out
    int32_t fewer;             // is there time to look for fewer vehicles?
};

enum LinkFlag { NEEDS = 1, BOTH = 2, SAME = 4, APART = 8 };
