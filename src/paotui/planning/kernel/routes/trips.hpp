// Ruin and recreate (Christiaens & Vanden Berghe, Transportation Science 2020) for vehicles that reload at home: a
// vehicle is a chain of trips, each with a start and an end of its own and a release, the latest one of its clients.
// Ready times run forward and latest times backward over the ends of trips, so a place costs constant time to check.
#pragma once
#include "worker.hpp"

namespace paotui {

struct Trip {
    int vehicle;  // of all vehicles, counted through the types
    std::vector<int> clients;
};
using Chains = std::vector<Trip>;  // trips of one vehicle in the order driven

struct TripTuning {
    double mean_removed = 10, longest_string = 10;
    double split = 0.5, split_depth = 0.01, blink = 0.01;
    double whole_trip = 0.1;  // how often a ruin takes out a whole trip beside the strings
    double adjacent = 0.3;    // … and how often its neighbour in the chain too
    double tails = 0.01;      // how often all that two vehicles do later on
    double shift = 0.1;       // how often a trip goes to another place in the chains first
};

template <class Metric>
class TripWorker {
    struct Node {
        int32_t next, prev, to_next, from_prev;  // neighbours in the trip, distances to them
        int32_t trip;                            // −1: not served
        int32_t ready, late;                     // earliest end of service, latest start of service
        int32_t run;                             // from the start of the trip to the end of service without waiting
    };
    struct Slot {
        int vehicle = 0, ahead = 0, back = 0;  // trips after and before it; a vehicle's own slot closes its chain
        int size = 0;
        int32_t room = 0, release = 0, home = 0;
    };
    struct Place {
        int64_t cost;
        int after;  // a node of a trip; −1: a new trip
        int gap;    // after this slot
    };
    struct Vehicle {
        int type, home;
        int64_t fixed, unit;
        int32_t capacity, open, close;
    };

  public:
    TripWorker(const Instance& in, const Neighbours& near, const Metric& to, const Metric& from, const TripTuning& tuning)
        : in_(in), near_(near), to_(to), from_(from), tuning_(tuning), n_(in.n) {
        for (size_t t = 0; t < in.types.size(); ++t)
            for (int k = 0; k < in.types[t].count; ++k) {
                const VehicleType& type = in.types[t];
                vehicles_.push_back({static_cast<int>(t), type.start, type.fixed, type.unit, type.capacity, type.open, type.close});
            }
        fleet_ = static_cast<int>(vehicles_.size());
        for (int c = 0; c < n_; ++c) far_.push_back(in.types.empty() ? 0 : to(in.types[0].start, c));
    }

    // Take over trips; those that cannot be driven as given, and all clients in none of them, are not served yet.
    void take(const Chains& chains, uint64_t seed, int64_t must) {
        rng_.state = seed, must_ = must;
        const int slots = fleet_ + n_ + 1;
        nodes_.assign(n_ + 2 * slots, Node{});
        for (Node& node : nodes_) node.trip = -1;
        slots_.assign(slots, Slot{});
        marks_.assign(nodes_.size(), 0), slot_marks_.assign(slots, 0), ruined_.assign(slots, 0), stamp_ = 0;
        free_.clear(), free_at_.assign(slots, -1), busy_.clear(), vehicle_at_.assign(fleet_, -1);
        idle_.assign(in_.types.size(), {}), bank_.clear(), bank_at_.assign(n_, -1);
        cost_ = 0, used_ = 0, served_ = 0, broken_ = false;
        begin();
        for (int v = fleet_ - 1; v >= 0; --v) open_vehicle(v);
        for (int r = slots - 1; r >= fleet_; --r) make_free(r);
        for (const Trip& trip : chains) take_trip(trip);
        for (int c = 0; c < n_; ++c)
            if (nodes_[c].trip < 0) into_bank(c), cost_ += price(c);
        blink_in_ = blink_gap();
        note_best();
    }

    void run(const Stretch& s, const std::atomic<int>& cancel) {
        const double ratio = s.cold / s.hot;
        double temperature = s.hot;
        for (int64_t k = 0; s.iterations < 0 || k < s.iterations; ++k) {
            if ((k & 31) == 0) {
                const double t = now();
                if (t >= s.deadline || cancel.load(std::memory_order_relaxed)) break;
                if (s.iterations < 0 && t >= s.until) break;
                const double f = s.iterations < 0 ? (t - s.from) / (s.until - s.from) : static_cast<double>(k) / s.iterations;
                temperature = s.hot * std::pow(ratio, std::clamp(f, 0.0, 1.0));
            }
            iterate(temperature);
            ++iterations_;
        }
    }

