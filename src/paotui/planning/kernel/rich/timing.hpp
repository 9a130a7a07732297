// When a route is driven: as early as possible, breaks where they cost least, leaving as late as that allows.
#pragma once
#include "clock.hpp"
#include "loads.hpp"

namespace rich {

class Timing {
    const RichProblem& q;
    const Clock& clock;

  public:
    std::vector<uint8_t> timed;  // by vehicle: does the duration of its route matter?

    Timing(const RichProblem& problem, const Clock& windows) : q(problem), clock(windows), timed(problem.vehicles) {
        for (int v = 0; v < q.vehicles; ++v)
            timed[v] = q.per_second[v] > 0 || q.overtime_per_second[v] > 0 || q.balance > 0 || q.max_duration[v] < BIG;
    }

    bool rests(int v) const { return q.break_at[v + 1] > q.break_at[v]; }
    int32_t closing(int v) const { return std::min(BIG - 1, q.latest[v] + q.overtime[v]); }
    double time_cost(int v, int32_t duration, int32_t end) const {
        const int32_t over = std::max({0, duration - q.regular[v], end - q.latest[v]});
        return q.per_second[v] * duration + q.overtime_per_second[v] * over + q.balance * duration * duration;
    }

    int32_t length(int v, int which) const { return q.breaks[3 * (q.break_at[v] + which) + 2]; }

    // Fill times of a route whose trips are known; false where it cannot be driven.
    bool fill(Route& r) {
        r.breaks.clear();
        const int v = r.vehicle;
        bool driven = forward(r, 0);
        r.start = r.p[0].leave;
        if (r.size() == 2) {  // stays at home
            r.end = r.start, r.duration = 0;
            backward(r);
            if (timed[v]) segments(r);
            return true;
        }
        if (driven && (timed[v] || rests(v))) r.start = latest_departure(r);
        if (rests(v) && (!driven || owes(r))) {
            driven = rest(r);
        }
        if (!driven) return false;
        r.end = r.p.back().arrival;
        r.duration = r.end - r.start;
        if (r.duration > q.max_duration[v] || r.distance > q.max_distance[v]) return false;
        backward(r);
        if (timed[v]) segments(r);
        return true;
    }
    // Times when it leaves at r.start, for showing.
    bool show(Route& r) const { return forward(r, r.start); }

  private:
    int32_t begin_rest(int v, int which, int32_t t) const {
        const int32_t* b = q.breaks + 3 * (q.break_at[v] + which);
        t = std::max(t, b[0]);
        return t <= b[1] ? t : -1;
    }
    bool forward(Route& r, int32_t from) const {
        const int size = r.size(), v = r.vehicle;
        int32_t t = std::max({from, q.earliest[v], r.trips[0].release});
        Place& first = r.p[0];
        first.arrival = first.start = first.end = q.earliest[v];
        first.leave = t;
        r.trips[0].ready = q.earliest[v], r.trips[0].leave = t;
        first.run = 0, first.bound = -BIG, first.departs = BIG;
        auto rest = r.breaks.begin();
        for (int i = 1; i < size; ++i) {
            Place& p = r.p[i];
            const Place& a = r.p[i - 1];
            t += a.seconds;
            p.arrival = t;
            if (i == size - 1) break;
            for (; rest != r.breaks.end() && rest->place == i && !rest->after; ++rest) {
                if ((t = begin_rest(v, rest->which, t)) < 0) return false;
                rest->start = t;
                t += length(v, rest->which);
            }
            const int32_t* w;
            p.start = clock.next(p.node, t, &w);
            if (p.start < 0) return false;
            p.low = w[0], p.high = w[1];
            if (p.node < q.n) {
                p.low = std::max(p.low, clock.not_before[p.node]), p.high = std::min(p.high, clock.not_after[p.node]);
            }
            const int32_t service = q.service[p.node];
            t = p.end = p.start + service;
            if (p.node < q.n) {
                const int32_t ahead = a.run + a.seconds;
                p.bound = std::max(a.bound + a.seconds, p.low) + service;
                p.departs = std::min(a.departs, p.high - ahead);
                p.run = ahead + service;
            } else {
                p.run = 0, p.bound = -BIG, p.departs = BIG;
            }
            for (; rest != r.breaks.end() && rest->place == i && rest->after; ++rest) {
                if ((t = begin_rest(v, rest->which, t)) < 0) return false;
                rest->start = t;
                t += length(v, rest->which);
            }
            if (p.node >= q.n) {
                Trip& trip = r.trips[p.trip];
                trip.ready = p.end, t = trip.leave = std::max(t, trip.release);
            }
            p.leave = t;
        }
        r.p[size - 1].start = r.p[size - 1].end = r.p[size - 1].leave = t;
        return t <= closing(v);
    }

