// Ruin and recreate on a set of routes: slack induction by string removals (Christiaens & Vanden Berghe,
// Transportation Science 2020) over granular lists, with simulated annealing, an undo journal instead of copies,
// and constant-time checks of windows, loads and durations.
#pragma once
#include "route_crossing.hpp"

namespace paotui {

template <class Metric, bool WINDOWS, bool MIXED>
class Worker : public RouteCrossing<Metric, WINDOWS, MIXED> {
    using Base = RouteCrossing<Metric, WINDOWS, MIXED>;
    using typename Base::Slot;
    using Base::in_, Base::near_, Base::tuning_, Base::n_, Base::rng_, Base::cost_, Base::best_cost_, Base::iterations_,
        Base::nodes_, Base::slots_, Base::bank_, Base::bank_at_, Base::left_, Base::keys_, Base::ruined_, Base::stamp_,
        Base::mine_, Base::free_, Base::to_, Base::timed_, Base::grow_, Base::start_of, Base::end_of,
        Base::location, Base::travel, Base::price, Base::begin, Base::undo, Base::commit, Base::note_best,
        Base::out_of_bank, Base::settle_bank, Base::blinks, Base::order, Base::takes, Base::cost_of, Base::insert,
        Base::remove_string, Base::change_vehicles, Base::cross;

  public:
    Worker(const Instance& in, const Neighbours& near, const Metric& to, const Metric& from, const Metric& time_to,
           const Tuning& tuning, double whole_route)
        : Base(in, near, to, time_to, tuning), from_(from), whole_route_(whole_route), optional_(in.optional()) {}

    void run(const Stretch& s, const std::atomic<int>& cancel) {
        cool(s, cancel, [&](double temperature) {
            iterate(temperature), ++iterations_;
            if constexpr (!MIXED) cross(CROSSING * temperature);
        });
    }

    // Serve everybody in the bank where it is cheapest, in the order given; stops at the deadline.
    void construct(std::vector<int> order, double deadline) {
        begin();
        for (size_t k = 0; k < order.size(); ++k) {
            if ((k & 31) == 0 && now() >= deadline) break;
            const int c = order[k];
            if (bank_at_[c] < 0) continue;
            const Place place = best_place(c, price(c));
            if (place.after < 0) continue;
            cost_ += place.cost - price(c);
            out_of_bank(c);
            insert(c, place.after);
        }
        commit();
        note_best();
    }

  private:
    static constexpr double OPENING = 0.03;  // how often somebody left out gets a new route, with others from around
    static constexpr double CROSSING = 0.5;  // the heat of an exchange of tails, which is judged for many at once

    struct Place {
        int64_t cost;
        int after;
    };

    void ruin() {
        double longest;
        const int strings = Base::strings(longest);
        auto remove = [&](int first, int last, int count) { remove_string(first, last, count); };
        opened_ = -1;
        if (optional_ && !bank_.empty() && rng_.unit() < OPENING) {
            opened_ = bank_[rng_.below(static_cast<int>(bank_.size()))];
            Base::take_bank(opened_, static_cast<int>(std::max(10.0, Base::average_length()) * (0.5 + rng_.unit())));
            return Base::take_strings(opened_, 1 + rng_.below(strings), longest, remove, 0);
        }
        const int seed = mine_[rng_.below(static_cast<int>(mine_.size()))];
        if (whole_route_ > 0 && rng_.unit() < whole_route_) {
            const int r = nodes_[seed].route;
            if (r >= 0 && slots_[r].size <= 4 * tuning_.mean_removed) {
                ruined_[r] = stamp_;
                remove_string(nodes_[start_of(r)].next, nodes_[end_of(r)].prev, slots_[r].size);
            }
        }
        Base::take_strings(seed, strings, longest, remove);
    }

    // Whether c between p and q keeps windows and duration; distances are known already.
    bool fits(int c, int p, int q, int32_t in, int32_t out) const {
        if constexpr (!WINDOWS) return true;
        const Client& me = in_.clients[c];
        const int32_t there = travel(location(p), c, in), away = travel(c, location(q), out);
        const int32_t start = std::max(nodes_[p].ready + there, me.open);
        if (start > me.close || start + me.service + away > nodes_[q].late) return false;
        if constexpr (MIXED)
            if (timed_) {
                const Segment head = join(nodes_[p].before, there, {me.service, me.open, me.close});
                const int32_t limit = in_.types[slots_[nodes_[p].route].type].max_duration;
                return join(head, away, nodes_[q].behind).duration <= limit;
            }
        return true;
    }

    // A client to be placed, with all that its places have in common.
    template <class Row>
    struct Placed {
        int c;
        Row to, from;
        int32_t demand, close, earliest;  // earliest: when its service ends at the earliest
        int64_t least;
        Place best;
        bool dear = false;  // a place was passed over for its cost alone
    };

    // Between p and q when that is cheaper than what is known and possible; now and then a place is overlooked.
    template <class Row>
    void consider(Placed<Row>& one, int p, int q, int32_t in, int32_t out, int32_t known, const Slot& slot) {
        const int64_t cost = cost_of(slot, static_cast<int64_t>(in) + out - known, one.demand);
        if (cost >= one.best.cost) one.dear |= cost < INT64_MAX;
        else if (fits(one.c, p, q, in, out) && !blinks()) one.best = {cost, p};
    }

