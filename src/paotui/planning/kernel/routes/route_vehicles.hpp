// Vehicles that differ only in size and cost take over routes from each other.
#pragma once
#include <climits>

#include "route_chains.hpp"

namespace paotui {

template <class Metric, bool WINDOWS, bool MIXED>
class RouteVehicles : public RouteChains<Metric, WINDOWS, MIXED> {
    using Base = RouteChains<Metric, WINDOWS, MIXED>;

  protected:
    using typename Base::N;
    using typename Base::Slot;
    using Base::in_, Base::cost_, Base::used_, Base::served_, Base::nodes_, Base::slots_, Base::slot_journal_,
        Base::free_, Base::touch, Base::touch_slot, Base::link, Base::make_free, Base::take_free, Base::forward_one,
        Base::backward_one, Base::reschedule;
    struct Exchange {
        int64_t cost;
        int type;
    };

    RouteVehicles(const Instance& in, const Neighbours& near, const Metric& to, const Metric& time_to, const Tuning& tuning)
        : Base(in, near, to, time_to, tuning) {
        find_families();
    }

    // Types that differ only in size and cost can take over a route from each other.
    void find_families() {
        family_.assign(in_.types.size(), {});
        if constexpr (!MIXED) return;
        for (size_t a = 0; a < in_.types.size(); ++a)
            for (size_t b = 0; b < in_.types.size(); ++b)
                if (a != b && alike(static_cast<int>(a), static_cast<int>(b))) family_[a].push_back(static_cast<int>(b));
    }

    bool alike(int a, int b) const {
        const VehicleType &x = in_.types[a], &y = in_.types[b];
        if (x.start != y.start || x.end != y.end || x.open != y.open || x.close != y.close || x.max_duration != y.max_duration) return false;
        return std::all_of(in_.allowed.begin(), in_.allowed.end(), [&](uint64_t m) { return (m >> a & 1) == (m >> b & 1); });
    }

    // The cheapest free vehicle that carries `load` over `length` instead of the one of the route, and what it costs more.
    Exchange exchange(const Slot& slot, int32_t load, int64_t length) const {
        Exchange best{INT64_MAX, -1};
        const int64_t now = in_.types[slot.type].fixed + slot.unit * slot.length;
        for (int t : family_[slot.type]) {
            const VehicleType& type = in_.types[t];
            if (free_[t].empty() || type.capacity < load) continue;
            const int64_t cost = type.fixed + type.unit * length - now;
            if (cost < best.cost) best = {cost, t};
        }
        return best;
    }

    void give_vehicle(int r, int type) {
        const int f = free_[type].back();
        Slot &slot = touch_slot(r), &other = touch_slot(f);
        take_free(f);
        const int32_t load = in_.types[slot.type].capacity - slot.room;
        std::swap(slot.type, other.type);
        slot.unit = in_.types[slot.type].unit, other.unit = in_.types[other.type].unit;
        slot.room = in_.types[slot.type].capacity - load, other.room = in_.types[other.type].capacity;
        make_free(f);
    }

    // Give every shortened route the cheapest vehicle that will do.
    void change_vehicles() {
        for (size_t k = 0; k < slot_journal_.size(); ++k) {
            const int r = slot_journal_[k].first;
            if (!slots_[r].size) continue;
            const Slot& slot = slots_[r];
            const Exchange e = exchange(slot, in_.types[slot.type].capacity - slot.room, slot.length);
            if (e.type >= 0 && e.cost < 0) cost_ += e.cost, give_vehicle(r, e.type);
        }
    }

    bool takes(const Slot& slot, int c, int32_t demand) const {
        if constexpr (!MIXED) return slot.room >= demand;
        return (in_.allowed[c] >> slot.type & 1) && (slot.room >= demand || (grow_ && !family_[slot.type].empty()));
    }

    // Cost of `more` distance and c's load on a route; INT64_MAX when no vehicle will do.
    int64_t cost_of(const Slot& slot, int64_t more, int32_t demand) const {
        if constexpr (!MIXED) return more;
        if (slot.room >= demand) return more * slot.unit;
        const int32_t load = in_.types[slot.type].capacity - slot.room;
        return exchange(slot, load + demand, slot.length + more).cost;
    }

    void insert(int c, int p) {
        const int r = nodes_[p].route, q = nodes_[p].next;
        Slot& slot = touch_slot(r);
        touch(p), touch(q);
        N& node = touch(c);
        node.route = r;
        const int64_t known = slot.size ? nodes_[p].to_next : 0;
        link(p, c), link(c, q);
        if constexpr (MIXED) {
            const int64_t more = static_cast<int64_t>(nodes_[c].from_prev) + nodes_[c].to_next - known;
            if (slot.size && slot.room < in_.clients[c].demand)
                give_vehicle(r, exchange(slot, in_.types[slot.type].capacity - slot.room + in_.clients[c].demand, slot.length + more).type);
            slot.length += more;
        }
        if (!slot.size) take_free(r), ++used_;
        slot.size++, slot.room -= in_.clients[c].demand, ++served_;
        if constexpr (WINDOWS) {
            forward_one(c), backward_one(c);
            reschedule(p, q);
        }
    }

    bool grow_ = true;  // a route may get a larger vehicle for one client more
    std::vector<std::vector<int>> family_;
};

}  // namespace paotui
