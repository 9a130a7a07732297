// Ruin and recreate on a set of routes: slack induction by string removals (Christiaens & Vanden Berghe,
// Transportation Science 2020) over granular lists, with simulated annealing, an undo journal instead of copies,
// and constant-time checks of windows, loads and durations.
#pragma once
#include <atomic>
#include <chrono>
#include <climits>

#include "instance.hpp"
#include "neighbours.hpp"
#include "rng.hpp"

namespace paotui {

struct Tuning {
    double mean_removed = 10;   // clients a ruin takes out on average
    double longest_string = 10;
    double split = 0.5, split_depth = 0.01;
    double blink = 0.01;
    double whole_route = 0.0;   // how often a ruin takes out a whole route beside the strings
};

struct RouteOf {
    int type;
    std::vector<int> clients;
};
using Routes = std::vector<RouteOf>;

// Travel and waiting folded together (Vidal et al. 2013): how long, when to start at the earliest and latest.
struct Segment {
    int32_t duration, early, late;
    bool operator==(const Segment&) const = default;
};

inline Segment join(const Segment& a, int32_t travel, const Segment& b) {
    const int32_t shift = a.duration + travel;
    const int32_t wait = std::max(0, b.early - shift - a.late);
    return {shift + b.duration + wait, std::max(b.early - shift, a.early) - wait, std::min(b.late - shift, a.late)};
}

struct alignas(32) Node {
    int32_t next, prev, to_next, from_prev;  // neighbours in the route, distances to them
    int32_t route;                           // −1: not served, or another worker's
    int32_t ready, late, unused;             // earliest end of service, latest start of service
};

struct TimedNode : Node {
    Segment before, behind;  // start … this, this … end
};

inline double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

// What counts beside true costs while the search goes on.
constexpr int64_t PLAIN = 16;
struct Terms {
    int64_t must;              // of leaving out a client that has to be served
    int64_t generous = PLAIN;  // prices of other clients, in sixteenths
};

// When one stretch of the search ends and how it cools: by the clock, or by iterations.
struct Stretch {
    double from, until, deadline;  // fractions by clock: [from, until] seconds; deadline never passed
    int64_t iterations;            // ≥ 0: so many, and the clock only as deadline
    double hot, cold;              // temperature at both ends
};

template <class Metric, bool WINDOWS, bool MIXED>
class Worker {
    using N = std::conditional_t<MIXED, TimedNode, Node>;

  public:
    Worker(const Instance& in, const Neighbours& near, const Metric& to, const Metric& from, const Metric& time_to,
           const Metric& time_from, const Tuning& tuning)
        : in_(in), near_(near), to_(to), from_(from), time_to_(time_to), time_from_(time_from), tuning_(tuning), n_(in.n) {
        same_time_ = in.time.empty();
        timed_ = false;
        for (const VehicleType& t : in.types) timed_ = timed_ || t.max_duration < FOREVER;
        find_families();
        far_.resize(n_);
        for (int c = 0; c < n_; ++c) far_[c] = to_(in.types.empty() ? n_ : in.types[0].start, c);
    }

