// Loads that cannot be shared: groups placed whole within the capacities of units, near a shared optimum.
// With the prices of the shared problem every pair has a reduced cost, and a pairing within the capacities costs what
// the prices prove plus the reduced costs of its pairs plus the price of capacity left free: only pairs of little
// reduced cost are looked at. Simulated annealing with capacities that harden, then `Polish`.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "market.hpp"

namespace paotui::matching {

// cost, lacks: [groups, units]; price: of a unit of load in 1/grain points.
struct Office {
    Index groups, units;
    const Worth* cost;
    const std::uint8_t* lacks;
    const Worth *load, *capacity, *price;
    Worth grain;

    Worth costs(Index group, Index unit) const { return cost[std::int64_t{group} * units + unit]; }
    bool may(Index group, Index unit) const {
        return !lacks[std::int64_t{group} * units + unit] && load[group] <= capacity[unit];
    }
};

// Load beyond the capacities.
inline Worth overload(const Office& office, const Index* unit) {
    std::vector<Worth> used(office.units, 0);
    Worth sum = 0;
    for (Index g = 0; g < office.groups; ++g) used[unit[g]] += office.load[g];
    for (Index u = 0; u < office.units; ++u) sum += std::max<Worth>(0, used[u] - office.capacity[u]);
    return sum;
}

// SplitMix64 (Steele, Lea and Flood 2014).
class Draw {
   public:
    explicit Draw(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        std::uint64_t z = state_ += 0x9e3779b97f4a7c15ULL;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    Index below(Index count) { return static_cast<Index>((next() >> 32) * static_cast<std::uint64_t>(count) >> 32); }
    double unit() { return static_cast<double>((next() >> 11) + 1) * 0x1p-53; }  // in (0, 1]

   private:
    std::uint64_t state_;
};

// The units of least reduced cost of each group, in that order, and how far above the least they are, in points.
class Near {
   public:
    static constexpr Index most = 12, extra = 30;

    struct Place {
        Index unit;
        float over;
    };

    Near(const Office& office, const Index* unit) : first_(office.groups + 1, 0) {
        std::vector<std::pair<Worth, Index>> found;
        for (Index g = 0; g < office.groups; ++g) {
            found.clear();
            for (Index u = 0; u < office.units; ++u)
                if (office.may(g, u))
                    found.emplace_back(office.grain * office.costs(g, u) + office.load[g] * office.price[u], u);
            const auto kept = found.begin() + std::min<std::ptrdiff_t>(most, std::ssize(found));
            std::partial_sort(found.begin(), kept, found.end());
            for (auto at = kept; at != found.end(); ++at)
                if (at->second == unit[g]) {
                    std::iter_swap(at, kept - 1);
                    break;
                }
            for (auto at = found.begin(); at != kept; ++at)
                places_.push_back({at->second, static_cast<float>(double(at->first - found[0].first) / office.grain)});
            first_[g + 1] = static_cast<Index>(places_.size());
        }
        narrow(office, unit);
    }

    // Keeps of the places beyond the first of each group those of least reduced cost, `extra` for each unit.
    void narrow(const Office& office, const Index* unit) {
        std::vector<float> others;
        for (Index g = 0; g < office.groups; ++g)
            for (const Place* at = begin(g) + 1; at < end(g); ++at) others.push_back(at->over);
        const auto middle = others.begin() + std::ptrdiff_t{extra} * office.units;
        if (middle >= others.end()) return;
        std::nth_element(others.begin(), middle, others.end());
        const float reach = *middle;
        std::vector<Place> kept;
        for (Index g = 0; g < office.groups; ++g) {
            const Index from = first_[g];
            first_[g] = static_cast<Index>(kept.size());
            const Index to = first_[g + 1];
            for (Index k = from; k < to; ++k)
                if (k == from || places_[k].over <= reach || places_[k].unit == unit[g]) kept.push_back(places_[k]);
        }
        first_[office.groups] = static_cast<Index>(kept.size());
        places_ = kept;
    }

    const Place* begin(Index group) const { return &places_[first_[group]]; }
    const Place* end(Index group) const { return &places_[0] + first_[group + 1]; }
    Index count(Index group) const { return first_[group + 1] - first_[group]; }

    const Place* find(Index group, Index unit) const {
        for (const Place* at = begin(group); at != end(group); ++at)
            if (at->unit == unit) return at;
        return nullptr;
    }

   private:
    std::vector<Place> places_;
    std::vector<Index> first_;
};

class Indivisible {
   public:
    // unit: of each group, -1 where it is not placed yet; every group may go somewhere.
    Indivisible(const Office& office, Index* unit) : office_(office), near_(office, unit), unit_(unit), now_(office.groups),
        at_(office.groups), used_(office.units, 0), members_(office.units) {
        double sum = 0;
        for (Index u = 0; u < office.units; ++u) sum += price(u);
        mean_ = std::max(sum / std::max<Index>(1, office.units), 0.5);
        for (Index g = 0; g < office.groups; ++g) {
            const Near::Place* place = unit[g] < 0 ? near_.begin(g) : near_.find(g, unit[g]);
            enter(g, place ? *place : *near_.begin(g));
        }
    }

