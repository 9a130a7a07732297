// Errands as the kernels see them: chains of stops, vehicles (a runner's shift each), arcs. Times are whole numbers.
//
// A stop answers "when does one leave who arrives at t?" with a function that never falls: opening hours, queues by
// time of day and service are segments (from, to, duration); where waiting for a shorter queue would finish sooner, the
// end of the segment is cut off. So earliest departures (forward) and latest arrivals (backward) are both exact, and
// whether an insertion keeps a tour feasible is known without walking the rest of it.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace errands {

constexpr int NEVER = 1 << 30;  // later than any time
constexpr int DIMENSIONS = 4;   // of a load, at most

struct Problem {  // as handed over by Python; see engine.py for shapes
    int32_t stops, chains, vehicles, places, profiles, dimensions, cost_out, metric;
    const int32_t *place, *counter, *segment_at, *segments, *direct_at, *direct, *chain_at, *gap_min, *gap_max, *load;
    const int64_t* penalty;
    const uint8_t* allowed;
    const int32_t *start, *end, *open, *close, *profile, *capacity;
    const int64_t* fixed;
    const int32_t *seconds, *cost;
};

struct Segment {
    int from, to, duration;
};

struct Arc {
    int seconds, cost;
};

struct Stop {
    int place, counter, chain, gap_min, gap_max;
    int first, last;    // segments of who comes from elsewhere
    int dfirst, dlast;  // segments of who stands at this counter already
    int latest, dlatest;
    std::array<int, DIMENSIONS> load;
};

struct Vehicle {
    int start, end, open, close, type;
    int64_t fixed;
    const Arc* arcs;
    std::array<int, DIMENSIONS> capacity;
};

class Model {
  public:
    explicit Model(const Problem& given)
        : given(given), n(given.stops), chains(given.chains), places(given.places), cost_out(given.cost_out) {
        read_arcs();
        read_stops();
        read_vehicles();
    }

    const Problem& given;
    int n, chains, places, cost_out;
    bool gaps = false, limits = false;  // any least time, any greatest time between steps
    std::vector<Stop> stops;
    std::vector<Vehicle> vehicles;
    std::vector<Segment> segments;

    int begin(int chain) const { return given.chain_at[chain]; }
    int end(int chain) const { return given.chain_at[chain + 1]; }
    int size(int chain) const { return end(chain) - begin(chain); }
    bool allows(int chain, int v) const {
        return !given.allowed || given.allowed[(size_t)chain * given.vehicles + v];
    }
    const Arc& arc(const Vehicle& vehicle, int from, int to) const {
        return vehicle.arcs[(size_t)from * places + to];
    }

    // Departure of who arrives at `t`; `direct`: the previous stop is at the same counter.
    int leave(const Stop& stop, int t, bool direct) const {
        const Segment* one = &segments[direct ? stop.dfirst : stop.first];
        const Segment* end = &segments[0] + (direct ? stop.dlast : stop.last);
        for (; one < end; ++one)
            if (t <= one->to) return std::max(t, one->from) + one->duration;
        return NEVER;
    }

    // The latest arrival that lets one leave by `x`, -NEVER where none does.
    int arrive_by(const Stop& stop, int x, bool direct) const {
        const Segment* first = &segments[direct ? stop.dfirst : stop.first];
        const Segment* one = &segments[0] + (direct ? stop.dlast : stop.last);
        while (one-- > first)
            if (one->from + one->duration <= x) return std::min(one->to, x - one->duration);
        return -NEVER;
    }

    // The earliest arrival from which one leaves at `x` or later (for greatest times between steps).
    int arrive_for(const Stop& stop, int x, bool direct) const {
        const Segment* one = &segments[direct ? stop.dfirst : stop.first];
        const Segment* end = &segments[0] + (direct ? stop.dlast : stop.last);
        for (; one < end; ++one)
            if (one->to + one->duration >= x) return std::max(one->from, x - one->duration);
        return NEVER;
    }

    bool at_same_counter(int one, int other) const { return one == other && one >= 0; }

  private:
    std::vector<Arc> arcs_;