    // Take over routes; clients of `bank` are not served yet, all others are none of this worker's business.
    void take(const Routes& routes, const std::vector<int>& bank, const std::vector<int>& spare, uint64_t seed,
              const Terms& terms) {
        rng_.state = seed;
        must_ = terms.must, generous_ = terms.generous;
        std::vector<int> kinds;
        for (const RouteOf& r : routes) kinds.push_back(r.type);
        for (size_t t = 0; t < spare.size(); ++t) kinds.insert(kinds.end(), spare[t], static_cast<int>(t));
        const int slots = static_cast<int>(kinds.size());
        nodes_.assign(n_ + 2 * slots, N{});
        for (N& node : nodes_) node.route = -1;
        marks_.assign(nodes_.size(), 0), route_marks_.assign(slots, 0), ruined_.assign(slots, 0), stamp_ = 0;
        dirty_.assign(nodes_.size(), 0), dirty_list_.clear();
        free_.assign(in_.types.size(), {});
        free_at_.assign(slots, -1);
        routes_.assign(slots, {});
        mine_.clear(), bank_.clear(), bank_at_.assign(n_, -1);
        cost_ = 0, used_ = 0, served_ = 0;
        for (int r = 0; r < slots; ++r) {
            open_slot(r, kinds[r]);
            if (r < static_cast<int>(routes.size()))
                for (int c : routes[r].clients) append(r, c);
            if (routes_[r].size) close_route(r);
            else make_free(r);
        }
        for (int c : bank) mine_.push_back(c), into_bank(c), cost_ += price(c);
        blink_in_ = blink_gap();
        best_next_.resize(nodes_.size());
        for (size_t i = 0; i < nodes_.size(); ++i) best_next_[i] = nodes_[i].next;
        best_type_ = kinds, exchanged_.clear();
        best_cost_ = cost_, best_bank_ = bank_;
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

    // What ruining and recreating costs here, `count` times without keeping any of it; sorted.
    std::vector<int64_t> probe(int count, double deadline) {
        std::vector<int64_t> found;
        for (int k = 0; k < count && now() < deadline; ++k) {
            begin();
            const int64_t before = cost_;
            ruin();
            if constexpr (MIXED) change_vehicles();
            order();
            recreate(1e300);
            found.push_back(cost_ - before);
            undo();
            cost_ = before;
        }
        std::sort(found.begin(), found.end());
        return found;
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

    Routes current() const {
        return collect([&](int i) { return nodes_[i].next; }, [&](int r) { return routes_[r].type; });
    }
    Routes best() const {
        return collect([&](int i) { return best_next_[i]; }, [&](int r) { return best_type_[r]; });
    }
    const std::vector<int>& bank() const { return bank_; }
    const std::vector<int>& best_bank() const { return best_bank_; }
    int64_t cost() const { return cost_; }
    int64_t best_cost() const { return best_cost_; }
    int64_t iterations() const { return iterations_; }
    int size() const { return static_cast<int>(mine_.size()); }

  private:
    struct Slot {
        int type = 0, size = 0;
        int32_t room = 0;
        int64_t unit = 1;
        int64_t length = 0;  // kept where vehicles can be exchanged
    };
    struct Place {
        int64_t cost;
        int after;
    };
    struct Exchange {
        int64_t cost;
        int type;
    };

    // ---- building -----------------------------------------------------------------------------------------

    int start_of(int r) const { return n_ + 2 * r; }
    int end_of(int r) const { return n_ + 2 * r + 1; }
    int location(int i) const {
        if constexpr (!MIXED) return std::min(i, n_);
        if (i < n_) return i;
        const VehicleType& t = in_.types[routes_[(i - n_) >> 1].type];
        return (i - n_) & 1 ? t.end : t.start;
    }
    int64_t price(int c) const { return in_.price[c] == MUST ? must_ : in_.price[c] * generous_ / PLAIN; }
    int32_t travel(int a, int b, int32_t distance) const {
        if constexpr (MIXED)
            if (!same_time_) return time_to_(a, b);
        return distance;
    }

    void open_slot(int r, int type) {
        const VehicleType& t = in_.types[type];
        routes_[r] = {type, 0, t.capacity, t.unit};
        N &s = nodes_[start_of(r)], &e = nodes_[end_of(r)];
        s.next = end_of(r), e.prev = start_of(r), s.prev = e.next = -1;
        s.route = e.route = r;
        s.ready = t.open, e.late = t.close, s.late = t.close, e.ready = 0;
        if constexpr (MIXED) s.before = e.behind = {0, t.open, t.close};
    }

    void append(int r, int c) {
        const int e = end_of(r), p = nodes_[e].prev;
        link(p, c), link(c, e);
        nodes_[c].route = r;
        routes_[r].size++, routes_[r].room -= in_.clients[c].demand;
        mine_.push_back(c);
    }

    void link(int a, int b) {
        const int32_t d = to_(location(a), location(b));
        nodes_[a].next = b, nodes_[b].prev = a;
        nodes_[a].to_next = nodes_[b].from_prev = d;
    }

    void close_route(int r) {
        ++used_, served_ += routes_[r].size;
        for (int i = start_of(r); i != end_of(r); i = nodes_[i].next) routes_[r].length += nodes_[i].to_next;
        cost_ += in_.types[routes_[r].type].fixed + routes_[r].unit * routes_[r].length;
        if constexpr (!WINDOWS) return;
        begin();
        for (int i = start_of(r); i < n_ || i == start_of(r); i = nodes_[i].next) forward_one(nodes_[i].next);
        for (int i = end_of(r); i < n_ || i == end_of(r); i = nodes_[i].prev) backward_one(nodes_[i].prev);
    }

    void make_free(int r) {
        auto& list = free_[routes_[r].type];
        free_at_[r] = static_cast<int>(list.size());
        list.push_back(r);
    }
    void take_free(int r) {
        auto& list = free_[routes_[r].type];
        const int last = list.back();
        list[free_at_[r]] = last, free_at_[last] = free_at_[r];
        list.pop_back(), free_at_[r] = -1;
    }

    void into_bank(int c) { bank_at_[c] = static_cast<int>(bank_.size()), bank_.push_back(c); }
    void out_of_bank(int c) {
        const int last = bank_.back();
        bank_[bank_at_[c]] = last, bank_at_[last] = bank_at_[c];
        bank_.pop_back(), bank_at_[c] = -1;
    }

    template <class Next, class Type>
    Routes collect(Next next, Type type) const {
        Routes found;
        for (int r = 0; r < static_cast<int>(routes_.size()); ++r) {
            RouteOf route{type(r), {}};
            for (int i = next(start_of(r)); i < n_; i = next(i)) route.clients.push_back(i);
            if (!route.clients.empty()) found.push_back(std::move(route));
        }
        return found;
    }

    // ---- journal ------------------------------------------------------------------------------------------

    void begin() { ++stamp_, journal_.clear(), route_journal_.clear(); }

    N& touch(int i) {
        if (marks_[i] != stamp_) marks_[i] = stamp_, journal_.push_back({i, nodes_[i]});
        return nodes_[i];
    }
    Slot& touch_route(int r) {
        if (route_marks_[r] != stamp_) route_marks_[r] = stamp_, route_journal_.push_back({r, routes_[r]});
        return routes_[r];
    }

    void undo() {
        for (const auto& [i, node] : journal_) nodes_[i] = node;
        for (const auto& [r, slot] : route_journal_)
            if (!routes_[r].size) take_free(r), ++used_;
        for (const auto& [r, slot] : route_journal_) {
            served_ += slot.size - routes_[r].size;
            routes_[r] = slot;
            if (!slot.size) make_free(r), --used_;
        }
    }

    void commit() {
        for (const auto& [i, node] : journal_)
            if (!dirty_[i]) dirty_[i] = 1, dirty_list_.push_back(i);
        if constexpr (MIXED)
            for (const auto& [r, slot] : route_journal_)
                if (slot.type != routes_[r].type) exchanged_.push_back(r);
    }

    void note_best() {
        for (int i : dirty_list_) best_next_[i] = nodes_[i].next, dirty_[i] = 0;
        dirty_list_.clear();
        for (int r : exchanged_) best_type_[r] = routes_[r].type;
        exchanged_.clear();
        best_cost_ = cost_;
        best_bank_ = bank_;
    }

    // ---- schedule -----------------------------------------------------------------------------------------

    bool forward_one(int i) {
        const Node& p = nodes_[nodes_[i].prev];
        const int32_t way = travel(location(nodes_[i].prev), location(i), nodes_[i].from_prev);
        if (i >= n_) return false;
        const Client& c = in_.clients[i];
        const int32_t ready = std::max(p.ready + way, c.open) + c.service;
        bool same = nodes_[i].ready == ready;
        if constexpr (MIXED)
            if (timed_) {
                const Segment seg = join(static_cast<const N&>(p).before, way, {c.service, c.open, c.close});
                same = same && seg == nodes_[i].before;
                if (!same) touch(i).before = seg;
            }
        if (!same) touch(i).ready = ready;
        return !same;
    }

    bool backward_one(int i) {
        if (i >= n_) return false;
        const int q = nodes_[i].next;
        const int32_t way = travel(location(i), location(q), nodes_[i].to_next);
        const Client& c = in_.clients[i];
        const int32_t late = std::min(c.close, nodes_[q].late - way - c.service);
        bool same = nodes_[i].late == late;
        if constexpr (MIXED)
            if (timed_) {
                const Segment seg = join({c.service, c.open, c.close}, way, nodes_[q].behind);
                same = same && seg == nodes_[i].behind;
                if (!same) touch(i).behind = seg;
            }
        if (!same) touch(i).late = late;
        return !same;
    }

    void reschedule(int before, int after) {
        if constexpr (!WINDOWS) return;
        for (int i = after; forward_one(i);) i = nodes_[i].next;
        for (int i = before; backward_one(i);) i = nodes_[i].prev;
    }

    // ---- ruin ---------------------------------------------------------------------------------------------

    void remove_string(int first, int last, int count) {
        const int r = nodes_[first].route;
        Slot& slot = touch_route(r);
        const int a = nodes_[first].prev, b = nodes_[last].next;
        int64_t gone = nodes_[first].from_prev;
        for (int i = first, k = 0; k < count; ++k) {
            N& node = touch(i);
            gone += node.to_next;
            node.route = -1;
            slot.room += in_.clients[i].demand;
            removed_.push_back(i);
            i = node.next;
        }
        slot.size -= count, served_ -= count;
        touch(a), touch(b);
        if (slot.size) {
            link(a, b);
            gone -= nodes_[a].to_next;
            reschedule(a, b);
        } else {
            nodes_[a].next = b, nodes_[b].prev = a;
            make_free(r), --used_;
            cost_ -= in_.types[slot.type].fixed;
        }
        cost_ -= slot.unit * gone;
        slot.length -= gone;
    }

    // A string of `length` clients of c's route that contains c, perhaps with a gap of clients that stay.
    void remove_around(int c, int length) {
        const int size = routes_[nodes_[c].route].size;
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

    void ruin() {
        removed_.clear(), from_bank_ = 0;
        const double average = used_ ? static_cast<double>(served_) / used_ : 1.0;
        const double longest = std::min(tuning_.longest_string, average);
        const double most = std::max(1.0, 4.0 * tuning_.mean_removed / (1.0 + longest) - 1.0);
        int strings = static_cast<int>(1.0 + rng_.unit() * most);
        const int seed = mine_[rng_.below(static_cast<int>(mine_.size()))];
        const int32_t* ring = near_.ring(seed);
        int tried = 0;
        if (tuning_.whole_route > 0 && rng_.unit() < tuning_.whole_route) {
            const int r = nodes_[seed].route;
            if (r >= 0 && routes_[r].size <= 4 * tuning_.mean_removed) {
                ruined_[r] = stamp_;
                remove_string(nodes_[start_of(r)].next, nodes_[end_of(r)].prev, routes_[r].size);
            }
        }
        for (int k = -1; k < near_.around && strings > 0; ++k) {
            const int c = k < 0 ? seed : ring[k];
            const int r = nodes_[c].route;
            if (r < 0) {
                if (bank_at_[c] >= 0 && tried < 8) ++tried, from_bank_++, removed_.push_back(c), cost_ -= price(c);
                continue;
            }
            if (ruined_[r] == stamp_) continue;
            ruined_[r] = stamp_;
            const double limit = std::min(longest, static_cast<double>(routes_[r].size));
            remove_around(c, std::max(1, static_cast<int>(1.0 + rng_.unit() * limit - 1e-9)));
            --strings;
        }
    }

    // ---- vehicles -----------------------------------------------------------------------------------------

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
        Slot &slot = touch_route(r), &other = touch_route(f);
        take_free(f);
        const int32_t load = in_.types[slot.type].capacity - slot.room;
        std::swap(slot.type, other.type);
        slot.unit = in_.types[slot.type].unit, other.unit = in_.types[other.type].unit;
        slot.room = in_.types[slot.type].capacity - load, other.room = in_.types[other.type].capacity;
        make_free(f);
    }

    // Give every shortened route the cheapest vehicle that will do.
    void change_vehicles() {
        for (size_t k = 0; k < route_journal_.size(); ++k) {
            const int r = route_journal_[k].first;
            if (!routes_[r].size) continue;
            const Slot& slot = routes_[r];
            const Exchange e = exchange(slot, in_.types[slot.type].capacity - slot.room, slot.length);
            if (e.type >= 0 && e.cost < 0) cost_ += e.cost, give_vehicle(r, e.type);
        }
    }

    // ---- recreate -----------------------------------------------------------------------------------------

    int blink_gap() { return tuning_.blink > 0 ? 1 + static_cast<int>(rng_.exponential() / tuning_.blink) : INT_MAX; }

    bool blinks() {
        if (--blink_in_ > 0) return false;
        blink_in_ = blink_gap();
        return true;
    }

    void order() {
        const int kinds = WINDOWS ? 17 : 11;
        const int draw = rng_.below(kinds);
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
            else key = -static_cast<int64_t>(me.close);
            keys_.push_back({key, c});
        }
        for (size_t k = 1; k < keys_.size(); ++k) {  // some ten of them
            const auto one = keys_[k];
            size_t at = k;
            for (; at > 0 && one.first < keys_[at - 1].first; --at) keys_[at] = keys_[at - 1];
            keys_[at] = one;
        }
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
                const int32_t limit = in_.types[routes_[nodes_[p].route].type].max_duration;
                return join(head, away, nodes_[q].behind).duration <= limit;
            }
        return true;
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
            if (WINDOWS && (BEHIND ? node.ready + d > one.close : one.earliest + d > node.late)) return;
        }
        const Slot& slot = routes_[node.route];
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
        for (size_t r = 0; r < routes_.size(); ++r) {
            const Slot& slot = routes_[r];
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
            const Slot& slot = routes_[r];
            if (slot.room < one.demand || !takes(slot, one.c, one.demand)) continue;
            const VehicleType& t = in_.types[slot.type];
            const int32_t in = one.from(t.start), out = one.to(t.end);
            const int64_t cost = slot.unit * (static_cast<int64_t>(in) + out) + t.fixed;
            if (cost < one.best.cost && fits(one.c, start_of(r), end_of(r), in, out)) one.best = {cost, start_of(r)};
        }
    }

