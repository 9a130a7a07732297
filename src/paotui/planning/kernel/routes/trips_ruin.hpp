// What an iteration takes out of chains of trips: strings of clients that lie together, whole trips, all that vehicles
// do later on; and trips that go elsewhere as they are.
#pragma once
#include "trips_chain.hpp"

namespace paotui {

constexpr double WHOLE_TRIP = 0.1;  // how often a ruin takes out a whole trip beside the strings
constexpr double ADJACENT = 0.3;    // … and how often its neighbour in the chain too
constexpr double TAILS = 0.01;      // how often all that two vehicles do later on
constexpr double SHIFT = 0.1;       // how often a trip goes to another place in the chains first

template <class Metric>
class TripRuin : public TripChains<Metric> {
  protected:
    using Base = TripChains<Metric>;
    using typename Base::Slot;
    using Base::in_, Base::near_, Base::tuning_, Base::n_, Base::rng_, Base::fleet_, Base::ruined_, Base::stamp_,
        Base::vehicles_, Base::nodes_, Base::slots_, Base::busy_, Base::idle_, Base::start_of, Base::end_of,
        Base::touch, Base::touch_slot, Base::join, Base::part, Base::remove_string, Base::forward, Base::backward,
        Base::ripple;

    using Base::Base;

    void remove_trip(int r) {
        ruined_[r] = stamp_;
        remove_string(nodes_[start_of(r)].next, nodes_[end_of(r)].prev, slots_[r].size);
    }

    void remove_tail(int c) {
        const int r = nodes_[c].route;
        if (r < 0) return;
        for (int k = slots_[r].ahead, more; k >= fleet_; k = more) more = slots_[k].ahead, remove_trip(k);
    }

    void ruin() {
        double longest;
        int strings = Base::strings(longest);
        const int seed = rng_.below(n_);
        const int32_t* ring = near_.ring(seed);
        const double draw = rng_.unit();
        if (draw < WHOLE_TRIP) {
            const int r = nodes_[seed].route;
            if (r >= 0 && slots_[r].size <= 4 * tuning_.mean_removed) {
                int other = -1;
                if (rng_.unit() < ADJACENT) other = rng_.below(2) ? slots_[r].ahead : slots_[r].back;
                remove_trip(r), --strings;
                if (other >= fleet_) remove_trip(other), --strings;
            }
        } else if (draw < WHOLE_TRIP + TAILS && near_.around > 0) {
            remove_tail(seed), remove_tail(ring[rng_.below(std::min(10, near_.around))]);
            strings = 1;
        }
        Base::take_strings(seed, strings, longest, [&](int first, int last, int count) { remove_string(first, last, count); });
    }

    // The latest departure of a trip and, below, its earliest return, were the vehicle free all day.
    int32_t free_late(int r) const {
        int32_t late = vehicles_[slots_[r].vehicle].close;
        for (int i = nodes_[end_of(r)].prev; i < n_; i = nodes_[i].prev)
            late = std::min(in_.clients[i].close, late - nodes_[i].to_next - in_.clients[i].service);
        return late - nodes_[start_of(r)].to_next;
    }
    int32_t earliest(int r) const {
        int32_t time = -FOREVER;
        for (int i = nodes_[start_of(r)].next; i < n_; i = nodes_[i].next)
            time = std::max(time + nodes_[i].from_prev, in_.clients[i].open) + in_.clients[i].service;
        return time + nodes_[end_of(r)].from_prev;
    }

    // A trip goes to another place in the chains of alike vehicles, drawn from all where it can be driven.
    void shift_trip() {
        const int r = nodes_[rng_.below(n_)].route;
        if (r < 0) return;
        Slot& slot = touch_slot(r);
        const int type = vehicles_[slot.vehicle].type;
        const int32_t late = free_late(r), soonest = earliest(r), release = slot.release;
        const int32_t run = nodes_[nodes_[end_of(r)].prev].run + nodes_[end_of(r)].from_prev;
        int chosen_vehicle = slot.vehicle, chosen = slot.back, found = 0;
        part(r);
        const auto look = [&](int v) {
            for (int a = v;;) {
                const int b = slots_[a].ahead;
                const int32_t leave = std::max(nodes_[end_of(a)].ready, release);
                if (leave > late) break;
                if (std::max(leave + run, soonest) <= nodes_[start_of(b)].late && rng_.below(++found) == 0) chosen_vehicle = v, chosen = a;
                if (b == v) break;
                a = b;
            }
        };
        for (int v : busy_)
            if (vehicles_[v].type == type) look(v);
        if (!idle_[type].empty()) look(idle_[type].back());
        join(chosen_vehicle, chosen, r);
        touch(start_of(r)), touch(end_of(r));
        forward(start_of(r)), backward(end_of(r));
        ripple(r);
    }
};

}  // namespace paotui
