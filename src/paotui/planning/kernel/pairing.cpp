// Whole loads in units of limited capacity (the generalised assignment problem), improved by simulated annealing.
// Plain C interface for ctypes; all arrays belong to the caller.
//
// Starts near the optimum of the shared (linear) problem, whose prices say which units are worth trying for a group.
// A move gives a group to another unit, alone or in exchange for the member of that unit that costs least; loads
// beyond a capacity are allowed at a price that rises until they are gone.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace {

using Cost = std::int64_t;
using Index = std::int32_t;
using Tell = int (*)(std::int64_t iterations, void* context);

constexpr Cost never = Cost{1} << 40;  // the cost of a pair that must not be made

struct Problem {
    Index groups, units;
    const Cost *cost;  // [groups, units]
    const std::uint8_t* lacks;
    const Cost *load, *capacity, *price;
    Cost grain;
    Cost at(Index group, Index unit) const {
        const std::int64_t pair = std::int64_t{group} * units + unit;
        return lacks[pair] ? never : cost[pair];
    }
};

class Random {
   public:
    explicit Random(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15ULL + 1) {}
    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    Index below(Index limit) { return static_cast<Index>((next() >> 32) * static_cast<std::uint64_t>(limit) >> 32); }
    double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

   private:
    std::uint64_t state_;
};

class Annealing {
   public:
    Annealing(const Problem& problem, Index each, Index* unit, std::uint64_t seed)
        : p_(problem), each_(std::min(each, problem.units)), unit_(unit), random_(seed), members_(p_.units),
          place_(p_.groups), room_(p_.capacity, p_.capacity + p_.units), by_unit_(std::size_t(p_.groups) * p_.units) {
        for (Index g = 0; g < p_.groups; ++g)
            for (Index u = 0; u < p_.units; ++u) by_unit_[std::size_t(u) * p_.groups + g] = p_.at(g, u);
        choose_candidates();
        for (Index g = 0; g < p_.groups; ++g) {
            if (unit_[g] < 0) unit_[g] = candidates_[std::size_t(g) * each_];
            put(g, unit_[g]);
        }
    }

    // Returns the moves tried, negative when stopped; `unit` holds the best pairing found within the capacities, or,
    // where none was found, the one with the least load beyond them.
    std::int64_t run(std::int64_t moves, Tell tell) {
        double heat = spread();
        const double end = heat / 50;
        const double cooling = std::pow(end / heat, 1.0 / static_cast<double>(std::max<std::int64_t>(1, moves / period)));
        penalty_ = std::max<Cost>(1, static_cast<Cost>(heat));
        keep_best();
        for (std::int64_t move = 0; move < moves; ++move) {
            if (move % period == 0 && move) {
                heat *= cooling;
                if (over_ > 0) penalty_ = std::min<Cost>(penalty_ + penalty_ / 8 + 1, never / 1024);
            }
            if ((move & 1023) == 1023 && tell && tell(move, nullptr)) return restore(), -move - 1;
            try_one(heat);
            if (over_ < best_over_ || (over_ == best_over_ && total_ < best_total_)) keep_best();
        }
        restore();
        return moves;
    }

   private:
    static constexpr std::int64_t period = 512;

    const Problem& p_;
    Index each_;
    Index* unit_;
    Random random_;
    std::vector<std::vector<Index>> members_;
    std::vector<Index> place_;  // among the members of the unit
    std::vector<Cost> room_;    // negative: load beyond the capacity
    std::vector<Cost> by_unit_;
    std::vector<Index> candidates_;
    Cost total_ = 0, over_ = 0, penalty_ = 1, best_total_ = 0, best_over_ = 0;
    std::vector<Index> best_;
    std::vector<Index> touched_;  // groups whose unit may differ from the best
    std::vector<char> is_touched_;

    Cost cost(Index group, Index unit) const { return by_unit_[std::size_t(unit) * p_.groups + group]; }
    static Cost beyond(Cost room) { return room < 0 ? -room : 0; }

