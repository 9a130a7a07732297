// Vehicles that reload at home: a vehicle is a chain of trips, each with a start and an end of its own and a release,
// the latest one of its clients. Ready times run forward and latest times backward over the ends of trips, so a place
// costs constant time to check; a journal takes back what an iteration did.
#pragma once
#include "tours.hpp"

namespace paotui {

struct Trip {
    int vehicle;  // of all vehicles, counted through the types
    std::vector<int> clients;
};
using Chains = std::vector<Trip>;  // trips of one vehicle in the order driven

struct TripNode {
    int32_t next, prev, to_next, from_prev;  // neighbours in the trip, distances to them
    int32_t route;                           // its trip; −1: not served
    int32_t ready, late;                     // earliest end of service, latest start of service
    int32_t run;                             // from the start of the trip to the end of service without waiting
};

struct TripSlot {
    int vehicle = 0, ahead = 0, back = 0;  // trips after and before it; a vehicle's own slot closes its chain
    int size = 0;
    int32_t room = 0, release = 0, home = 0;
};

template <class Metric>
class TripChains : public Tours<TripNode, TripSlot> {
  protected:
    using Node = TripNode;
    using Slot = TripSlot;
    struct Vehicle {
        int type, home;
        int64_t fixed, unit;
        int32_t capacity, open, close;
    };

    TripChains(const Instance& in, const Neighbours& near, const Metric& to, const Tuning& tuning) : Tours(in, near, to, tuning), to_(to) {
        for (size_t t = 0; t < in.types.size(); ++t)
            for (int k = 0; k < in.types[t].count; ++k) {
                const VehicleType& type = in.types[t];
                vehicles_.push_back({static_cast<int>(t), type.start, type.fixed, type.unit, type.capacity, type.open, type.close});
            }
        fleet_ = static_cast<int>(vehicles_.size());
    }

    // No trips yet; nobody is served, and nobody waits for it.
    void clear(uint64_t seed, const Terms& terms) {
        const int slots = fleet_ + n_ + 1;
        Tours::clear(slots, seed, terms);
        free_.clear(), free_at_.assign(slots, -1), busy_.clear(), vehicle_at_.assign(fleet_, -1);
        idle_.assign(in_.types.size(), {}), broken_ = false;
        begin();
        for (int v = fleet_ - 1; v >= 0; --v) open_vehicle(v);
        for (int r = slots - 1; r >= fleet_; --r) make_free(r);
    }

    int location(int i) const { return i < n_ ? i : slots_[(i - n_) >> 1].home; }

    void open_vehicle(int v) {
        const Vehicle& one = vehicles_[v];
        slots_[v] = {v, v, v, 0, 0, 0, one.home};
        nodes_[end_of(v)].ready = one.open, nodes_[start_of(v)].late = one.close;
        make_idle(v);
    }

    void take_trip(const Trip& trip) {
        if (trip.vehicle < 0 || trip.vehicle >= fleet_ || trip.clients.empty()) return;
        const Vehicle& one = vehicles_[trip.vehicle];
        const int last = slots_[trip.vehicle].back;
        int32_t load = 0, release = 0;
        for (int c : trip.clients) {
            if (nodes_[c].route >= 0 || !(in_.allowed[c] >> one.type & 1)) return;
            load += in_.clients[c].demand, release = std::max(release, in_.release[c]);
        }
        int32_t time = std::max(nodes_[end_of(last)].ready, release);
        int at = one.home;
        for (int c : trip.clients) {
            time = std::max(time + to_(at, c), in_.clients[c].open), at = c;
            if (time > in_.clients[c].close) return;
            time += in_.clients[c].service;
        }
        if (load > one.capacity || time + to_(at, one.home) > one.close) return;
        const int r = link_trip(trip.vehicle, last);
        int p = start_of(r);
        for (int c : trip.clients) {
            const int64_t known = slots_[r].size ? nodes_[p].to_next : 0;
            place_in(c, p);
            cost_ += one.unit * (static_cast<int64_t>(nodes_[c].from_prev) + nodes_[c].to_next - known), p = c;
        }
    }

    void link(int a, int b) {
        const int32_t d = to_(location(a), location(b));
        nodes_[a].next = b, nodes_[b].prev = a;
        nodes_[a].to_next = nodes_[b].from_prev = d;
    }

