// Many units share out their groups anew at once, exactly: along a tree of units that lie near each other, every
// group may stay or change to the other end of one branch. From the leaves inward a knapsack for each branch says what
// it costs to hand so much load to the inner unit, and these are added up within the capacities. Load so moves along
// whole chains of units, where `Polish` sees two.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

#include "indivisible.hpp"

namespace paotui::matching {

class Trees {
   public:
    Trees(const Office& office, const Near& near, Index* unit, std::uint64_t seed)
        : office_(office), near_(near), unit_(unit), draw_(seed), used_(office.units, 0), nodes_(office.units),
          beside_(office.units) {
        Worth spread = 0;
        for (Index g = 0; g < office.groups; ++g) {
            used_[unit[g]] += office.load[g];
            if (near.count(g) > 1 && near.find(g, unit[g])) movable_.push_back(g);
            for (const Near::Place* at = near.begin(g); at != near.end(g); ++at) {
                costs_.push_back(office.costs(g, at->unit));
                spread = std::max(spread, std::abs(costs_.back() - office.costs(g, near.begin(g)->unit)));
            }
        }
        dear_ = static_cast<Cost>(std::min<Worth>(parts * (1 + 2 * spread), never));
    }

    // Grows `turns` trees; costs are blurred at first, less and less, and not at last.
    void run(std::int64_t turns, Teller& teller) {
        for (std::int64_t turn = 0; turn < turns && !movable_.empty(); ++turn) {
            const double part = double(turn) / (sharp * double(turns));
            blur_ = part < 1 ? hot * std::pow(cold / hot, part) : 0;
            grow();
            hang();
            for (std::size_t k = order_.size(); k-- > 0;) gather(order_[k]);
            for (const Index u : order_) hand_out(u);
            teller.iterations += static_cast<std::int64_t>(order_.size());
            if (teller.ask()) return;
        }
    }

   private:
    using Cost = std::int32_t;             // in parts of a point, never less than 0
    static constexpr Worth widest = 120;   // load on one branch
    static constexpr Worth parts = 8;      // of a point
    static constexpr Cost never = 1 << 29;
    static constexpr double hot = 1.5, cold = 0.2, sharp = 0.9;  // points; measured: ADR 0013

    struct Change {
        Index group, load;
        Worth more;   // what it costs more inward
        Cost inward;  // the same blurred, counted from the cheaper end
    };

    // A unit in the tree, with the branch that leads inward to `inner`.
    struct Node {
        Index inner = -1;
        std::vector<Index> outer;             // units at the other ends of the other branches
        std::vector<Change> groups;           // that may change along the branch inward
        Index whole = 0;                      // their load; later what is kept of it
        Worth fixed = 0;                      // load that stays whatever happens
        std::vector<Cost> rows;               // [groups + 1, load handed inward]: knapsacks
        std::vector<Cost> handed;             // [load handed inward]: what the branch and all behind it cost
        std::vector<Cost> received;           // [load from outer branches]: what it costs
        std::vector<std::vector<Index>> from; // [outer branch, load received so far]: from that branch
        std::vector<Index> take;              // [load kept of the own branch]: how much to receive
    };

    const Office& office_;
    const Near& near_;
    Index* unit_;
    Draw draw_;
    std::vector<Worth> used_, costs_;  // costs_: of the places in `near`, which lie together
    double blur_ = 0;
    Cost dear_;  // a unit of load beyond a capacity
    std::vector<Node> nodes_;
    std::vector<Index> movable_, order_, found_, best_of_;
    std::vector<std::vector<Index>> beside_;
    std::vector<Cost> sum_;

    static Cost capped(Worth cost) { return static_cast<Cost>(std::min<Worth>(cost, never)); }

    Worth costs(const Near::Place* place) const { return costs_[place - near_.begin(0)]; }

    Index root(Index u) {
        while (found_[u] != u) u = found_[u] = found_[found_[u]];
        return u;
    }

    const Near::Place& other(Index g) {
        const Index count = near_.count(g);
        return near_.begin(g)[std::min(draw_.below(count), draw_.below(count))];
    }