    // Serve everybody in the bank where it is cheapest, in the order given; stops at the deadline.
    void construct(const std::vector<int>& order, double deadline) {
        begin();
        for (size_t k = 0; k < order.size(); ++k) {
            if ((k & 31) == 0 && now() >= deadline) break;
            const int c = order[k];
            if (bank_at_[c] < 0) continue;
            const Place place = best_place(c);
            if (place.cost >= price(c)) continue;
            cost_ += place.cost - price(c);
            out_of_bank(c);
            insert(c, place);
        }
        note_best();
    }

    Chains current() const {
        Chains found;
        for (int v = 0; v < fleet_; ++v)
            for (int r = slots_[v].ahead; r >= fleet_; r = slots_[r].ahead) {
                found.push_back({v, {}});
                for (int i = nodes_[start_of(r)].next; i < n_; i = nodes_[i].next) found.back().clients.push_back(i);
            }
        return found;
    }
    Chains best() const {
        Chains found;
        for (int i : best_)
            if (i < 0) found.push_back({-1 - i, {}});
            else found.back().clients.push_back(i);
        return found;
    }
    const std::vector<int>& bank() const { return bank_; }
    const std::vector<int>& best_bank() const { return best_bank_; }
    int64_t cost() const { return cost_; }
    int64_t best_cost() const { return best_cost_; }
    int64_t iterations() const { return iterations_; }

  private:
    // ---- building -----------------------------------------------------------------------------------------

    int start_of(int r) const { return n_ + 2 * r; }
    int end_of(int r) const { return n_ + 2 * r + 1; }
    int location(int i) const { return i < n_ ? i : slots_[(i - n_) >> 1].home; }
    int64_t price(int c) const { return in_.price[c] == MUST ? must_ : in_.price[c]; }

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
            if (nodes_[c].trip >= 0 || !(in_.allowed[c] >> one.type & 1)) return;
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

    static void push_at(std::vector<int>& list, std::vector<int>& at, int one) {
        at[one] = static_cast<int>(list.size());
        list.push_back(one);
    }
    static void pop_at(std::vector<int>& list, std::vector<int>& at, int one) {
        const int last = list.back();
        list[at[one]] = last, at[last] = at[one];
        list.pop_back(), at[one] = -1;
    }
    void make_free(int r) { push_at(free_, free_at_, r); }
    void take_free(int r) { pop_at(free_, free_at_, r); }
    void make_idle(int v) { push_at(idle_[vehicles_[v].type], vehicle_at_, v); }
    void take_idle(int v) { pop_at(idle_[vehicles_[v].type], vehicle_at_, v); }
    void make_busy(int v) { push_at(busy_, vehicle_at_, v); }
    void take_busy(int v) { pop_at(busy_, vehicle_at_, v); }
    void into_bank(int c) { push_at(bank_, bank_at_, c); }
    void out_of_bank(int c) { pop_at(bank_, bank_at_, c); }