    void read_arcs() {
        size_t cells = (size_t)given.profiles * places * places;
        arcs_.resize(cells);
        for (size_t k = 0; k < cells; ++k) arcs_[k] = {given.seconds[k], given.cost[k]};
    }

    void read_stops() {
        stops.resize(n);
        for (int c = 0; c < chains; ++c)
            for (int s = begin(c); s < end(c); ++s) {
                Stop& stop = stops[s];
                stop.place = given.place[s];
                stop.counter = given.counter[s];
                stop.chain = c;
                stop.gap_min = s > begin(c) ? given.gap_min[s] : 0;
                stop.gap_max = s > begin(c) ? given.gap_max[s] : NEVER;
                gaps |= stop.gap_min > 0;
                limits |= stop.gap_max < NEVER;
                stop.load = {};
                for (int d = 0; d < given.dimensions; ++d) stop.load[d] = given.load[s * given.dimensions + d];
                stop.first = read_segments(given.segments, given.segment_at[s], given.segment_at[s + 1]);
                stop.last = (int)segments.size();
                stop.dfirst = stop.first, stop.dlast = stop.last;
                if (stop.counter >= 0) {
                    stop.dfirst = read_segments(given.direct, given.direct_at[s], given.direct_at[s + 1]);
                    stop.dlast = (int)segments.size();
                }
                stop.latest = stop.last > stop.first ? segments[stop.last - 1].to : -NEVER;
                stop.dlatest = stop.dlast > stop.dfirst ? segments[stop.dlast - 1].to : -NEVER;
            }
        segments.push_back({0, 0, 0});  // so that the address of an end is one of ours
    }

    int read_segments(const int32_t* from, int first, int last) {
        int at = (int)segments.size();
        for (int k = first; k < last; ++k) {
            Segment one{from[3 * k], from[3 * k + 1], from[3 * k + 2]};
            for (int later = k + 1; later < last; ++later)
                one.to = std::min(one.to, from[3 * later] + from[3 * later + 2] - one.duration - 1);
            if (one.to >= one.from) segments.push_back(one);
        }
        return at;
    }

    void read_vehicles() {
        for (int v = 0; v < given.vehicles; ++v) {
            Vehicle one{given.start[v], given.end[v], given.open[v], given.close[v], v, given.fixed[v],
                        &arcs_[(size_t)given.profile[v] * places * places], {}};
            for (int d = 0; d < given.dimensions; ++d) one.capacity[d] = given.capacity[v * given.dimensions + d];
            for (int earlier = 0; earlier < v; ++earlier)
                if (same(vehicles[earlier], one, earlier, v)) {
                    one.type = vehicles[earlier].type;
                    break;
                }
            vehicles.push_back(one);
        }
    }

    bool same(const Vehicle& a, const Vehicle& b, int va, int vb) const {
        if (a.start != b.start || a.end != b.end || a.open != b.open || a.close != b.close || a.fixed != b.fixed ||
            a.arcs != b.arcs || a.capacity != b.capacity)
            return false;
        if (given.allowed)
            for (int c = 0; c < chains; ++c)
                if (allows(c, va) != allows(c, vb)) return false;
        return true;
    }
};

struct Random {  // xoshiro256** by Blackman and Vigna (public domain), seeded by splitmix64
    uint64_t s[4];
    explicit Random(uint64_t seed) {
        for (auto& word : s) {
            uint64_t z = (seed += 0x9e3779b97f4a7c15ull);
            z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
            z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
            word = z ^ (z >> 31);
        }
    }
    uint64_t next() {
        auto turn = [](uint64_t x, int k) { return (x << k) | (x >> (64 - k)); };
        uint64_t result = turn(s[1] * 5, 7) * 9, t = s[1] << 17;
        s[2] ^= s[0], s[3] ^= s[1], s[1] ^= s[2], s[0] ^= s[3], s[2] ^= t, s[3] = turn(s[3], 45);
        return result;
    }
    int below(int n) { return (int)(((next() >> 32) * (uint64_t)n) >> 32); }
    double unit() { return (double)(next() >> 11) * 0x1.0p-53; }
};

}  // namespace errands
