// The kernel of classic routing problems behind a plain C interface; paotui/planning/routes/kernel.py calls it.
#include <cstring>

#include "routes/earth.hpp"
#include "routes/search.hpp"
#include "routes/successions.hpp"
#include "routes/trips_search.hpp"

using namespace paotui;

namespace {

template <class Metric, bool WINDOWS>
Outcome with_metric(const Instance& in, const Parameters& par, Status& status, const Routes& given, const Metric& to,
                    const Metric& from, const Metric& time_to) {
    if (in.mixed) return Search<Metric, WINDOWS, true>(in, par, status, to, from, time_to).run(given);
    return Search<Metric, WINDOWS, false>(in, par, status, to, from, time_to).run(given);
}

template <class Metric>
Outcome with_windows(const Instance& in, const Parameters& par, Status& status, const Routes& given, const Metric& to,
                     const Metric& from, const Metric& time_to) {
    if (in.windows) return with_metric<Metric, true>(in, par, status, given, to, from, time_to);
    return with_metric<Metric, false>(in, par, status, given, to, from, time_to);
}

template <class Metric>
Outcome with_trips(const Instance& in, const Parameters& par, Status& status, const Routes& given, const Metric& to, const Metric& from) {
    Chains chains;
    for (const RouteOf& r : given) chains.push_back({r.type, r.clients});
    const auto [found, unserved, cost, iterations] = TripSearch<Metric>(in, par, status, to, from).run(chains);
    Outcome out{{}, unserved, cost, iterations};
    for (const Trip& trip : found) out.routes.push_back({trip.vehicle, trip.clients});
    return out;
}

template <class Metric>
Outcome with_followers(const Instance& in, const Parameters& par, Status& status, const Routes& given, const Metric& ways, const Metric& times) {
    const Successions priced(in, ways, times);
    return with_windows(in, par, status, given, priced.to(), priced.from(), priced.time_to());
}

Outcome solve(const Instance& in, const Parameters& par, Status& status, const Routes& given) {
    if (!in.xyz.empty() && !in.follower.empty()) return with_followers(in, par, status, given, earth_ways(in, 1), earth_times(in));
    if (!in.follower.empty()) return with_followers(in, par, status, given, plane(in), plane(in));
    if (!in.xyz.empty()) {
        const EarthMetric ways = earth_ways(in, in.rate);
        return with_windows(in, par, status, given, ways, ways, earth_times(in));
    }
    if (in.distance.empty()) {
        const PlaneMetric m = plane(in);
        if (in.trips) return with_trips(in, par, status, given, m, m);
        return with_windows(in, par, status, given, m, m, m);
    }
    const auto metric = [&](const std::vector<int32_t>& m, const std::vector<int32_t>& otherwise) {
        return MatrixMetric{(m.empty() ? otherwise : m).data(), static_cast<size_t>(in.width)};
    };
    const MatrixMetric to = metric(in.distance, in.distance), from = metric(in.from, in.distance);
    if (in.trips) return with_trips(in, par, status, given, to, from);
    return with_windows(in, par, status, given, to, from, metric(in.time, in.distance));
}

}  // namespace