    // Joins units by places drawn from those of the groups.
    void grow() {
        found_.resize(office_.units);
        std::iota(found_.begin(), found_.end(), 0);
        for (auto& others : beside_) others.clear();
        for (std::size_t k = 0; k < movable_.size(); ++k) {
            const Index g = movable_[draw_.below(static_cast<Index>(movable_.size()))], u = unit_[g], v = other(g).unit;
            const Index a = root(u), b = root(v);
            if (a == b) continue;
            found_[a] = b;
            beside_[u].push_back(v);
            beside_[v].push_back(u);
        }
    }

    // Hangs every tree up by one of its units, and puts groups on branches.
    void hang() {
        order_.clear();
        for (Index u = 0; u < office_.units; ++u) {
            Node& node = nodes_[u];
            node.inner = -2;
            node.outer.clear();
            node.groups.clear();
            node.whole = 0;
            node.fixed = used_[u];
        }
        for (Index k = 0, first = draw_.below(office_.units); k < office_.units; ++k) {
            const Index u = (first + k) % office_.units;
            if (nodes_[u].inner != -2) continue;
            nodes_[u].inner = -1;
            order_.push_back(u);
            for (std::size_t at = order_.size() - 1; at < order_.size(); ++at)
                for (const Index v : beside_[order_[at]])
                    if (nodes_[v].inner == -2) {
                        nodes_[v].inner = order_[at];
                        nodes_[order_[at]].outer.push_back(v);
                        order_.push_back(v);
                    }
        }
        const auto count = static_cast<Index>(movable_.size());
        for (Index k = 0, first = draw_.below(count); k < count; ++k) put_on(movable_[(first + k) % count]);
    }

    // Puts a group on the branch to its nearest unit beside its own.
    void put_on(Index g) {
        const Index u = unit_[g];
        for (const Near::Place* at = near_.begin(g); at != near_.end(g); ++at) {
            const bool inward = nodes_[u].inner == at->unit;
            if (!inward && nodes_[at->unit].inner != u) continue;
            Node& node = nodes_[inward ? u : at->unit];
            if (node.whole + office_.load[g] > widest) continue;
            const Worth there = costs(at), here = costs(near_.find(g, u));
            node.groups.push_back({g, static_cast<Index>(office_.load[g]), inward ? there - here : here - there, 0});
            node.whole += static_cast<Index>(office_.load[g]);
            nodes_[u].fixed -= office_.load[g];
            return;
        }
    }

    // What the tree behind a unit costs for every load handed inward.
    void gather(Index u) {
        Node& node = nodes_[u];
        node.received.assign(1, 0);
        if (node.from.size() < node.outer.size()) node.from.resize(node.outer.size());
        for (std::size_t k = 0; k < node.outer.size(); ++k) add(node, nodes_[node.outer[k]], node.from[k]);
        choose(u);
        if (node.inner >= 0) fill(u);
    }

    void add(Node& node, const Node& outer, std::vector<Index>& from) {
        const auto size = static_cast<Index>(node.received.size()), more = static_cast<Index>(outer.handed.size());
        sum_.assign(size + more - 1, never);
        from.assign(size + more - 1, 0);
        for (Index z = 0; z < more; ++z) {
            const Cost cost = outer.handed[z];
            if (cost >= never) continue;
            const Cost* const before = node.received.data();
            Cost* const now = &sum_[z];
            Index* const which = &from[z];
            for (Index t = 0; t < size; ++t) {
                const Cost to = before[t] + cost;
                const bool less = to < now[t];
                now[t] = less ? to : now[t];
                which[t] = less ? z : which[t];
            }
        }
        node.received.swap(sum_);
    }

