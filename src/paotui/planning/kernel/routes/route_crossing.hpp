// Two routes of vehicles alike exchange their tails (2-opt*, Potvin & Rousseau 1995), which strings are too short for.
#pragma once
#include "route_vehicles.hpp"

namespace paotui {

template <class Metric, bool WINDOWS, bool MIXED>
class RouteCrossing : public RouteVehicles<Metric, WINDOWS, MIXED> {
    using Base = RouteVehicles<Metric, WINDOWS, MIXED>;

  protected:
    using typename Base::N;
    using typename Base::Slot;
    using Base::in_, Base::near_, Base::n_, Base::rng_, Base::cost_, Base::best_cost_, Base::used_, Base::nodes_,
        Base::slots_, Base::mine_, Base::to_, Base::start_of, Base::end_of, Base::location, Base::travel,
        Base::begin, Base::touch, Base::touch_slot, Base::link, Base::make_free, Base::reschedule, Base::commit,
        Base::note_best;
    using Base::Base;

    // Behind a random client comes the tail of another route that suits it best, if that costs no more than the temperature allows.
    void cross(double temperature) {
        const int c = mine_[rng_.below(static_cast<int>(mine_.size()))];
        if (nodes_[c].route < 0) return;
        const Crossing found = crossing(c, static_cast<int64_t>(temperature * rng_.exponential()));
        if (found.with < 0) return;
        begin();
        exchange_tails(c, found.with);
        cost_ += found.cost;
        commit();
        if (cost_ < best_cost_) note_best();
    }

  private:
    struct Crossing {
        int64_t cost;
        int with;
    };
    int32_t load_from(int i) const {
        int32_t load = 0;
        for (; i < n_; i = nodes_[i].next) load += in_.clients[i].demand;
        return load;
    }

    // The cheapest d, below `limit`, to follow c with all that follows it, while what follows c goes where d was.
    Crossing crossing(int c, int64_t limit) const {
        const N& me = nodes_[c];
        const int nc = me.next;
        const int32_t room = slots_[me.route].room;
        Crossing best{limit, -1};
        int32_t load = -1;
        const Near* list = near_.successors(c);
        for (int k = 0; k < near_.granular; ++k) {
            const Near& near = list[k];
            const N& node = nodes_[near.client];
            if (node.route < 0 || node.route == me.route) continue;
            const int64_t half = static_cast<int64_t>(near.distance) - me.to_next - node.from_prev;
            if (half >= best.cost) continue;
            const int pd = node.prev;
            const bool empty = nc >= n_ && pd >= n_;
            const int32_t other = empty ? 0 : to_(location(pd), location(nc));
            const int64_t cost = half + other - (empty ? in_.types[0].fixed : 0);
            if (cost >= best.cost || !in_time(c, near.client, near.distance) || !(empty || in_time(pd, nc, other))) continue;
            if (load < 0) load = load_from(nc);
            const int32_t grows = load_from(near.client) - load;
            if (grows <= room && -grows <= slots_[node.route].room) best = {cost, near.client};
        }
        return best;
    }

    // Whether the head that ends with p reaches the tail that begins with q.
    bool in_time(int p, int q, int32_t distance) const {
        return !WINDOWS || nodes_[p].ready + travel(location(p), location(q), distance) <= nodes_[q].late;
    }

    // All from `first` on change from slot `out` to `in`, the slot of route r; the last of them.
    int hand_over(int first, int r, Slot& out, Slot& in) {
        int last = first;
        for (int i = first; i < n_; last = i, i = nodes_[i].next) {
            touch(i).route = r;
            const int32_t demand = in_.clients[i].demand;
            --out.size, ++in.size, out.room += demand, in.room -= demand;
        }
        return last;
    }

    void exchange_tails(int c, int d) {
        const int a = nodes_[c].route, b = nodes_[d].route, end_a = end_of(a), end_b = end_of(b);
        const int nc = nodes_[c].next, pd = nodes_[d].prev;
        Slot &x = touch_slot(a), &y = touch_slot(b);
        touch(c), touch(pd), touch(end_a), touch(end_b);
        const int last_a = hand_over(nc, b, x, y), last_b = hand_over(d, a, y, x);
        link(last_b, end_a), link(c, d);
        if (nc < n_) link(last_a, end_b), link(pd, nc);
        else if (y.size) link(pd, end_b);
        else empty(b);
        reschedule(c, d);
        if (y.size) reschedule(pd, nodes_[pd].next);
    }

    void empty(int r) {
        nodes_[start_of(r)].next = end_of(r), nodes_[end_of(r)].prev = start_of(r);
        make_free(r), --used_;
    }
};

}  // namespace paotui
