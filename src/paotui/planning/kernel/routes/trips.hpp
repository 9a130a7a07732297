// Ruin and recreate (Christiaens & Vanden Berghe, Transportation Science 2020) for vehicles that reload at home: what was
// taken out goes back where it is cheapest, with blinks, under simulated annealing.
#pragma once
#include "trips_ruin.hpp"

namespace paotui {

template <class Metric>
class TripWorker : public TripRuin<Metric> {
    using Base = TripRuin<Metric>;
    using typename Base::Node;
    using typename Base::Slot;
    using typename Base::Vehicle;
    using Base::in_, Base::near_, Base::n_, Base::rng_, Base::fleet_, Base::broken_, Base::cost_, Base::best_cost_,
        Base::iterations_, Base::vehicles_, Base::nodes_, Base::slots_, Base::bank_at_, Base::best_, Base::left_,
        Base::keys_, Base::busy_, Base::idle_, Base::to_, Base::start_of, Base::end_of, Base::location, Base::price,
        Base::link_trip, Base::place_in, Base::begin, Base::undo, Base::note_best, Base::into_bank, Base::out_of_bank,
        Base::settle_bank, Base::blinks, Base::take_trip, Base::ruin, Base::shift_trip;
    struct Place {
        int64_t cost;
        int after;  // a node of a trip; −1: a new trip
        int gap;    // after this slot
    };

  public:
    TripWorker(const Instance& in, const Neighbours& near, const Metric& to, const Metric& from, const Tuning& tuning)
        : Base(in, near, to, tuning), from_(from) {}

    // Take over trips; those that cannot be driven as given, and all clients in none of them, are not served yet.
    void take(const Chains& chains, uint64_t seed, const Terms& terms) {
        Base::clear(seed, terms);
        for (const Trip& trip : chains) take_trip(trip);
        for (int c = 0; c < n_; ++c)
            if (nodes_[c].route < 0) into_bank(c), cost_ += price(c);
        Base::begin_blinks();
        note_best();
    }

    void run(const Stretch& s, const std::atomic<int>& cancel) {
        cool(s, cancel, [&](double temperature) { iterate(temperature), ++iterations_; });
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

  private:
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
            if (node.route < 0 || blinks()) continue;
            const Slot& slot = slots_[node.route];
            if (takes(slot, c, demand)) consider(node.route, slot, p, node.next, list[k].distance, to(location(node.next)), node.to_next);
        }
        list = near_.successors(c);
        for (int k = 0; k < near_.granular; ++k) {
            const int q = list[k].client;
            const Node& node = nodes_[q];
            if (node.route < 0 || blinks()) continue;
            const Slot& slot = slots_[node.route];
            if (takes(slot, c, demand)) consider(node.route, slot, node.prev, q, from(location(node.prev)), list[k].distance, node.from_prev);
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
        if (rng_.unit() < SHIFT) shift_trip();
        ruin();
        const double limit = static_cast<double>(before) + temperature * rng_.exponential();
        Base::order(Base::RELEASE_ORDERS);
        if (!broken_) recreate(limit);
        if (broken_ || static_cast<double>(cost_) > limit) {
            undo();
            cost_ = before;
            return;
        }
        settle_bank();
        if (cost_ < best_cost_) note_best();
    }

    const Metric& from_;
};

}  // namespace paotui
