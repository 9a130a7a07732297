// Routes as linked nodes with times that run forward and backward, so that a place costs constant time to check.
#pragma once
#include "tours.hpp"

namespace paotui {

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

struct RouteSlot {
    int type = 0, size = 0;
    int32_t room = 0;
    int64_t unit = 1;
    int64_t length = 0;  // kept where vehicles can be exchanged
};

template <bool MIXED>
using RouteTours = Tours<std::conditional_t<MIXED, TimedNode, Node>, RouteSlot>;

template <class Metric, bool WINDOWS, bool MIXED>
class RouteChains : public RouteTours<MIXED> {
    using Base = RouteTours<MIXED>;

  public:
    // Take over routes; clients of `bank` are not served yet, all others are none of this worker's business.
    void take(const Routes& routes, const std::vector<int>& bank, const std::vector<int>& spare, uint64_t seed,
              const Terms& terms) {
        std::vector<int> kinds;
        for (const RouteOf& r : routes) kinds.push_back(r.type);
        for (size_t t = 0; t < spare.size(); ++t) kinds.insert(kinds.end(), spare[t], static_cast<int>(t));
        const int slots = static_cast<int>(kinds.size());
        Base::clear(slots, seed, terms);
        dirty_.assign(nodes_.size(), 0), dirty_list_.clear();
        free_.assign(in_.types.size(), {});
        free_at_.assign(slots, -1);
        mine_.clear();
        for (int r = 0; r < slots; ++r) {
            open_slot(r, kinds[r]);
            if (r < static_cast<int>(routes.size()))
                for (int c : routes[r].clients) append(r, c);
            if (slots_[r].size) close_route(r);
            else make_free(r);
        }
        for (int c : bank) mine_.push_back(c), into_bank(c), cost_ += price(c);
        Base::begin_blinks();
        best_next_.resize(nodes_.size());
        for (size_t i = 0; i < nodes_.size(); ++i) best_next_[i] = nodes_[i].next;
        best_type_ = kinds, exchanged_.clear();
        best_cost_ = cost_, best_bank_ = bank_;
    }

    Routes current() const {
        return collect([&](int i) { return nodes_[i].next; }, [&](int r) { return slots_[r].type; });
    }
    Routes best() const {
        return collect([&](int i) { return best_next_[i]; }, [&](int r) { return best_type_[r]; });
    }

    int size() const { return static_cast<int>(mine_.size()); }

  protected:
    using N = std::conditional_t<MIXED, TimedNode, Node>;
    using Slot = RouteSlot;
    using Base::in_, Base::n_, Base::cost_, Base::best_cost_, Base::used_, Base::served_, Base::nodes_,
        Base::slots_, Base::bank_, Base::best_bank_, Base::removed_, Base::journal_, Base::slot_journal_, Base::start_of,
        Base::end_of, Base::price, Base::into_bank, Base::begin, Base::touch, Base::touch_slot;

    RouteChains(const Instance& in, const Neighbours& near, const Metric& to, const Metric& time_to, const Tuning& tuning)
        : Base(in, near, to, tuning), to_(to), time_to_(time_to), same_time_(in.same_time()),
          timed_(std::any_of(in.types.begin(), in.types.end(), [](const VehicleType& t) { return t.max_duration < FOREVER; })) {}

    int location(int i) const {
        if constexpr (!MIXED) return std::min(i, n_);
        if (i < n_) return i;
        const VehicleType& t = in_.types[slots_[(i - n_) >> 1].type];
        return (i - n_) & 1 ? t.end : t.start;
    }
    bool same_time() const { return !Metric::OTHER_TIMES || same_time_; }
    int32_t travel(int a, int b, int32_t distance) const {
        return same_time() ? distance : time_to_(a, b);
    }

    void open_slot(int r, int type) {
        const VehicleType& t = in_.types[type];
        slots_[r] = {type, 0, t.capacity, t.unit};
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
        slots_[r].size++, slots_[r].room -= in_.clients[c].demand;
        mine_.push_back(c);
    }

    void link(int a, int b) {
        const int32_t d = to_(location(a), location(b));
        nodes_[a].next = b, nodes_[b].prev = a;
        nodes_[a].to_next = nodes_[b].from_prev = d;
    }

    void close_route(int r) {
        ++used_, served_ += slots_[r].size;
        for (int i = start_of(r); i != end_of(r); i = nodes_[i].next) slots_[r].length += nodes_[i].to_next;
        cost_ += in_.types[slots_[r].type].fixed + slots_[r].unit * slots_[r].length;
        if constexpr (!WINDOWS) return;
        begin();
        for (int i = start_of(r); i < n_ || i == start_of(r); i = nodes_[i].next) forward_one(nodes_[i].next);
        for (int i = end_of(r); i < n_ || i == end_of(r); i = nodes_[i].prev) backward_one(nodes_[i].prev);
    }

    void make_free(int r) { put_in(free_[slots_[r].type], free_at_, r); }
    void take_free(int r) { take_out(free_[slots_[r].type], free_at_, r); }

    template <class Next, class Type>
    Routes collect(Next next, Type type) const {
        Routes found;
        for (int r = 0; r < static_cast<int>(slots_.size()); ++r) {
            RouteOf route{type(r), {}};
            for (int i = next(start_of(r)); i < n_; i = next(i)) route.clients.push_back(i);
            if (!route.clients.empty()) found.push_back(std::move(route));
        }
        return found;
    }

    // ---- what an iteration did ----------------------------------------------------------------------------

    void undo() {
        for (const auto& [i, node] : journal_) nodes_[i] = node;
        for (const auto& [r, slot] : slot_journal_)
            if (!slots_[r].size) take_free(r), ++used_;
        for (const auto& [r, slot] : slot_journal_) {
            served_ += slot.size - slots_[r].size;
            slots_[r] = slot;
            if (!slot.size) make_free(r), --used_;
        }
    }

    void commit() {
        for (const auto& [i, node] : journal_)
            if (!dirty_[i]) dirty_[i] = 1, dirty_list_.push_back(i);
        if constexpr (MIXED)
            for (const auto& [r, slot] : slot_journal_)
                if (slot.type != slots_[r].type) exchanged_.push_back(r);
    }

    void note_best() {
        for (int i : dirty_list_) best_next_[i] = nodes_[i].next, dirty_[i] = 0;
        dirty_list_.clear();
        for (int r : exchanged_) best_type_[r] = slots_[r].type;
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

    // `count` clients, neighbours from `first` to `last`, out of their route.
    void remove_string(int first, int last, int count) {
        const int r = nodes_[first].route;
        Slot& slot = touch_slot(r);
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

    const Metric &to_, &time_to_;
    const bool same_time_, timed_;
    std::vector<int> mine_, free_at_, best_next_, best_type_, exchanged_, dirty_list_;
    std::vector<std::vector<int>> free_;
    std::vector<uint8_t> dirty_;
};

}  // namespace paotui
