// Where a search begins: the routes given, driven as far as they can be, then mended where they break what ties stops.
#pragma once
#include "insertion.hpp"

namespace rich {

class Beginning {
    Solution& s;
    const RichProblem& q;
    Insertion& insertion;

  public:
    Beginning(Solution& solution, Insertion& inserting) : s(solution), q(solution.q), insertion(inserting) {}

    // Linked stops at the times they had, unless more are served at any.
    void begin() {
        const int kept = started(true);
        if (q.links && kept < q.initial_at[q.vehicles] && started(false) < kept) started(true);
        mend();
    }

  private:
    // Drive the given routes; how many of their stops that serves. Linked ones at the times they had, or at any.
    int started(bool then) {
        for (int v = 0; v < q.vehicles; ++v) s.set(v, {});
        for (int k = 0; k < q.links; ++k) s.release_pin(k);
        if (then) keep_times();
        for (int v = 0; v < q.vehicles; ++v) start_route(v);
        int count = 0;
        for (int i = 0; i < q.initial_at[q.vehicles]; ++i) count += !s.is_stop(q.initial[i]) || s.served(q.initial[i]);
        return count;
    }
    // With what slack these leave.
    void keep_times() {
        std::vector<int32_t> start(q.n, -1), vehicle(q.n, -1);
        for (int v = 0; v < q.vehicles; ++v)
            for (int i = q.initial_at[v]; i < q.initial_at[v + 1]; ++i)
                if (s.is_stop(q.initial[i])) start[q.initial[i]] = q.initial_start[i], vehicle[q.initial[i]] = v;
        for (int k = 0; k < q.links; ++k) {
            const int a = q.link_a[k], b = q.link_b[k];
            if (start[a] >= 0 && start[b] >= 0) insertion.agreement.keep(k, start[a], start[b], vehicle[a], vehicle[b]);
        }
    }
    void start_route(int v) {
        std::vector<int32_t> wanted(q.locked + q.locked_at[v], q.locked + q.locked_at[v + 1]);
        const size_t locks = wanted.size();
        for (int i = q.initial_at[v]; i < q.initial_at[v + 1]; ++i) {
            const int x = q.initial[i];
            if (s.is_stop(x) && std::find(wanted.begin(), wanted.begin() + static_cast<std::ptrdiff_t>(locks), x) != wanted.begin() + static_cast<std::ptrdiff_t>(locks)) continue;
            wanted.push_back(x);
        }
        std::vector<int32_t> usable;
        for (int x : wanted) {
            const bool here = std::find(wanted.begin(), wanted.begin() + static_cast<std::ptrdiff_t>(locks), x) != wanted.begin() + static_cast<std::ptrdiff_t>(locks);
            if (!s.is_stop(x) || (!s.served(x) && (here ? s.may_serve(v, x) : s.fits(v, x)))) usable.push_back(x);
        }
        usable = s.loads.without_idle_stations(v, usable);
        if (!usable.empty() && (s.set(v, usable) || through_station(v, usable, usable.size()))) return;
        std::vector<int32_t> list;
        for (int x : usable) {
            list.push_back(x);
            if (s.set(v, list) || (s.is_stop(x) && through_station(v, list, 1))) continue;
            list.pop_back();
            s.set(v, list);
        }
        list = s.loads.without_idle_stations(v, list);
        if (list.empty() && q.empty_at_end[v] && s.loads.onboard_dims(v)) unload(v);
        else if (!usable.empty()) s.set(v, list);
    }
    // With one station more, at the end or up to so many places before it.
    bool through_station(int v, std::vector<int32_t>& list, size_t places) {
        for (size_t back = 0; back <= std::min(places, list.size()); ++back)
            for (int k = q.station_at[v]; k < q.station_at[v + 1]; ++k) {
                auto longer = list;
                longer.insert(longer.end() - static_cast<std::ptrdiff_t>(back), q.n + q.station[k]);
                if (s.set(v, longer)) return list = longer, true;
            }
        return false;
    }
    void unload(int v) {
        for (int k = q.station_at[v]; k < q.station_at[v + 1]; ++k)
            if (s.set(v, {q.n + q.station[k]})) return;
        s.set(v, {});
    }
    // Units complete, links kept: what breaks them goes.
    void mend() {
        std::vector<int32_t> gone;
        for (int j = 0; j < q.n; ++j)  // what belongs to a locked stop is put beside it
            if (s.served(j) && s.bound[j]) insertion.complete(s.unit_of[j]);
        for (int j = 0; j < q.n; ++j)
            for (int u : s.unit_of[j])
                if (s.served(j) && !s.served(u)) gone.push_back(j);
        for (int x = 0; x < q.ships; ++x) {
            const int a = q.ship_pickup[x], b = q.ship_delivery[x];
            if (!s.served(a) || !s.served(b)) continue;
            const bool one = s.route_of[a] == s.route_of[b] && s.place_of[a] < s.place_of[b];
            if (!one || s.at(a).trip != s.at(b).trip) gone.push_back(a);
        }
        s.remove(gone);
        const std::vector<int32_t> rank = depths(q);
        std::vector<std::pair<int64_t, int>> order;  // what comes first in a chain is fixed first
        for (int k = 0; k < q.links; ++k) {
            const int b = q.link_b[k];
            if (s.served(b) && !s.pins[k].held) order.push_back({static_cast<int64_t>(rank[b]) * BIG + s.at(b).start, k});
        }
        std::sort(order.begin(), order.end());
        for (auto [start, k] : order)
            if (s.served(q.link_b[k]) && s.served(q.link_a[k]) && !insertion.agreement.tie(k)) untie(k);
    }
    // The two stops of a link cannot agree: first what is not locked makes room, then one of them goes.
    void untie(int k) {
        const int a = q.link_a[k], b = q.link_b[k];
        if (s.bound[a] || s.bound[b]) {
            std::vector<int32_t> others;
            for (int j : {a, b})
                for (int x : s.nodes(s.route_of[j]))
                    if (s.is_stop(x) && !s.bound[x] && x != a && x != b) others.push_back(x);
            for (int j : {a, b})
                for (int l : s.links_of[j])
                    if (const int x = s.partner(l, j); !s.bound[x]) others.push_back(x);
            s.remove(others);
            if (s.served(a) && s.served(b) && insertion.agreement.tie(k)) return;
        }
        s.remove({s.bound[b] && !s.bound[a] ? a : b});
    }
};

}  // namespace rich