extern "C" {

struct paotui_routes_input {
    int32_t n, depots, types, rounding, windows, mixed, matrix_limit, trips;
    const double* xy;                // 2 × (n + depots), or null
    const int32_t* distance;         // (n + depots)², or null
    const int32_t* time;             // (n + depots)², or null: the same
    const int32_t* clients;          // n × (open, close, service, demand)
    const int64_t* price;            // n; −1: has to be served
    const uint64_t* allowed;         // n
    const int32_t* vehicle;          // types × (count, start, end, capacity, open, close, max_duration)
    const int64_t* vehicle_cost;     // types × (fixed, unit)
    const int32_t* given;            // a plan to start from: for each route type, length, clients …
    int64_t given_length;
    uint64_t seed;
    double deadline;                 // steady clock; seconds
    int64_t iterations;
    int32_t threads, granular;
    double hot, cold, stretches, mean_removed, longest_string;
    const int32_t* release;          // n, or null: a client's trip sets out at this time or later
    const int32_t* follower;         // n, or null: who comes after a client as published; −1 nobody, −2 one who is not here; without tables
    double reasons;                  // seconds to end earlier by while somebody who has to be served is not
    const double* xyz;               // 3 × (n + depots), or null: lines on the earth; xy then only says who lies beside whom
    double detour, curve, kmh;
    int32_t broken, rate;            // cost of leaving a client for another, and of a unit of distance where types' unit is 1
};

struct paotui_routes_status {
    int32_t cancel, unserved;
    int64_t iterations, cost;
};
static_assert(sizeof(Status) == sizeof(paotui_routes_status));

// With `trips` vehicles come back to reload: routes are trips then, in the order driven, and their type is the number of
// the vehicle, all vehicles counted through. Writes for each route type, length, clients … to `out` (n + 2 × routes numbers fit in 3 × n), the number of
// routes to `routes`; returns iterations done.
__attribute__((visibility("default"))) int64_t paotui_routes_solve(const paotui_routes_input* given, paotui_routes_status* status,
                                                                   int32_t* out, int32_t* routes, int64_t* cost) {
    Instance in;
    in.n = given->n, in.depots = given->depots, in.width = in.n + in.depots;
    in.rounding = given->rounding, in.windows = given->windows, in.mixed = given->mixed;
    in.clients.resize(in.n);
    if (in.n) std::memcpy(in.clients.data(), given->clients, sizeof(Client) * in.n);
    for (int c = 0; c < in.n; ++c) in.price.push_back(given->price[c] < 0 ? MUST : given->price[c]);
    in.trips = given->trips;
    in.release.assign(in.n, 0);
    if (given->release && in.n) in.release.assign(given->release, given->release + in.n);
    in.allowed.assign(given->allowed, given->allowed + in.n);
    for (int t = 0; t < given->types; ++t) {
        const int32_t* v = given->vehicle + 7 * t;
        in.types.push_back({v[0], v[1], v[2], v[3], v[4], v[5], v[6], given->vehicle_cost[2 * t], given->vehicle_cost[2 * t + 1]});
    }
    const size_t cells = static_cast<size_t>(in.width) * in.width;
    if (given->xy) in.xy.assign(given->xy, given->xy + 2 * in.width);
    const auto transposed = [&](const std::vector<int32_t>& m) {
        std::vector<int32_t> t(cells);
        for (int a = 0; a < in.width; ++a)
            for (int b = 0; b < in.width; ++b) t[static_cast<size_t>(b) * in.width + a] = m[static_cast<size_t>(a) * in.width + b];
        return t == m ? std::vector<int32_t>{} : t;
    };
    if (given->distance) {
        in.distance.assign(given->distance, given->distance + cells);
        in.from = transposed(in.distance);
        if (given->time) in.time.assign(given->time, given->time + cells);
    } else if (given->follower || given->xyz) {
        if (given->follower) in.follower.assign(given->follower, given->follower + in.n);
        if (given->xyz) in.xyz.assign(given->xyz, given->xyz + 3 * in.width);
        in.broken = given->broken, in.rate = given->rate;
        in.detour = given->detour, in.curve = given->curve, in.kmh = given->kmh;
    } else if (in.width <= given->matrix_limit || in.rounding == CEIL) {
        in.distance.resize(cells);
        for (int a = 0; a < in.width; ++a)
            for (int b = 0; b < in.width; ++b)
                in.distance[static_cast<size_t>(a) * in.width + b] = line(&in.xy[2 * a], &in.xy[2 * b], in.rounding);
    }
    Parameters par;
    par.seed = given->seed, par.deadline = given->deadline, par.iterations = given->iterations;
    par.threads = std::max(1, given->threads), par.granular = given->granular, par.hot = given->hot, par.cold = given->cold;
    par.stretches = given->stretches > 0 ? given->stretches : 500;
    par.mean_removed = given->mean_removed, par.longest_string = given->longest_string, par.reasons = given->reasons;
    Routes start;
    for (int64_t k = 0; k < given->given_length;) {
        RouteOf r{given->given[k], {}};
        const int length = given->given[k + 1];
        r.clients.assign(given->given + k + 2, given->given + k + 2 + length);
        start.push_back(std::move(r)), k += 2 + length;
    }
    const Outcome found = solve(in, par, *reinterpret_cast<Status*>(status), start);
    *routes = 0, *cost = found.cost;
    for (const RouteOf& r : found.routes) {
        *out++ = r.type, *out++ = static_cast<int32_t>(r.clients.size());
        for (int c : r.clients) *out++ = c;
        ++*routes;
    }
    return found.iterations;
}
}