    // An empty trip of vehicle v after slot `back`; the caller fills it.
    int link_trip(int v, int back) {
        const int r = free_.back();
        touch_slot(r);
        join(v, back, r);
        slots_[r].size = 0, slots_[r].release = 0;
        slots_[r].room = vehicles_[v].capacity, slots_[r].home = vehicles_[v].home;
        Node &s = touch(start_of(r)), &e = touch(end_of(r));
        s.next = end_of(r), e.prev = start_of(r), s.trip = e.trip = r, s.run = 0;
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

    // ---- journal ------------------------------------------------------------------------------------------

    void begin() { ++stamp_, journal_.clear(), slot_journal_.clear(); }

    Node& touch(int i) {
        if (marks_[i] != stamp_) marks_[i] = stamp_, journal_.push_back({i, nodes_[i]});
        return nodes_[i];
    }
    Slot& touch_slot(int r) {
        if (slot_marks_[r] != stamp_) slot_marks_[r] = stamp_, slot_journal_.push_back({r, slots_[r]});
        return slots_[r];
    }

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

    // ---- schedule -----------------------------------------------------------------------------------------

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

    // ---- ruin ---------------------------------------------------------------------------------------------

    void remove_string(int first, int last, int count) {
        const int r = nodes_[first].trip;
        Slot& slot = touch_slot(r);
        const int64_t unit = vehicles_[slot.vehicle].unit;
        const int a = nodes_[first].prev, b = nodes_[last].next;
        int64_t gone = nodes_[first].from_prev;
        int32_t released = 0;
        for (int i = first, k = 0; k < count; ++k) {
            Node& node = touch(i);
            gone += node.to_next;
            node.trip = -1;
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

    // The trips on both sides of one that has just been linked hear of it even where its own times stayed.
    void ripple(int r) {
        const int a = slots_[r].back, b = slots_[r].ahead;
        if (b >= fleet_) forward(start_of(b));
        if (a >= fleet_) backward(end_of(a));
    }

    // ---- recreate -----------------------------------------------------------------------------------------

    int blink_gap() { return tuning_.blink > 0 ? 1 + static_cast<int>(rng_.exponential() / tuning_.blink) : INT_MAX; }

    bool blinks() {
        if (--blink_in_ > 0) return false;
        blink_in_ = blink_gap();
        return true;
    }

    void order() {
        const int draw = rng_.below(19);
        keys_.clear();
        for (int c : removed_) {
            int64_t key;
            const Client& me = in_.clients[c];
            if (draw < 4) key = static_cast<int64_t>(rng_.next() >> 1);
            else if (draw < 8) key = -static_cast<int64_t>(me.demand);
            else if (draw < 10) key = -static_cast<int64_t>(far_[c]);
            else if (draw < 11) key = far_[c];
            else if (draw < 13) key = static_cast<int64_t>(me.close) - me.open;
            else if (draw < 15) key = me.open;
            else if (draw < 17) key = -static_cast<int64_t>(me.close);
            else key = -static_cast<int64_t>(in_.release[c]);
            keys_.push_back({key, c});
        }
        std::stable_sort(keys_.begin(), keys_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    }

    // Whether c between p and q keeps all windows of the vehicle's day; a release may hold the whole trip back.
    bool fits(int c, int r, int p, int q, int32_t in, int32_t out) const {
        const Client& me = in_.clients[c];
        int32_t ready = nodes_[p].ready;
        const int32_t release = in_.release[c];
        const Node& s = nodes_[start_of(r)];
        if (release > s.ready) {
            if (release > s.late) return false;
            ready = std::max(ready, release + nodes_[p].run);
        }
        const int32_t start = std::max(ready + in, me.open);
        return start <= me.close && start + me.service + out <= nodes_[q].late;
    }

    bool takes(const Slot& slot, int c, int32_t demand) const {
        return slot.room >= demand && (in_.allowed[c] >> vehicles_[slot.vehicle].type & 1);
    }

    Place best_place(int c) {
        const int32_t demand = in_.clients[c].demand;
        const auto to = to_.row(c);
        const auto from = from_.row(c);
        Place best{INT64_MAX, -1, -1};
        const auto consider = [&](int r, const Slot& slot, int p, int q, int32_t in, int32_t out, int32_t known) {
            const int64_t cost = vehicles_[slot.vehicle].unit * (static_cast<int64_t>(in) + out - known);
            if (cost < best.cost && fits(c, r, p, q, in, out)) best = {cost, p, r};
        };
        const Near* list = near_.predecessors(c);
        for (int k = 0; k < near_.granular; ++k) {
            const int p = list[k].client;
            const Node& node = nodes_[p];
            if (node.trip < 0 || blinks()) continue;
            const Slot& slot = slots_[node.trip];
            if (takes(slot, c, demand)) consider(node.trip, slot, p, node.next, list[k].distance, to(location(node.next)), node.to_next);
        }
        list = near_.successors(c);
        for (int k = 0; k < near_.granular; ++k) {
            const int q = list[k].client;
            const Node& node = nodes_[q];
            if (node.trip < 0 || blinks()) continue;
            const Slot& slot = slots_[node.trip];
            if (takes(slot, c, demand)) consider(node.trip, slot, node.prev, q, from(location(node.prev)), list[k].distance, node.from_prev);
        }
        if (best.after < 0)
            for (int v : busy_)
                for (int r = slots_[v].ahead; r >= fleet_; r = slots_[r].ahead) {
                    const Slot& slot = slots_[r];
                    if (!takes(slot, c, demand)) continue;
                    for (int p = start_of(r); p != end_of(r); p = nodes_[p].next)
                        if (!blinks()) consider(r, slot, p, nodes_[p].next, from(location(p)), to(location(nodes_[p].next)), nodes_[p].to_next);
                }
        a_new_trip(best, c, demand, to, from);
        return best;
    }

    template <class Row>
    void a_new_trip(Place& best, int c, int32_t demand, const Row& to, const Row& from) {
        int alike = 0;
        const Client& me = in_.clients[c];
        const auto look = [&](int v, int64_t fixed) {
            const Vehicle& one = vehicles_[v];
            if (one.capacity < demand || !(in_.allowed[c] >> one.type & 1)) return;
            const int32_t in = from(one.home), out = to(one.home);
            const int64_t cost = one.unit * (static_cast<int64_t>(in) + out) + fixed;
            if (cost > best.cost || (cost == best.cost && best.after >= 0)) return;
            for (int a = v;;) {
                const int b = slots_[a].ahead;
                const int32_t start = std::max(std::max(nodes_[end_of(a)].ready, in_.release[c]) + in, me.open);
                if (start > me.close) break;
                if (start + me.service + out <= nodes_[start_of(b)].late) {
                    if (cost < best.cost) alike = 0;
                    if (rng_.below(++alike) == 0) best = {cost, -1, a};
                }
                if (b == v) break;
                a = b;
            }
        };
        for (int v : busy_) look(v, 0);
        for (const auto& list : idle_)
            if (!list.empty()) look(list.back(), vehicles_[list.back()].fixed);
    }

    void insert(int c, const Place& place) {
        if (place.after >= 0) return place_in(c, place.after);
        const int before = slots_[place.gap].vehicle;
        const int64_t cost = cost_;
        const int r = link_trip(before, place.gap);
        cost_ = cost;  // the price of the place counts the vehicle already
        place_in(c, start_of(r));
    }

    void place_in(int c, int p) {
        const int r = nodes_[p].trip, q = nodes_[p].next;
        Slot& slot = touch_slot(r);
        touch(p), touch(q);
        Node& node = touch(c);
        node.trip = r;
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

    void recreate(double limit) {
        left_.clear();
        for (const auto& [key, c] : keys_) {
            const Place place = best_place(c);
            const int64_t without = price(c);
            if (place.cost < without) cost_ += place.cost, insert(c, place);
            else cost_ += without, left_.push_back(c);
            if (static_cast<double>(cost_) > limit) break;  // insertions cost: it only gets worse
        }
    }

    void iterate(double temperature) {
        begin();
        broken_ = false;
        const int64_t before = cost_;
        if (rng_.unit() < tuning_.shift) shift_trip();
        ruin();
        const double limit = static_cast<double>(before) + temperature * rng_.exponential();
        order();
        if (!broken_) recreate(limit);
        if (broken_ || static_cast<double>(cost_) > limit) {
            undo();
            cost_ = before;
            return;
        }
        if (from_bank_ || !left_.empty()) settle_bank();
        if (cost_ < best_cost_) note_best();
    }

    void settle_bank() {
        for (int c : removed_)
            if (bank_at_[c] >= 0 && nodes_[c].trip >= 0) out_of_bank(c);
        for (int c : left_)
            if (bank_at_[c] < 0) into_bank(c);
    }

    const Instance& in_;
    const Neighbours& near_;
    const Metric &to_, &from_;
    const TripTuning tuning_;
    const int n_;
    int fleet_ = 0;
    bool broken_ = false;
    Rng rng_{1};
    int64_t must_ = MUST, cost_ = 0, best_cost_ = 0, iterations_ = 0;
    int used_ = 0, served_ = 0, from_bank_ = 0, blink_in_ = 1;
    uint32_t stamp_ = 0;
    std::vector<Vehicle> vehicles_;
    std::vector<Node> nodes_;
    std::vector<Slot> slots_;
    std::vector<int32_t> far_;
    std::vector<int> bank_, bank_at_, best_, best_bank_, removed_, left_, free_, free_at_, busy_, vehicle_at_;
    std::vector<std::vector<int>> idle_;
    std::vector<uint32_t> marks_, slot_marks_, ruined_;
    std::vector<std::pair<int, Node>> journal_;
    std::vector<std::pair<int, Slot>> slot_journal_;
    std::vector<std::pair<int64_t, int>> keys_;
};

}  // namespace paotui