    const Near& near() const { return near_; }

    // `sweeps` moves a group.
    void anneal(std::int64_t sweeps, std::uint64_t seed, Teller& teller) {
        std::vector<Index> movable;
        for (Index g = 0; g < office_.groups; ++g)
            if (near_.count(g) > 1) movable.push_back(g);
        if (movable.empty()) return;
        Draw draw(seed);
        const double hot = start(movable) * hottest;
        for (std::int64_t sweep = 0; sweep < sweeps; ++sweep) {
            cool(hot, double(sweep) / double(sweeps));
            for (std::size_t k = 0; k < movable.size(); ++k) {
                move(movable[draw.below(static_cast<Index>(movable.size()))], draw);
                if (teller.step()) return;
            }
        }
    }

   private:
    // Measured (ADR 0013): temperatures; a unit of load misplaced, in temperatures, at first and when cold; from when on
    // the capacities harden at one temperature.
    static constexpr double hottest = 10, coolest = 0.1, soft = 0.1, firm = 5, hardening = 0.6;

    const Office& office_;
    Near near_;
    Index* unit_;
    std::vector<float> now_;  // over, of the pair made
    std::vector<Index> at_;   // where among the members of its unit
    std::vector<Worth> used_;
    std::vector<std::vector<Index>> members_;
    double mean_, temperature_ = 0, hardness_ = 1;

    double price(Index u) const { return double(office_.price[u]) / double(office_.grain); }

    void cool(double hot, double part) {
        const double cooling = std::min(1.0, part / hardening);
        const double after = std::max(0.0, (part - hardening) / (1 - hardening));
        temperature_ = hot * std::pow(coolest, cooling);
        const double least = std::min(1.0, temperature_ * soft * std::pow(firm / soft, cooling) / mean_);
        hardness_ = least * std::pow(1 / least, after);
    }

    // A temperature at which as many groups as there are units have another place within reach.
    double start(const std::vector<Index>& movable) const {
        std::vector<float> second;
        for (const Index g : movable) second.push_back(near_.begin(g)[1].over);
        const auto middle = second.begin() + std::min<std::ptrdiff_t>(office_.units, std::ssize(second) - 1);
        std::nth_element(second.begin(), middle, second.end());
        return std::max<double>(*middle, 0.1);
    }

    // What a load costs a unit beyond the reduced costs: capacity left free its price, overload more than that.
    double burden(Index u, Worth load) const {
        const auto by = static_cast<double>(load - office_.capacity[u]);
        return hardness_ * (by <= 0 ? -by * price(u) : by * (price(u) + 4 * mean_));
    }

    double shift(Index u, Worth by) const { return burden(u, used_[u] + by) - burden(u, used_[u]); }

    void enter(Index g, const Near::Place& place) {
        unit_[g] = place.unit;
        now_[g] = place.over;
        if (near_.count(g) > 1) {
            at_[g] = static_cast<Index>(members_[place.unit].size());
            members_[place.unit].push_back(g);
        }
        used_[place.unit] += office_.load[g];
    }

    void leave(Index g) {
        std::vector<Index>& here = members_[unit_[g]];
        used_[unit_[g]] -= office_.load[g];
        here[at_[g]] = here.back();
        at_[here.back()] = at_[g];
        here.pop_back();
    }

    void put(Index g, const Near::Place& place) {
        leave(g);
        enter(g, place);
    }

    const Near::Place& any(Index g, Draw& draw) const {
        const Index count = near_.count(g);
        return near_.begin(g)[std::min(draw.below(count), draw.below(count))];
    }

    // A group to another unit; if that is too dear, one of that unit's on: back in exchange, or to a third.
    void move(Index g, Draw& draw) {
        const Near::Place& to = any(g, draw);
        const Index from = unit_[g];
        if (to.unit == from) return;
        const double limit = -temperature_ * std::log(draw.unit()), over = to.over - now_[g];
        const Worth load = office_.load[g];
        if (over + shift(from, -load) + shift(to.unit, load) <= limit) return put(g, to);
        if (over > limit + 4 * temperature_ || members_[to.unit].empty()) return;
        const Index other = members_[to.unit][draw.below(static_cast<Index>(members_[to.unit].size()))];
        const bool back = draw.next() & 1;
        const Near::Place* on = back ? near_.find(other, from) : &any(other, draw);
        if (!on || on->unit == to.unit) return;
        const Worth size = office_.load[other];
        double sum = over + on->over - now_[other] + shift(to.unit, load - size);
        sum += on->unit == from ? shift(from, size - load) : shift(from, -load) + shift(on->unit, size);
        if (sum > limit) return;
        put(other, *on);
        put(g, to);
    }
};

}  // namespace paotui::matching