    // The units of least cost + load * price.
    void choose_candidates() {
        candidates_.resize(std::size_t(p_.groups) * each_);
        std::vector<std::pair<Cost, Index>> ranked(p_.units);
        for (Index g = 0; g < p_.groups; ++g) {
            for (Index u = 0; u < p_.units; ++u)
                ranked[u] = {p_.at(g, u) * p_.grain + p_.load[g] * p_.price[u], u};
            std::partial_sort(ranked.begin(), ranked.begin() + each_, ranked.end());
            for (Index k = 0; k < each_; ++k) candidates_[std::size_t(g) * each_ + k] = ranked[k].second;
        }
    }

    // How much the second best unit is dearer than the best, on average: the scale of the search.
    double spread() const {
        if (each_ < 2) return 1;
        double sum = 0;
        for (Index g = 0; g < p_.groups; ++g) {
            const Index* mine = &candidates_[std::size_t(g) * each_];
            const Cost more = (cost(g, mine[1]) - cost(g, mine[0])) * p_.grain +
                              p_.load[g] * (p_.price[mine[1]] - p_.price[mine[0]]);
            sum += static_cast<double>(std::min<Cost>(more, 1000 * p_.grain)) / static_cast<double>(p_.grain);
        }
        return std::max(0.5, heat_of_spread * sum / p_.groups);
    }
    static constexpr double heat_of_spread = 0.3;

    void put(Index group, Index unit) {
        place_[group] = static_cast<Index>(members_[unit].size());
        members_[unit].push_back(group);
        over_ -= beyond(room_[unit]);
        room_[unit] -= p_.load[group];
        over_ += beyond(room_[unit]);
        total_ += cost(group, unit);
        unit_[group] = unit;
    }

    void take(Index group) {
        const Index unit = unit_[group];
        members_[unit][place_[group]] = members_[unit].back();
        place_[members_[unit].back()] = place_[group];
        members_[unit].pop_back();
        over_ -= beyond(room_[unit]);
        room_[unit] += p_.load[group];
        over_ += beyond(room_[unit]);
        total_ -= cost(group, unit);
    }

    void move(Index group, Index unit) {
        take(group);
        put(group, unit);
        if (!is_touched_[group]) is_touched_[group] = 1, touched_.push_back(group);
    }

    void try_one(double heat) {
        const Index group = random_.below(p_.groups), from = unit_[group];
        const Index to = candidates_[std::size_t(group) * each_ + random_.below(each_)];
        const Cost change = cost(group, to) - cost(group, from), load = p_.load[group];
        if (to == from || change >= never / 2) return;
        const Cost before = beyond(room_[from]) + beyond(room_[to]);
        Index partner = -1;
        Cost best = change + penalty_ * (beyond(room_[from] + load) + beyond(room_[to] - load) - before);
        for (const Index other : members_[to]) {
            const Cost more = p_.load[other];
            const Cost swapped = change + cost(other, from) - cost(other, to) +
                                 penalty_ * (beyond(room_[from] + load - more) + beyond(room_[to] - load + more) - before);
            if (swapped < best) best = swapped, partner = other;
        }
        if (best > 0 && (best > 30 * heat || random_.unit() >= std::exp(-static_cast<double>(best) / heat))) return;
        move(group, to);
        if (partner >= 0) move(partner, from);
    }

    void keep_best() {
        if (best_.empty()) {
            best_.assign(unit_, unit_ + p_.groups);
            is_touched_.assign(p_.groups, 0);
        }
        for (const Index group : touched_) {
            best_[group] = unit_[group];
            is_touched_[group] = 0;
        }
        touched_.clear();
        best_total_ = total_;
        best_over_ = over_;
    }

    void restore() { std::copy(best_.begin(), best_.end(), unit_); }
};

}  // namespace

extern "C" {

// unit: in the start (-1: not placed), out the best found. price: per unit of load, in 1/grain points. Returns the
// moves, negative when stopped.
__attribute__((visibility("default"))) std::int64_t pairing_anneal(
    Index groups, Index units, const Cost* cost, const std::uint8_t* lacks, const Cost* load, const Cost* capacity,
    const Cost* price, Cost grain, Index each, std::int64_t seed, std::int64_t moves, Index* unit, Tell tell) {
    const Problem problem{groups, units, cost, lacks, load, capacity, price, grain};
    return Annealing(problem, each, unit, static_cast<std::uint64_t>(seed)).run(moves, tell);
}
}