    // For each load kept of the own branch: how much it is best to receive, and (in sum_) what that costs.
    void choose(Index u) {
        Node& node = nodes_[u];
        const std::vector<Cost>& received = node.received;
        const auto most = static_cast<Index>(received.size()) - 1;
        best_of_.resize(most + 1);  // of all that is no more than the index
        for (Index t = 0; t <= most; ++t) best_of_[t] = t && received[best_of_[t - 1]] <= received[t] ? best_of_[t - 1] : t;
        node.take.resize(node.whole + 1);
        sum_.resize(node.whole + 1);
        Index over = most;  // the best of what is more than there is room for
        const Worth room = office_.capacity[u] - node.fixed;
        Worth edge = most + 1;
        for (Index kept = 0; kept <= node.whole; ++kept) {
            const Worth within = room - kept;
            for (; edge > std::max<Worth>(0, within + 1) && edge > 0; --edge)
                if (const auto t = static_cast<Index>(edge - 1);
                    edge == most + 1 || received[t] <= received[over] + Worth{dear_} * (over - t))
                    over = t;
            Worth best = never;
            Index take = 0;
            if (within >= 0) take = best_of_[std::min<Worth>(within, most)], best = received[take];
            if (within < most)
                if (const Worth cost = received[over] + dear_ * (over - within); cost < best) best = cost, take = over;
            sum_[kept] = capped(best);
            node.take[kept] = take;
        }
    }

    // The knapsacks of the branch inward; each group costs nothing at the end that is cheaper.
    void fill(Index u) {
        Node& node = nodes_[u];
        const std::size_t wide = static_cast<std::size_t>(node.whole) + 1;
        node.rows.assign((node.groups.size() + 1) * wide, never);
        node.rows[0] = 0;
        for (std::size_t k = 0; k < node.groups.size(); ++k) {
            Change& one = node.groups[k];
            const Worth more = blurred(one.more);
            const Cost stays = capped(std::max<Worth>(0, -more));
            one.inward = capped(std::max<Worth>(0, more));
            next(&node.rows[k * wide], &node.rows[(k + 1) * wide], wide, one.load, stays, one.inward);
        }
        const Cost* const last = &node.rows[node.groups.size() * wide];
        node.handed.resize(wide);
        for (std::size_t z = 0; z < wide; ++z) node.handed[z] = std::min(never, last[z] + sum_[wide - 1 - z]);
    }

    static void next(const Cost* from, Cost* to, std::size_t wide, std::size_t load, Cost stays, Cost inward) {
        for (std::size_t z = 0; z < wide; ++z) to[z] = std::min(never, from[z] + stays);
        for (std::size_t z = load; z < wide; ++z) to[z] = std::min(to[z], from[z - load] + inward);
    }

    // Hands out, from the root outward, what has been found best.
    void hand_out(Index u) {
        Node& node = nodes_[u];
        const bool lost = node.whole < 0;  // the costs were too large to count: all stays as it is from here outward
        Index left = lost ? 0 : node.take[node.inner < 0 ? 0 : node.whole];
        if (lost || node.received[left] >= never) {
            for (const Index v : node.outer) nodes_[v].whole = -1;
            return;
        }
        for (std::size_t k = node.outer.size(); k-- > 0;) {
            Node& outer = nodes_[node.outer[k]];
            const Index handed = node.from[k][left];
            left -= handed;
            const std::size_t wide = static_cast<std::size_t>(outer.whole) + 1;
            auto z = static_cast<std::size_t>(handed);
            for (std::size_t n = outer.groups.size(); n-- > 0;) {
                const Change& one = outer.groups[n];
                const bool inward = std::cmp_greater_equal(z, one.load) &&
                                    outer.rows[(n + 1) * wide + z] == outer.rows[n * wide + z - one.load] + one.inward;
                if (inward) z -= one.load;
                change(one.group, inward ? u : node.outer[k]);
            }
            outer.whole -= handed;
        }
    }

    Worth blurred(Worth cost) {
        if (blur_ <= 0) return cost * parts;
        const double u = draw_.unit() * (1 - 1e-12);
        return cost * parts + std::lround(parts * blur_ * std::log(u / (1 - u)));
    }

    void change(Index g, Index to) {
        used_[unit_[g]] -= office_.load[g];
        used_[to] += office_.load[g];
        unit_[g] = to;
    }
};

}  // namespace paotui::matching