    void insert(int c, int p) {
        const int r = nodes_[p].route, q = nodes_[p].next;
        Slot& slot = touch_route(r);
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

    void recreate(double limit) {
        left_.clear();
        for (const auto& [key, c] : keys_) {
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
        order();
        recreate(limit);
        if (static_cast<double>(cost_) > limit) {
            undo();
            cost_ = before;
            return;
        }
        if (from_bank_ || !left_.empty()) settle_bank();
        commit();
        if (cost_ < best_cost_) note_best();
    }

    void settle_bank() {
        for (int c : removed_)
            if (bank_at_[c] >= 0 && nodes_[c].route >= 0) out_of_bank(c);
        for (int c : left_)
            if (bank_at_[c] < 0) into_bank(c);
    }

    const Instance& in_;
    const Neighbours& near_;
    const Metric &to_, &from_, &time_to_, &time_from_;
    const Tuning tuning_;
    const int n_;
    bool same_time_, timed_, grow_ = true;  // grow_: a route may get a larger vehicle for one client more
    Rng rng_{1};
    int64_t must_ = MUST, generous_ = PLAIN, cost_ = 0, best_cost_ = 0, iterations_ = 0;
    int used_ = 0, served_ = 0, from_bank_ = 0, blink_in_ = 1;
    uint32_t stamp_ = 0;
    std::vector<N> nodes_;
    std::vector<Slot> routes_;
    std::vector<int32_t> far_;
    std::vector<int> mine_, bank_, bank_at_, best_bank_, removed_, left_, free_at_, best_next_, best_type_, exchanged_, dirty_list_;
    std::vector<std::vector<int>> free_, family_;
    std::vector<uint32_t> marks_, route_marks_, ruined_;
    std::vector<uint8_t> dirty_;
    std::vector<std::pair<int, N>> journal_;
    std::vector<std::pair<int, Slot>> route_journal_;
    std::vector<std::pair<int64_t, int>> keys_;
};

}  // namespace paotui
