// What a classic routing problem is made of, as flat arrays. Clients are 0 … n − 1, depots n … n + depots − 1.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace paotui {

constexpr int32_t FOREVER = 500'000'000;
constexpr int32_t ALONE = -1, GONE = -2;
constexpr int64_t MUST = INT64_C(1) << 60;  // the price of a client that has to be served

enum Rounding { NEAREST = 0, DIMACS = 1, EXACT = 2, CEIL = 3 };

struct Client {
    int32_t open, close, service, demand;
};

struct VehicleType {
    int32_t count, start, end, capacity;  // start and end are locations
    int32_t open, close, max_duration;
    int64_t fixed, unit;  // cost of using one, cost of a unit of distance
};

struct Instance {
    int n = 0, depots = 0, width = 0;
    std::vector<Client> clients;
    std::vector<int64_t> price;      // of leaving a client out; MUST when it has to be served
    std::vector<uint64_t> allowed;   // bit t: vehicle type t may serve the client
    std::vector<VehicleType> types;
    std::vector<double> xy;          // two a location; empty when there is only a matrix
    int rounding = NEAREST;
    std::vector<double> xyz;         // three a location, where ways are lines on the earth (metres from its centre)
    double detour = 1, curve = 0, kmh = 0;  // curve: 1 ÷ (2 × radius)², nothing on a plane
    std::vector<int32_t> distance;   // width², or empty: computed from coordinates
    std::vector<int32_t> from;       // its transpose when asymmetric, else empty
    std::vector<int32_t> time;       // width², or empty: the same as distance
    std::vector<int32_t> follower;   // n, or empty: whom a client goes to as published; ALONE, or GONE: one who is not here
    int32_t broken = 0, rate = 1;    // what leaving it for another costs, and a unit of distance, where there are followers
    std::vector<int32_t> release;    // when a client's trip may set out; only where vehicles drive several trips
    bool windows = false, mixed = false, trips = false;

    bool symmetric() const { return from.empty() && follower.empty(); }
    // Whether somebody may be left out at a price.
    bool optional() const { return std::any_of(price.begin(), price.end(), [](int64_t p) { return p != MUST; }); }
    bool same_time() const { return time.empty() && follower.empty() && xyz.empty(); }
};

inline int32_t line(const double* a, const double* b, int rounding) {
    const double dx = a[0] - b[0], dy = a[1] - b[1];
    const double d = std::sqrt(dx * dx + dy * dy);
    switch (rounding) {
        case NEAREST: return static_cast<int32_t>(d + 0.5);
        case DIMACS: return static_cast<int32_t>(10.0 * d);
        case EXACT: return static_cast<int32_t>(1000.0 * d + 0.5);
        default: return static_cast<int32_t>(std::ceil(1000.0 * d));
    }
}

// Travel from or to one location: a row of a matrix …
struct MatrixRow {
    const int32_t* row;
    int32_t operator()(int other) const { return row[other]; }
};

struct MatrixMetric {
    using Row = MatrixRow;
    static constexpr bool OTHER_TIMES = true;  // times may be other numbers than distances
    const int32_t* matrix;
    size_t width;
    const MatrixMetric& ways() const { return *this; }
    Row row(int at) const { return {matrix + at * width}; }
    int32_t operator()(int a, int b) const { return matrix[a * width + b]; }
};

// … or straight lines, for problems whose matrix would not stay in the cache: floor(scale × line + bias); CEIL, which is none, has a matrix.
struct PlaneRow {
    const double* xy;
    double x, y, scale, bias;
    [[gnu::always_inline]] int32_t operator()(int other) const {
        const double dx = x - xy[2 * other], dy = y - xy[2 * other + 1];
        return static_cast<int32_t>(scale * std::sqrt(dx * dx + dy * dy) + bias);
    }
};

struct PlaneMetric {
    using Row = PlaneRow;
    static constexpr bool OTHER_TIMES = false;
    const double* xy;
    double scale, bias;
    const PlaneMetric& ways() const { return *this; }  // without what a published plan adds
    Row row(int at) const { return {xy, xy[2 * at], xy[2 * at + 1], scale, bias}; }
    int32_t operator()(int a, int b) const { return row(a)(b); }
};

inline PlaneMetric plane(const Instance& in) {
    switch (in.rounding) {
        case NEAREST: return {in.xy.data(), 1.0, 0.5};
        case DIMACS: return {in.xy.data(), 10.0, 0.0};
        default: return {in.xy.data(), 1000.0, 0.5};
    }
}

}  // namespace paotui
