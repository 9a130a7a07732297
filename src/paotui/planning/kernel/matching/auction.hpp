// A forward auction with epsilon scaling, seats of a vacancy and units of a person treated alike (Bertsekas and
// Castanon, "The auction algorithm for the transportation problem", 1989). Leaves prices and a flow that is within
// epsilon = 1 of the optimum conditions; `Repair` makes them exact.
#pragma once

#include <algorithm>

#include "market.hpp"

namespace paotui::matching {

class Auction {
   public:
    // grain: into how many parts a unit of worth is divided while bidding.
    Auction(const Arcs& arcs, std::vector<Worth>& price, Worth grain, Teller& teller)
        : arcs_(arcs), price_(price), grain_(grain), teller_(teller), bids_(arcs.vacancies), free_(arcs.vacancies) {}

    // From prices 0; `largest`: the largest worth, `factor`: by which epsilon falls from phase to phase.
    void run(Worth largest, Worth factor) {
        Worth epsilon = std::max<Worth>(1, largest * grain_ / factor);
        for (;;) {
            phase(epsilon);
            if (epsilon == 1 || teller_.stopped) break;
            // Seats that stayed free were too dear by far, the others by a few steps: what is not undone here is left
            // to the repair, which is dear when seats stay free with a price.
            for (Index j = 0; j < arcs_.vacancies; ++j)
                price_[j] = free_[j] > 0 ? 0 : std::max<Worth>(0, price_[j] - discount * epsilon);
            epsilon = std::max<Worth>(1, epsilon / factor);
        }
        for (Worth& price : price_) price /= grain_;  // rounded down, what held exactly still does
    }

    // Hands over the pieces that hold exactly under the prices: worth - price = rent.
    void settle(Flow& flow, const std::vector<Worth>& rent) const {
        for (Index j = 0; j < arcs_.vacancies; ++j)
            for (const Bid& bid : bids_[j])
                if (arcs_.worth[bid.arc] - price_[j] == rent[bid.person]) flow.add(bid.person, j, bid.arc, bid.amount);
    }

    // Everything that flows, exact or not: a feasible flow when stopped early.
    void settle(Flow& flow) const {
        for (Index j = 0; j < arcs_.vacancies; ++j)
            for (const Bid& bid : bids_[j]) flow.add(bid.person, j, bid.arc, bid.amount);
    }

   private:
    static constexpr Worth discount = 2;

    struct Bid {
        Worth level;
        std::int64_t arc;
        Index person, amount;
        bool operator<(const Bid& other) const { return level > other.level; }  // the lowest bid on top
    };

    const Arcs& arcs_;
    std::vector<Worth>& price_;
    Worth grain_;
    Teller& teller_;
    std::vector<std::vector<Bid>> bids_;
    std::vector<Index> free_;
    std::vector<std::pair<Index, Index>> waiting_;  // person, amount

    void phase(Worth epsilon) {
        waiting_.clear();
        for (Index j = 0; j < arcs_.vacancies; ++j) {
            bids_[j].clear();
            free_[j] = arcs_.seats[j];
        }
        for (Index i = arcs_.people; i-- > 0;) waiting_.emplace_back(i, arcs_.supply[i]);
        while (!waiting_.empty()) {
            auto [person, amount] = waiting_.back();
            waiting_.pop_back();
            while (amount > 0 && (amount = bid(person, amount, epsilon)) > 0)
                if (teller_.stopped) return;
            if (teller_.step()) return;
        }
    }

    // Bids once for `amount`; returns what is left to bid for, 0 when the person rather stays out.
    Index bid(Index person, Index amount, Worth epsilon) {
        Worth best = 0, second = 0;
        std::int64_t arc = -1;
        for (std::int64_t a = arcs_.start[person]; a < arcs_.end[person]; ++a) {
            const Index j = arcs_.head[a];
            if (arcs_.seats[j] <= 0) continue;
            const Worth gain = arcs_.worth[a] * grain_ - price_[j];
            if (gain > best) {
                second = best;
                best = gain;
                arc = a;
            } else if (gain > second) {
                second = gain;
            }
        }
        if (arc < 0) return 0;
        const Index j = arcs_.head[arc];
        const Worth level = price_[j] + (best - second) + epsilon;
        std::vector<Bid>& bids = bids_[j];
        Index placed = std::min(amount, free_[j]);
        free_[j] -= placed;
        while (placed < amount && !bids.empty() && bids.front().level < level) {
            const Index moved = std::min(amount - placed, bids.front().amount);
            waiting_.emplace_back(bids.front().person, moved);
            placed += moved;
            if ((bids.front().amount -= moved) == 0) {
                std::pop_heap(bids.begin(), bids.end());
                bids.pop_back();
            }
        }
        bids.push_back({level, arc, person, placed});
        std::push_heap(bids.begin(), bids.end());
        if (free_[j] == 0) price_[j] = bids.front().level;
        return amount - placed;
    }
};

}  // namespace paotui::matching