    // The least distance from or to c of anybody served, or of a depot: no place costs less than a distance, plus this, minus the edge that goes.
    template <class Row>
    int64_t least(int c, const Row& to, const Row& from) const {
        int32_t found = INT32_MAX;
        for (int d = n_; d < in_.width; ++d) found = std::min({found, to(d), from(d)});
        const int32_t* ring = near_.ring(c);
        for (int k = 0; k < near_.around; ++k)
            if (nodes_[ring[k]].route >= 0) return std::min({found, to(ring[k]), from(ring[k])});
        return 0;
    }

    // The place behind `near` (or before it), whose distance is known.
    template <bool BEHIND, class Row>
    void look(Placed<Row>& one, const Near& near, const Node& node) {
        const int32_t d = near.distance, known = BEHIND ? node.to_next : node.from_prev;
        if constexpr (!MIXED) {
            if (d + one.least - known >= one.best.cost) {
                one.dear = true;
                return;
            }
            if (WINDOWS && Base::same_time() && (BEHIND ? node.ready + d > one.close : one.earliest + d > node.late)) return;
        }
        const Slot& slot = slots_[node.route];
        if (!takes(slot, one.c, one.demand)) return;
        if (BEHIND) consider(one, near.client, node.next, d, one.to(location(node.next)), known, slot);
        else consider(one, node.prev, near.client, one.from(location(node.prev)), d, known, slot);
    }

    // The cheapest place for c below `limit`; when none is known then, places beyond its lists are looked at too.
    Place best_place(int c, int64_t limit) {
        const Client& me = in_.clients[c];
        Placed<decltype(to_.row(c))> one{c, to_.row(c), from_.row(c), me.demand, me.close, me.open + me.service, 0, {limit, -1}};
        if constexpr (!MIXED) one.least = least(c, one.to, one.from);
        const Near *list = near_.predecessors(c), *after = near_.successors(c);
        if (list == after) {
            for (int k = 0; k < near_.granular; ++k) {
                const Node& node = nodes_[list[k].client];
                if (node.route >= 0) look<true>(one, list[k], node), look<false>(one, list[k], node);
            }
        } else {
            for (int k = 0; k < near_.granular; ++k) {
                const Node& node = nodes_[list[k].client];
                if (node.route >= 0) look<true>(one, list[k], node);
            }
            for (int k = 0; k < near_.granular; ++k) {
                const Node& node = nodes_[after[k].client];
                if (node.route >= 0) look<false>(one, after[k], node);
            }
        }
        if (one.best.after < 0 && !one.dear) anywhere(one);
        a_new_route(one);
        return one.best;
    }

    template <class Row>
    void anywhere(Placed<Row>& one) {
        for (size_t r = 0; r < slots_.size(); ++r) {
            const Slot& slot = slots_[r];
            if (!slot.size || !takes(slot, one.c, one.demand)) continue;
            for (int p = start_of(static_cast<int>(r)); p < n_ || p == start_of(static_cast<int>(r)); p = nodes_[p].next)
                consider(one, p, nodes_[p].next, one.from(location(p)), one.to(location(nodes_[p].next)), nodes_[p].to_next, slot);
        }
    }

    template <class Row>
    void a_new_route(Placed<Row>& one) {
        for (const auto& list : free_) {
            if (list.empty()) continue;
            const int r = list.back();
            const Slot& slot = slots_[r];
            if (slot.room < one.demand || !takes(slot, one.c, one.demand)) continue;
            const VehicleType& t = in_.types[slot.type];
            const int32_t in = one.from(t.start), out = one.to(t.end);
            const int64_t cost = slot.unit * (static_cast<int64_t>(in) + out) + t.fixed;
            if (cost < one.best.cost && fits(one.c, start_of(r), end_of(r), in, out)) one.best = {cost, start_of(r)};
        }
    }

    // A route for the client chosen, whatever it costs: those who follow have to make it worth while.
    void open_route() {
        Placed<decltype(to_.row(0))> one{opened_, to_.row(opened_), from_.row(opened_), in_.clients[opened_].demand, 0, 0, 0, {INT64_MAX, -1}};
        a_new_route(one);
        if (one.best.after >= 0) cost_ += one.best.cost, insert(opened_, one.best.after);
        else opened_ = -1;
    }

    void recreate(double limit) {
        left_.clear();
        if (opened_ >= 0) open_route();
        for (const auto& [key, c] : keys_) {
            if (c == opened_) continue;
            const int64_t without = price(c);
            const Place place = best_place(c, without);
            if (place.after >= 0) cost_ += place.cost, insert(c, place.after);
            else cost_ += without, left_.push_back(c);
            if (static_cast<double>(cost_) > limit) break;  // insertions cost: it only gets worse
        }
    }

    void iterate(double temperature) {
        begin();
        const int64_t before = cost_;
        ruin();
        if constexpr (MIXED) change_vehicles(), grow_ = rng_.below(2) == 0;
        const double limit = static_cast<double>(before) + temperature * rng_.exponential();
        order(WINDOWS ? Base::WINDOW_ORDERS : Base::PLAIN_ORDERS);
        recreate(limit);
        if (static_cast<double>(cost_) > limit) {
            undo();
            cost_ = before;
            return;
        }
        settle_bank();
        commit();
        if (cost_ < best_cost_) note_best();
    }

    const Metric& from_;
    const double whole_route_;  // how often a ruin takes out a whole route beside the strings
    const bool optional_;
    int opened_ = -1;           // who gets a new route; −1: nobody
};

}  // namespace paotui
