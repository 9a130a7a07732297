// What ruining and recreating have in common, whatever a tour is, a route or a trip of a vehicle's day: linked nodes, a
// journal that takes back what an iteration did, a bank of those not served, and strings of clients that are taken out
// (Christiaens & Vanden Berghe, Transportation Science 2020).
#pragma once
#include <utility>

#include "neighbours.hpp"
#include "rng.hpp"
#include "stretch.hpp"

namespace paotui {

struct Tuning {
    double mean_removed = 10;   // clients a ruin takes out on average
    double longest_string = 10;
    double split = 0.5, split_depth = 0.01;
    double blink = 0.01;
};

// What counts beside true costs while the search goes on.
struct Terms {
    int64_t must;          // of leaving out a client that has to be served
    int64_t generous = 0;  // of leaving out any other, above its price
};

// A list whose numbers know where they stand: in and out in constant time.
inline void put_in(std::vector<int>& list, std::vector<int>& at, int one) {
    at[one] = static_cast<int>(list.size());
    list.push_back(one);
}
inline void take_out(std::vector<int>& list, std::vector<int>& at, int one) {
    const int last = list.back();
    list[at[one]] = last, at[last] = at[one];
    list.pop_back(), at[one] = -1;
}

// Node: next, prev, route (−1: not served); Slot: size. Clients are nodes 0 … n − 1, then two a tour: its start and end.
template <class Node, class Slot>
class Tours {
  public:
    const std::vector<int>& bank() const { return bank_; }
    const std::vector<int>& best_bank() const { return best_bank_; }
    int64_t cost() const { return cost_; }
    int64_t best_cost() const { return best_cost_; }
    int64_t iterations() const { return iterations_; }

  protected:
    template <class Metric>
    Tours(const Instance& in, const Neighbours& near, const Metric& to, const Tuning& tuning) : in_(in), near_(near), tuning_(tuning), n_(in.n) {
        for (int c = 0; c < n_; ++c) far_.push_back(in.types.empty() ? 0 : to(in.types[0].start, c));
    }

    // No tours and nobody served.
    void clear(int slots, uint64_t seed, const Terms& terms) {
        rng_.state = seed, terms_ = terms;
        nodes_.assign(n_ + 2 * slots, Node{});
        for (Node& node : nodes_) node.route = -1;
        slots_.assign(slots, Slot{});
        marks_.assign(nodes_.size(), 0), slot_marks_.assign(slots, 0), ruined_.assign(slots, 0), stamp_ = 0;
        bank_.clear(), bank_at_.assign(n_, -1);
        cost_ = 0, used_ = 0, served_ = 0;
    }

    int start_of(int r) const { return n_ + 2 * r; }
    int end_of(int r) const { return n_ + 2 * r + 1; }
    int64_t price(int c) const { return in_.price[c] == MUST ? terms_.must : in_.price[c] + terms_.generous; }
    void into_bank(int c) { put_in(bank_, bank_at_, c); }
    void out_of_bank(int c) { take_out(bank_, bank_at_, c); }

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

    // ---- strings ------------------------------------------------------------------------------------------

    double average_length() const { return used_ ? static_cast<double>(served_) / used_ : 1.0; }

    // How many strings a ruin takes out, and how long the longest may be.
    int strings(double& longest) {
        removed_.clear(), from_bank_ = 0;
        longest = std::min(tuning_.longest_string, average_length());
        const double most = std::max(1.0, 4.0 * tuning_.mean_removed / (1.0 + longest) - 1.0);
        return static_cast<int>(1.0 + rng_.unit() * most);
    }