    void make_free(int r) { put_in(free_, free_at_, r); }
    void take_free(int r) { take_out(free_, free_at_, r); }
    void make_idle(int v) { put_in(idle_[vehicles_[v].type], vehicle_at_, v); }
    void take_idle(int v) { take_out(idle_[vehicles_[v].type], vehicle_at_, v); }
    void make_busy(int v) { put_in(busy_, vehicle_at_, v); }
    void take_busy(int v) { take_out(busy_, vehicle_at_, v); }

    // An empty trip of vehicle v after slot `back`; the caller fills it.
    int link_trip(int v, int back) {
        const int r = free_.back();
        touch_slot(r);
        join(v, back, r);
        slots_[r].size = 0, slots_[r].release = 0;
        slots_[r].room = vehicles_[v].capacity, slots_[r].home = vehicles_[v].home;
        Node &s = touch(start_of(r)), &e = touch(end_of(r));
        s.next = end_of(r), e.prev = start_of(r), s.route = e.route = r, s.run = 0;
        s.ready = nodes_[end_of(back)].ready;
        e.late = std::min(vehicles_[v].close, nodes_[start_of(slots_[r].ahead)].late);
        return r;
    }

    void join(int v, int back, int r) {
        if (slots_[v].ahead == v) take_idle(v), make_busy(v), cost_ += vehicles_[v].fixed;
        touch_slot(back), touch_slot(r);
        const int ahead = slots_[back].ahead;
        touch_slot(ahead);
        slots_[r].vehicle = v, slots_[r].back = back, slots_[r].ahead = ahead;
        slots_[back].ahead = r, slots_[ahead].back = r;
    }

    void part(int r) {
        const int v = slots_[r].vehicle, a = slots_[r].back, b = slots_[r].ahead;
        touch_slot(a), touch_slot(b);
        slots_[a].ahead = b, slots_[b].back = a;
        if (b != v) forward(start_of(b));
        if (a != v) backward(end_of(a));
        if (slots_[v].ahead == v) take_busy(v), make_idle(v), cost_ -= vehicles_[v].fixed;
    }

    // ---- changes ---------------------------------------------------------------------------------------

    void place_in(int c, int p) {
        const int r = nodes_[p].route, q = nodes_[p].next;
        Slot& slot = touch_slot(r);
        touch(p), touch(q);
        Node& node = touch(c);
        node.route = r;
        link(p, c), link(c, q);
        const bool fresh = !slot.size;
        if (fresh) take_free(r), ++used_;
        slot.size++, slot.room -= in_.clients[c].demand, ++served_;
        if (in_.release[c] > slot.release) {
            slot.release = in_.release[c];
            forward(start_of(r));
        }
        refresh(c);
        forward(q), backward(p);
        if (fresh) ripple(r);
    }

    // Both times of a client that has just been linked, whatever stood there before.
    void refresh(int c) {
        Node& node = nodes_[c];
        const Client& me = in_.clients[c];
        const Node& p = nodes_[node.prev];
        node.ready = std::max(p.ready + node.from_prev, me.open) + me.service;
        node.run = p.run + node.from_prev + me.service;
        node.late = std::min(me.close, nodes_[node.next].late - node.to_next - me.service);
    }

    void remove_string(int first, int last, int count) {
        const int r = nodes_[first].route;
        Slot& slot = touch_slot(r);
        const int64_t unit = vehicles_[slot.vehicle].unit;
        const int a = nodes_[first].prev, b = nodes_[last].next;
        int64_t gone = nodes_[first].from_prev;
        int32_t released = 0;
        for (int i = first, k = 0; k < count; ++k) {
            Node& node = touch(i);
            gone += node.to_next;
            node.route = -1;
            slot.room += in_.clients[i].demand;
            released = std::max(released, in_.release[i]);
            removed_.push_back(i);
            i = node.next;
        }
        slot.size -= count, served_ -= count;
        touch(a), touch(b);
        if (slot.size) {
            link(a, b);
            gone -= nodes_[a].to_next;
            // Rounded distances may break the triangle inequality by a unit; the iteration is then given up.
            if (nodes_[a].ready + nodes_[a].to_next > nodes_[b].late) broken_ = true;
            if (released >= slot.release) {
                slot.release = latest_release(r);
                if (slot.release < released) forward(start_of(r));
            }
            forward(b), backward(a);
        } else {
            nodes_[a].next = b, nodes_[b].prev = a;
            part(r), make_free(r), --used_;
        }
        cost_ -= unit * gone;
    }