    // Latest arrivals that still allow arriving at the end by `closing`; returns the latest departure.
    template <class Keep>
    int32_t back(const Route& r, int32_t closing, Keep keep) const {
        int32_t t = closing;
        auto rest = r.breaks.rbegin();
        keep(r.size() - 1, t, t);
        for (int i = r.size() - 2; i > 0; --i) {
            const Place& p = r.p[i];
            t -= p.seconds;
            for (; rest != r.breaks.rend() && rest->place == i && rest->after; ++rest)
                t = std::min(q.breaks[3 * (q.break_at[r.vehicle] + rest->which) + 1], t - length(r.vehicle, rest->which));
            const int32_t start = clock.previous(p.node, t - q.service[p.node]);
            t = start;
            for (; rest != r.breaks.rend() && rest->place == i && !rest->after; ++rest)
                t = std::min(q.breaks[3 * (q.break_at[r.vehicle] + rest->which) + 1], t - length(r.vehicle, rest->which));
            keep(i, t, start);
        }
        return t - r.p[0].seconds;
    }
    int32_t latest_departure(const Route& r) const {
        return std::max(r.p[0].leave, back(r, r.p.back().arrival, [](int, int32_t, int32_t) {}));
    }
    void backward(Route& r) const {
        back(r, closing(r.vehicle), [&](int i, int32_t arrival, int32_t start) {
            r.p[i].latest = arrival, r.p[i].latest_start = start;
        });
    }

    void segments(Route& r) const {
        const int size = r.size(), v = r.vehicle;
        r.p[0].before = {0, r.p[0].leave, BIG};
        auto rest = r.breaks.begin();
        auto pause = [&](const BreakAt& b) {
            const int32_t* w = q.breaks + 3 * (q.break_at[v] + b.which);
            return Segment{w[2], w[0], w[1]};
        };
        for (int i = 1; i < size - 1; ++i) {
            Place& p = r.p[i];
            Segment s = r.p[i - 1].before;
            int32_t way = r.p[i - 1].seconds;
            for (; rest != r.breaks.end() && rest->place == i && !rest->after; ++rest, way = 0) s = join(s, way, pause(*rest));
            s = join(s, way, {q.service[p.node], p.low, p.high});
            for (; rest != r.breaks.end() && rest->place == i && rest->after; ++rest) s = join(s, 0, pause(*rest));
            if (p.node >= q.n) s = join(s, 0, {0, r.trips[p.trip].release, BIG});
            p.before = s;
        }
        r.p[size - 1].before = join(r.p[size - 2].before, r.p[size - 2].seconds, {0, 0, closing(v)});
        r.p[size - 1].from = {0, 0, closing(v)};
        auto back = r.breaks.rbegin();
        for (int i = size - 2; i > 0; --i) {
            Place& p = r.p[i];
            Segment s = r.p[i + 1].from;
            int32_t way = p.seconds;
            if (p.node >= q.n) s = join({0, r.trips[p.trip].release, BIG}, way, s), way = 0;
            for (; back != r.breaks.rend() && back->place == i && back->after; ++back, way = 0) s = join(pause(*back), way, s);
            s = join({q.service[p.node], p.low, p.high}, way, s);
            for (; back != r.breaks.rend() && back->place == i && !back->after; ++back) s = join(pause(*back), 0, s);
            p.from = s;
        }
    }

    // Is a break due that is not taken? Of the route as timed, leaving at r.start.
    bool owes(const Route& r) const {
        const int v = r.vehicle;
        uint32_t taken = 0;
        for (const auto& b : r.breaks) taken |= 1u << b.which;
        for (int k = 0; k < q.break_at[v + 1] - q.break_at[v]; ++k) {
            const int32_t* b = q.breaks + 3 * (q.break_at[v] + k);
            if (!(taken >> k & 1) && r.start < b[0] && r.p.back().arrival > b[1]) return true;
        }
        return false;
    }