    // Strings of tours around `seed` that are whole so far, one each, by remove(first, last, count); and `most` of the
    // bank around it.
    template <class Remove>
    void take_strings(int seed, int count, double longest, Remove remove, int most = 8) {
        const int32_t* ring = near_.ring(seed);
        int tried = 0;
        for (int k = -1; k < near_.around && count > 0; ++k) {
            const int c = k < 0 ? seed : ring[k];
            const int r = nodes_[c].route;
            if (r < 0) {
                if (bank_at_[c] >= 0 && tried < most) ++tried, take_from_bank(c);
                continue;
            }
            if (ruined_[r] == stamp_) continue;
            ruined_[r] = stamp_;
            const double limit = std::min(longest, static_cast<double>(slots_[r].size));
            take_around(c, std::max(1, static_cast<int>(1.0 + rng_.unit() * limit - 1e-9)), remove);
            --count;
        }
    }

    // `most` of the bank around `seed`, which is one of them.
    void take_bank(int seed, int most) {
        const int32_t* ring = near_.ring(seed);
        for (int k = -1; k < near_.around && most > 0; ++k) {
            const int c = k < 0 ? seed : ring[k];
            if (bank_at_[c] >= 0) --most, take_from_bank(c);
        }
    }

    void take_from_bank(int c) {
        ++from_bank_, removed_.push_back(c);
        cost_ -= price(c);
    }

    // A string of `length` clients of c's tour that contains c, perhaps with a gap of clients that stay.
    template <class Remove>
    void take_around(int c, int length, Remove remove) {
        const int size = slots_[nodes_[c].route].size;
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
        if (!kept) return remove(first, last, length);
        const int head = 1 + rng_.below(length - 1);
        int end = first;
        for (int k = 1; k < head; ++k) end = nodes_[end].next;
        int tail = end;
        for (int k = 0; k <= kept; ++k) tail = nodes_[tail].next;
        remove(first, end, head);
        remove(tail, last, length - head);
    }

    // ---- recreating ---------------------------------------------------------------------------------------

    // Now and then a place is overlooked: gaps between are drawn, not every place.
    void begin_blinks() { blink_in_ = blink_gap(); }
    bool blinks() {
        if (--blink_in_ > 0) return false;
        begin_blinks();
        return true;
    }
    int blink_gap() { return 1 + static_cast<int>(rng_.exponential() / tuning_.blink); }

    static constexpr int PLAIN_ORDERS = 11, WINDOW_ORDERS = 17, RELEASE_ORDERS = 19;

    // In which order those taken out go back, by one of the first `kinds` rules: keys_, ascending.
    void order(int kinds) {
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
            else if (draw < 17) key = -static_cast<int64_t>(me.close);
            else key = -static_cast<int64_t>(in_.release[c]);
            keys_.push_back({key, c});
        }
        for (size_t k = 1; k < keys_.size(); ++k) {  // some ten of them
            const auto one = keys_[k];
            size_t at = k;
            for (; at > 0 && one.first < keys_[at - 1].first; --at) keys_[at] = keys_[at - 1];
            keys_[at] = one;
        }
    }

    void settle_bank() {
        if (!from_bank_ && left_.empty()) return;
        for (int c : removed_)
            if (bank_at_[c] >= 0 && nodes_[c].route >= 0) out_of_bank(c);
        for (int c : left_)
            if (bank_at_[c] < 0) into_bank(c);
    }

    const Instance& in_;
    const Neighbours& near_;
    const Tuning tuning_;
    const int n_;
    Rng rng_{1};
    Terms terms_{MUST};
    int64_t cost_ = 0, best_cost_ = 0, iterations_ = 0;
    int used_ = 0, served_ = 0, from_bank_ = 0, blink_in_ = 1;  // used_: tours
    uint32_t stamp_ = 0;
    std::vector<Node> nodes_;
    std::vector<Slot> slots_;
    std::vector<int32_t> far_;  // from the first depot
    std::vector<int> bank_, bank_at_, best_bank_, removed_, left_;
    std::vector<uint32_t> marks_, slot_marks_, ruined_;
    std::vector<std::pair<int, Node>> journal_;
    std::vector<std::pair<int, Slot>> slot_journal_;
    std::vector<std::pair<int64_t, int>> keys_;
};

}  // namespace paotui
