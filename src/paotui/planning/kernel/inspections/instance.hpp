// A problem of joint inspections as flat arrays; what each means is said in planning/inspections/arrays.py.
#pragma once
#include <cstdint>

namespace inspections {

struct Instance {
    int32_t sites, slots, days, routes, persons, classes, nodes, stride;
    const int32_t* travel;         // nodes × nodes, seconds
    const int32_t* slot_ptr;       // sites + 1
    const int32_t* slot_class;     // slots: who may fill it
    const int32_t* slot_stay;      // slots, seconds
    const int64_t* unplaced;       // sites: cost of leaving it out
    const int32_t* option_ptr;     // sites + 1
    const int32_t* option_day;     // options, ascending within a site
    const int32_t* option_low;     // earliest start
    const int32_t* option_high;    // latest start
    const int64_t* option_cost;
    const int32_t* class_ptr;      // classes × days + 1
    const int32_t* class_route;    // routes that may serve the class on the day
    const int32_t* person_visits;  // persons × days: most visits
    const int32_t* person_work;    // persons × days: most travel and time on site
    const int32_t* route_person;
    const int32_t* route_day;
    const int32_t* route_open;
    const int32_t* route_close;
    const int32_t* route_office;   // node
    const int32_t* route_weight;   // how many people go together: what a second of its travel costs
    const int32_t* route_type;     // equal numbers: interchangeable while empty
    const int32_t* announced_ptr;  // sites + 1
    const int32_t* announced_person;
    int64_t team_change;
    double balance;
};

struct Settings {
    uint64_t seed;
    int64_t iterations;  // 0: no limit
    double seconds;      // 0: no limit
    int32_t threads;
    int32_t exchanges;
    int32_t people;      // most routes an iteration takes people out of
    double partial;      // share of iterations that leave visits where they are
    double removed, first_temperature, last_temperature, blink;
};

struct Outcome {
    int64_t cost, iterations;
    int32_t unplaced;
};

constexpr double WORKING_DAY = 28800.0;

struct Random {  // xorshift64*, seeded by splitmix64
    uint64_t state;
    explicit Random(uint64_t seed) {
        seed += 0x9E3779B97F4A7C15ull;
        seed = (seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9ull;
        seed = (seed ^ (seed >> 27)) * 0x94D049BB133111EBull;
        state = (seed ^ (seed >> 31)) | 1;
    }
    uint64_t next() {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        return state * 0x2545F4914F6CDD1Dull;
    }
    int below(int limit) { return int((uint64_t(uint32_t(next() >> 32)) * uint64_t(limit)) >> 32); }
    double unit() { return double(next() >> 11) * 0x1.0p-53; }
};

}  // namespace inspections
