// Routes divided among the threads, so that each improves a share of its own and nobody meets anybody: along a line
// through the district, fleet by fleet every other time. What ties stops of different shares keeps its times meanwhile.
#pragma once
#include <numeric>

#include "random.hpp"
#include "solution.hpp"

namespace rich {

struct Division {
    std::vector<int32_t> vehicle, stop;  // the share each belongs to; stops of nobody, which stay as they are: -1
};

class Shares {
    const RichProblem& q;
    std::vector<int32_t> fleet;  // by vehicle: those that may serve the same stops, and theirs again

  public:
    explicit Shares(const RichProblem& problem) : q(problem), fleet(problem.vehicles) {
        int kinds = 0;
        for (int v = 0; v < q.vehicles; ++v) kinds = std::max(kinds, q.kind[v] + 1);
        std::vector<int32_t> root(kinds);
        std::iota(root.begin(), root.end(), 0);
        const auto find = [&](int k) {
            while (root[k] != k) k = root[k];
            return k;
        };
        for (int j = 0; j < q.n; ++j)
            for (int k = 0, known = -1; k < kinds; ++k) {
                if (!q.fit[static_cast<int64_t>(k) * q.n + j]) continue;
                if (known < 0) known = find(k);
                else root[find(k)] = known;
            }
        for (int v = 0; v < q.vehicles; ++v) fleet[v] = find(q.kind[v]);
    }

    Division divide(const Solution& s, int parts, Random& random) const {
        Division d{std::vector<int32_t>(q.vehicles, 0), std::vector<int32_t>(q.n, -1)};
        used(s, parts, random, d);
        std::vector<int32_t> turn(s.class_members.size(), -1);
        for (int v = 0; v < q.vehicles; ++v) {  // of empty ones everybody gets some
            if (s.routes[v].stops) continue;
            int32_t& k = turn[q.twin[v]];
            if (k < 0) k = random.below(parts);
            d.vehicle[v] = k++ % parts;
        }
        for (int j = 0; j < q.n; ++j)
            if (s.served(j)) d.stop[j] = d.vehicle[s.route_of[j]];
        unserved(s, parts, random, d);
        return d;
    }

  private:
    void used(const Solution& s, int parts, Random& random, Division& d) const {
        struct Key {
            double fleet, at;
            int v, stops;
        };
        std::vector<Key> order;
        const bool by_fleet = random.chance(0.5);
        std::vector<double> turn(q.vehicles);
        for (auto& x : turn) x = by_fleet ? random.real() : 0;
        const int64_t one = q.loc[random.below(q.n)] * static_cast<int64_t>(q.locations);
        const int64_t other = q.loc[random.below(q.n)] * static_cast<int64_t>(q.locations);
        int total = 0, done = 0;
        for (const Route& r : s.routes) {
            if (!r.stops) continue;
            double at = 0;
            for (const Place& p : r.p)
                if (s.is_stop(p.node)) at += std::min(BIG, q.distance[0][one + p.loc]) - std::min(BIG, q.distance[0][other + p.loc]);
            order.push_back({turn[fleet[r.vehicle]], at / r.stops, r.vehicle, r.stops});
            total += r.stops;
        }
        std::sort(order.begin(), order.end(), [](const Key& a, const Key& b) {
            return a.fleet != b.fleet ? a.fleet < b.fleet : a.at != b.at ? a.at < b.at : a.v < b.v;
        });
        for (const Key& k : order) {
            d.vehicle[k.v] = std::min(parts - 1, static_cast<int>((done + k.stops / 2) * static_cast<int64_t>(parts) / total));
            done += k.stops;
        }
    }
    // With what they are tied to; where that is in several shares, they wait for another division.
    void unserved(const Solution& s, int parts, Random& random, Division& d) const {
        std::vector<int32_t> left;
        for (int j = 0; j < q.n; ++j) {
            if (s.served(j)) continue;
            left.push_back(j), d.stop[j] = random.below(parts);
            for (int k : s.links_of[j])
                if (const int i = s.partner(k, j); s.served(i)) d.stop[j] = d.stop[i];
        }
        for (bool changed = true; changed;) {
            changed = false;
            for (int j : left) {
                if (d.stop[j] < 0) continue;
                bool apart = false;
                for (int u : s.unit_of[j]) apart |= d.stop[u] != d.stop[j];
                for (int k : s.links_of[j]) apart |= d.stop[s.partner(k, j)] != d.stop[j];
                if (apart) d.stop[j] = -1, changed = true;
            }
        }
    }
};

}  // namespace rich
