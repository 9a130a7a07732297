// What groups that cannot be shared cost at least: with a rent for each group, what is paid to those who place it, every
// unit takes the groups it earns most with, a knapsack within its capacity; rents less all that is earned is a bound.
// The rents climb by subgradients (Held, Wolfe and Crowder 1974): a group that nobody takes is offered more, one that
// several take less. Never below the bound by prices of load, where they begin, but for the rounding of rents.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "best.hpp"
#include "indivisible.hpp"

namespace paotui::matching {

class Knapsacks {
   public:
    explicit Knapsacks(const Office& office)
        : office_(office), rent_(office.groups), items_(office.units), earned_(office.units) {
        double paid = 0;
        for (Index g = 0; g < office.groups; ++g) {
            Worth least = 0;
            bool any = false;
            for (Index u = 0; u < office.units; ++u)
                if (office.may(g, u)) {
                    const Worth gross = office.grain * office.costs(g, u) + office.load[g] * office.price[u];
                    least = any ? std::min(least, gross) : gross;
                    any = true;
                }
            rent_[g] = double(least) / double(office.grain);
        }
        for (Index u = 0; u < office.units; ++u) paid += price(u);
        list(paid / std::max<Index>(1, office.units));
        best_ = rent_;
    }

    // Cells of all knapsacks in one round.
    double work() const {
        double cells = 0;
        for (Index u = 0; u < office_.units; ++u) cells += double(items_[u].size()) * double(office_.capacity[u] + 1);
        return cells;
    }

    void climb(std::int64_t rounds, Teller& teller) {
        double most = -1e300, mean = 0;
        for (Index g = 0; g < office_.groups; ++g) mean += double(office_.load[g]) / std::max<Index>(1, office_.groups);
        const double scale = mean * price_;
        std::vector<double> drift(office_.groups, 0);
        for (std::int64_t round = 0; round < rounds && !teller.ask(); ++round, ++teller.iterations) {
            const std::vector<Index> taken = take();
            double bound = 0;
            for (const double rent : rent_) bound += rent;
            for (const double earned : earned_) bound -= earned;
            if (bound > most) most = bound, best_ = rent_;
            const double step = scale * first * std::pow(last / first, double(round) / double(rounds));
            for (Index g = 0; g < office_.groups; ++g) {
                drift[g] = keeping * drift[g] + (1 - keeping) * (1 - taken[g]);
                rent_[g] += step * drift[g];
            }
        }
    }

    // The best rents in 1/grain points, and the bound they prove over all pairs, in the same.
    Worth settle(Worth* rent) const {
        Worth bound = 0;
        for (Index g = 0; g < office_.groups; ++g)
            bound += rent[g] = std::llround(best_[g] * double(office_.grain));
        std::vector<Worth> earned(office_.units);
        in_parts(office_.units, parts_of(office_.groups), [&](Index from, Index to, unsigned) {
            std::vector<Worth> row;
            for (Index u = from; u < to; ++u) earned[u] = earns(u, rent, row);
        });
        for (const Worth one : earned) bound -= one;
        return bound;
    }

   private:
    // Measured (ADR 0013): steps in parts of what an average group pays; how much of the direction before is kept; load
    // of the groups looked at, in capacities.
    static constexpr double first = 0.04, last = 0.0004, keeping = 0.8, wide = 4;

    struct Item {
        float cost;
        Index group, load;
    };

    const Office& office_;
    std::vector<double> rent_, best_;
    std::vector<std::vector<Item>> items_;
    std::vector<double> earned_;
    double price_ = 0;  // of a unit of load, on average

    double price(Index u) const { return double(office_.price[u]) / double(office_.grain); }

    // The groups that cost least in a unit beyond where they cost least of all.
    void list(double mean) {
        price_ = mean;
        const double reach = mean * 2;
        in_parts(office_.units, parts_of(office_.groups), [&](Index from, Index to, unsigned) {
            std::vector<std::pair<double, Index>> found;
            for (Index u = from; u < to; ++u) {
                found.clear();
                for (Index g = 0; g < office_.groups; ++g) {
                    if (!office_.may(g, u)) continue;
                    const double paid = double(office_.load[g]) * price(u), over = double(office_.costs(g, u)) + paid - rent_[g];
                    if (over < reach || over < paid) found.emplace_back(over, g);
                }
                std::sort(found.begin(), found.end());
                double load = 0;
                for (const auto& [over, g] : found) {
                    if (load > wide * double(office_.capacity[u])) break;
                    load += double(office_.load[g]);
                    items_[u].push_back({static_cast<float>(office_.costs(g, u)), g, static_cast<Index>(office_.load[g])});
                }
            }
        });
    }

    // How many units take each group at the rents of now.
    std::vector<Index> take() {
        const unsigned parts = parts_of(office_.groups);
        std::vector<std::vector<Index>> taken(parts, std::vector<Index>(office_.groups, 0));
        in_parts(office_.units, parts, [&](Index from, Index to, unsigned part) {
            std::vector<Item> gainful;
            std::vector<float> cells;
            for (Index u = from; u < to; ++u) earned_[u] = fill(u, gainful, cells, taken[part]);
        });
        for (unsigned part = 1; part < parts; ++part)
            for (Index g = 0; g < office_.groups; ++g) taken[0][g] += taken[part][g];
        return taken[0];
    }

    double fill(Index u, std::vector<Item>& gainful, std::vector<float>& cells, std::vector<Index>& taken) const {
        gainful.clear();
        for (const Item& one : items_[u])
            if (const auto gain = static_cast<float>(rent_[one.group]) - one.cost; gain > 0)
                gainful.push_back({gain, one.group, one.load});
        const auto size = static_cast<std::size_t>(std::max<Worth>(0, office_.capacity[u])) + 1;
        cells.assign(size, 0);
        cells.resize((gainful.size() + 1) * size);
        for (std::size_t k = 0; k < gainful.size(); ++k)
            next(&cells[k * size], &cells[(k + 1) * size], size, static_cast<std::size_t>(gainful[k].load), gainful[k].cost);
        std::size_t left = size - 1;
        double earned = 0;
        for (std::size_t k = gainful.size(); k-- > 0;)
            if (cells[(k + 1) * size + left] != cells[k * size + left]) {
                left -= static_cast<std::size_t>(gainful[k].load);
                earned += gainful[k].cost;
                ++taken[gainful[k].group];
            }
        return earned;
    }

    static void next(const float* from, float* to, std::size_t size, std::size_t load, float gain) {
        std::copy(from, from + std::min(load, size), to);
        for (std::size_t z = load; z < size; ++z) to[z] = std::max(from[z], from[z - load] + gain);
    }

    // The most a unit earns, in whole numbers, with whatever groups it may take.
    Worth earns(Index u, const Worth* rent, std::vector<Worth>& row) const {
        const Worth capacity = std::max<Worth>(0, office_.capacity[u]);
        row.assign(static_cast<std::size_t>(capacity) + 1, 0);
        for (Index g = 0; g < office_.groups; ++g) {
            const Worth gain = rent[g] - office_.grain * office_.costs(g, u), load = office_.load[g];
            if (gain <= 0 || !office_.may(g, u)) continue;
            for (Worth z = capacity; z >= load; --z) row[z] = std::max(row[z], row[z - load] + gain);
        }
        return row[capacity];
    }
};

}  // namespace paotui::matching