    // ---- schedule --------------------------------------------------------------------------------------

    // From node i on, as far as anything changes.
    void forward(int i) {
        for (;;) {
            const Node& node = nodes_[i];
            int32_t ready, run = 0;
            if (i < n_) {
                const Node& p = nodes_[node.prev];
                const Client& c = in_.clients[i];
                ready = std::max(p.ready + node.from_prev, c.open) + c.service;
                run = p.run + node.from_prev + c.service;
            } else if ((i - n_) & 1) {
                ready = nodes_[node.prev].ready + node.from_prev;
            } else {
                const Slot& slot = slots_[(i - n_) >> 1];
                ready = std::max(nodes_[end_of(slot.back)].ready, slot.release);
            }
            if (node.ready == ready && node.run == run) return;
            Node& changed = touch(i);
            changed.ready = ready, changed.run = run;
            if (i >= n_ && ((i - n_) & 1)) {
                const int ahead = slots_[(i - n_) >> 1].ahead;
                if (ahead < fleet_) return;
                i = start_of(ahead);
            } else {
                i = changed.next;
            }
        }
    }

    void backward(int i) {
        for (;;) {
            const Node& node = nodes_[i];
            int32_t late;
            if (i < n_) {
                const Client& c = in_.clients[i];
                late = std::min(c.close, nodes_[node.next].late - node.to_next - c.service);
            } else if ((i - n_) & 1) {
                const Slot& slot = slots_[(i - n_) >> 1];
                late = std::min(vehicles_[slot.vehicle].close, nodes_[start_of(slot.ahead)].late);
            } else {
                late = nodes_[node.next].late - node.to_next;
            }
            if (node.late == late) return;
            touch(i).late = late;
            if (i >= n_ && !((i - n_) & 1)) {
                const int back = slots_[(i - n_) >> 1].back;
                if (back < fleet_) return;
                i = end_of(back);
            } else {
                i = nodes_[i].prev;
            }
        }
    }

    int32_t latest_release(int r) const {
        int32_t latest = 0;
        for (int i = nodes_[start_of(r)].next; i < n_; i = nodes_[i].next) latest = std::max(latest, in_.release[i]);
        return latest;
    }

    // The trips on both sides of one that has just been linked hear of it even where its own times stayed.
    void ripple(int r) {
        const int a = slots_[r].back, b = slots_[r].ahead;
        if (b >= fleet_) forward(start_of(b));
        if (a >= fleet_) backward(end_of(a));
    }

    // ---- what an iteration did ---------------------------------------------------------------------------

    void undo() {
        for (const auto& [i, node] : journal_) nodes_[i] = node;
        for (const auto& [r, slot] : slot_journal_) {
            if (r < fleet_) {
                const bool was = slot.ahead != r, is = slots_[r].ahead != r;
                if (is && !was) take_busy(r), make_idle(r);
                if (was && !is) take_idle(r), make_busy(r);
            } else {
                served_ += slot.size - slots_[r].size;
                if (slots_[r].size && !slot.size) make_free(r), --used_;
                if (!slots_[r].size && slot.size) take_free(r), ++used_;
            }
            slots_[r] = slot;
        }
    }

    void note_best() {
        best_.clear();
        for (int v = 0; v < fleet_; ++v)
            for (int r = slots_[v].ahead; r >= fleet_; r = slots_[r].ahead) {
                best_.push_back(-1 - v);
                for (int i = nodes_[start_of(r)].next; i < n_; i = nodes_[i].next) best_.push_back(i);
            }
        best_cost_ = cost_, best_bank_ = bank_;
    }

    const Metric& to_;
    int fleet_ = 0;
    bool broken_ = false;
    std::vector<Vehicle> vehicles_;
    std::vector<int> best_, free_, free_at_, busy_, vehicle_at_;
    std::vector<std::vector<int>> idle_;
};

}  // namespace paotui