    // Try each way of leaving (now, or when a break is no longer owed) and each set of breaks; keep the cheapest.
    bool rest(Route& r) {
        const int v = r.vehicle, count = q.break_at[v + 1] - q.break_at[v];
        std::vector<BreakAt> best;
        double best_cost = 1e300;
        int32_t best_start = 0, from = -1;
        for (int c = -1; c < count; ++c) {
            from = c < 0 ? 0 : q.breaks[3 * (q.break_at[v] + c)];
            const int32_t depart = std::max({from, q.earliest[v], r.trips[0].release});
            for (uint32_t mask = c < 0; mask < 1u << count; ++mask) {  // leaving at once without a break was tried before
                if (c >= 0 && mask >> c & 1) continue;                 // who leaves that late does not owe it
                if (!place(r, depart, mask) || !forward(r, depart)) continue;
                r.start = latest_departure(r);
                if (owes(r)) continue;
                const int32_t end = r.p.back().arrival;
                const double cost = time_cost(v, end - r.start, end) + 1e-7 * end + (c < 0 ? 0 : 1e-9);
                if (cost < best_cost) best_cost = cost, best = r.breaks, best_start = depart;
            }
        }
        if (best_cost == 1e300) return false;
        r.breaks = best;
        forward(r, best_start);
        r.start = latest_departure(r);
        return true;
    }

    // Where to take the breaks of `mask` so that the route ends earliest: dynamic programme over the breaks taken.
    bool place(Route& r, int32_t depart, uint32_t mask) {
        const int v = r.vehicle, points = 2 * (r.size() - 2);
        r.breaks.clear();
        if (!mask) return true;
        if (!(mask & (mask - 1))) return place_one(r, depart, __builtin_ctz(mask));
        const uint32_t sets = mask + 1;
        std::vector<int32_t>& ready = table;
        ready.assign(static_cast<size_t>(points + 1) * sets, BIG);
        from.assign(static_cast<size_t>(points + 1) * sets, -1);
        now.assign(sets, BIG);
        now[0] = depart;
        for (int x = 0; x < points; ++x) {
            const int i = 1 + x / 2;
            for (uint32_t s = 0; s < sets; ++s) {
                if (now[s] >= BIG || (s & ~mask)) continue;
                if (x % 2 == 0) now[s] += r.p[i - 1].seconds;
                else {
                    const int32_t* w;
                    const int32_t start = clock.next(r.p[i].node, now[s], &w);
                    now[s] = start < 0 ? BIG : start + q.service[r.p[i].node];
                }
                if (now[s] > BIG) now[s] = BIG;
            }
            int32_t* row = &ready[static_cast<size_t>(x) * sets];
            for (uint32_t s = 0; s < sets; ++s)
                for (uint32_t left = s; left; left &= left - 1) {
                    const int k = __builtin_ctz(left);
                    const uint32_t without = s & ~(1u << k);
                    if ((s & ~mask) || now[without] >= BIG) continue;
                    const int32_t begin = begin_rest(v, k, now[without]);
                    if (begin < 0 || begin + length(v, k) >= now[s]) continue;
                    now[s] = begin + length(v, k), from[static_cast<size_t>(x) * sets + s] = k;
                }
            if (x % 2 && r.p[i].node >= q.n)
                for (auto& t : now) t = std::max(t, std::min(BIG, r.trips[r.p[i].trip].release));
            std::copy(now.begin(), now.end(), row);
        }
        if (now[mask] >= BIG) return false;
        uint32_t s = mask;
        for (int x = points - 1; x >= 0 && s; --x)
            for (int k; (k = from[static_cast<size_t>(x) * sets + s]) >= 0; s &= ~(1u << k))
                r.breaks.push_back({1 + x / 2, x % 2, k, 0});
        std::reverse(r.breaks.begin(), r.breaks.end());
        return true;
    }
    // The same for one break: two clocks, before it and after.
    bool place_one(Route& r, int32_t depart, int which) const {
        const int v = r.vehicle, points = 2 * (r.size() - 2);
        const int32_t* b = q.breaks + 3 * (q.break_at[v] + which);
        int32_t before = depart, after = BIG;
        int taken = -1;
        const auto serve = [&](const Place& p, int32_t t) {
            const int32_t* w;
            const int32_t start = t < BIG ? clock.next(p.node, t, &w) : -1;
            return start < 0 ? BIG : start + q.service[p.node];
        };
        for (int x = 0; x < points; ++x) {
            const Place& p = r.p[1 + x / 2];
            if (x % 2) before = serve(p, before), after = serve(p, after);
            else before = std::min(BIG, before + r.p[x / 2].seconds), after = std::min(BIG, after + r.p[x / 2].seconds);
            if (before <= b[1])
                if (const int32_t rested = std::max(before, b[0]) + b[2]; rested < after) after = rested, taken = x;
            if (x % 2 && p.node >= q.n) {
                const int32_t release = std::min(BIG, r.trips[p.trip].release);
                before = std::max(before, release), after = std::max(after, release);
            }
            if (before > b[1] && after >= BIG) return false;
        }
        if (after >= BIG) return false;
        r.breaks.push_back({1 + taken / 2, taken % 2, which, 0});
        return true;
    }
    std::vector<int32_t> table, now;
    std::vector<int8_t> from;
};

}  // namespace rich
