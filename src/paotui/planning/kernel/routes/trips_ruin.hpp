// What an iteration takes out of chains of trips: strings of clients that lie together, whole trips, all that vehicles
// do later on; and trips that go elsewhere as they are.
#pragma once
#include "trips_chain.hpp"

namespace paotui {

struct TripTuning {
    double mean_removed = 10, longest_string = 10;
    double split = 0.5, split_depth = 0.01, blink = 0.01;
    double whole_trip = 0.1;  // how often a ruin takes out a whole trip beside the strings
    double adjacent = 0.3;    // … and how often its neighbour in the chain too
    double tails = 0.01;      // how often all that two vehicles do later on
    double shift = 0.1;       // how often a trip goes to another place in the chains first
};

template <class Metric>
class TripRuin : public TripChains<Metric> {
  protected:
    using Base = TripChains<Metric>;
    using typename Base::Slot;
    using Base::in_, Base::n_, Base::fleet_, Base::cost_, Base::used_, Base::served_, Base::stamp_, Base::vehicles_,
        Base::nodes_, Base::slots_, Base::bank_at_, Base::removed_, Base::busy_, Base::idle_, Base::start_of,
        Base::end_of, Base::price, Base::touch, Base::touch_slot, Base::join, Base::part, Base::remove_string,
        Base::forward, Base::backward, Base::ripple;

    TripRuin(const Instance& in, const Neighbours& near, const Metric& to, const TripTuning& tuning)
        : Base(in, to), near_(near), tuning_(tuning) {}

    // A string of `length` clients of c's trip that contains c, perhaps with a gap of clients that stay.
    void remove_around(int c, int length) {
        const int size = slots_[nodes_[c].trip].size;
        int kept = 0;
        if (length > 1 && length < size && rng_.unit() < tuning_.split) {
            kept = 1;
            while (length + kept < size && rng_.unit() < tuning_.split_depth) ++kept;
        }
        const int whole = length + kept;
        int first = c, back = rng_.below(whole), ahead;
        for (; back > 0 && nodes_[first].prev < n_; --back) first = nodes_[first].prev;
        int last = first;
        for (ahead = 1; ahead < whole && nodes_[last].next < n_; ++ahead) last = nodes_[last].next;
        for (; ahead < whole; ++ahead) first = nodes_[first].prev;
        if (!kept) return remove_string(first, last, length);
        const int head = 1 + rng_.below(length - 1);
        int end = first;
        for (int k = 1; k < head; ++k) end = nodes_[end].next;
        int tail = end;
        for (int k = 0; k <= kept; ++k) tail = nodes_[tail].next;
        remove_string(first, end, head);
        remove_string(tail, last, length - head);
    }

    void remove_trip(int r) {
        ruined_[r] = stamp_;
        remove_string(nodes_[start_of(r)].next, nodes_[end_of(r)].prev, slots_[r].size);
    }

    void remove_tail(int c) {
        const int r = nodes_[c].trip;
        if (r < 0) return;
        for (int k = slots_[r].ahead, more; k >= fleet_; k = more) more = slots_[k].ahead, remove_trip(k);
    }

    void ruin() {
        removed_.clear(), from_bank_ = 0;
        const double average = used_ ? static_cast<double>(served_) / used_ : 1.0;
        const double longest = std::min(tuning_.longest_string, average);
        const double most = std::max(1.0, 4.0 * tuning_.mean_removed / (1.0 + longest) - 1.0);
        int strings = static_cast<int>(1.0 + rng_.unit() * most);
        const int seed = rng_.below(n_);
        const int32_t* ring = near_.ring(seed);
        const double draw = rng_.unit();
        if (draw < tuning_.whole_trip) {
            const int r = nodes_[seed].trip;
            if (r >= 0 && slots_[r].size <= 4 * tuning_.mean_removed) {
                int other = -1;
                if (rng_.unit() < tuning_.adjacent) other = rng_.below(2) ? slots_[r].ahead : slots_[r].back;
                remove_trip(r), --strings;
                if (other >= fleet_) remove_trip(other), --strings;
            }
        } else if (draw < tuning_.whole_trip + tuning_.tails && near_.around > 0) {
            remove_tail(seed), remove_tail(ring[rng_.below(std::min(10, near_.around))]);
            strings = 1;
        }
        int tried = 0;
        for (int k = -1; k < near_.around && strings > 0; ++k) {
            const int c = k < 0 ? seed : ring[k];
            const int r = nodes_[c].trip;
            if (r < 0) {
                if (bank_at_[c] >= 0 && tried < 8) ++tried, from_bank_++, removed_.push_back(c), cost_ -= price(c);
                continue;
            }
            if (ruined_[r] == stamp_) continue;
            ruined_[r] = stamp_;
            const double limit = std::min(longest, static_cast<double>(slots_[r].size));
            remove_around(c, std::max(1, static_cast<int>(1.0 + rng_.unit() * limit - 1e-9)));
            --strings;
        }
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
        const int r = nodes_[rng_.below(n_)].trip;
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

    const Neighbours& near_;
    const TripTuning tuning_;
    Rng rng_{1};
    int from_bank_ = 0;
    std::vector<uint32_t> ruined_;
};

}  // namespace paotui
