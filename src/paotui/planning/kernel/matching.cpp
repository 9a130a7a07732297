// Matching with prices: see matching/*.hpp. Plain C interface for ctypes; all arrays belong to the caller.

#include <algorithm>
#include <bit>
#include <cstdint>
#include <tuple>
#include <utility>
#include <vector>

#include "matching/auction.hpp"
#include "matching/best.hpp"
#include "matching/chains.hpp"
#include "matching/filling.hpp"
#include "matching/indivisible.hpp"
#include "matching/knapsacks.hpp"
#include "matching/market.hpp"
#include "matching/polish.hpp"
#include "matching/repair.hpp"
#include "matching/standing.hpp"
#include "matching/trees.hpp"

using namespace paotui::matching;

namespace {

// A vacancy without seats asks what nobody would pay, so that its arcs keep the dual feasible; it costs nothing.
void close_empty(const Arcs& arcs, std::vector<Worth>& price, const std::vector<Worth>& rent) {
    for (Index j = 0; j < arcs.vacancies; ++j)
        if (arcs.seats[j] <= 0) price[j] = 0;
    for (Index i = 0; i < arcs.people; ++i)
        for (std::int64_t a = arcs.start[i]; a < arcs.end[i]; ++a)
            if (const Index j = arcs.head[a]; arcs.seats[j] <= 0) price[j] = std::max(price[j], arcs.worth[a] - rent[i]);
}

}  // namespace

extern "C" {

// Solves the market. price and flow (per arc) go in as the start (warm != 0) and come out as the answer, rent comes
// out. factor, grain: by which epsilon falls between phases of the auction, into what parts of a unit. Returns the iterations, negative when stopped.
__attribute__((visibility("default"))) std::int64_t market_solve(
    Index people, Index vacancies, const std::int64_t* start, const Index* head, const Worth* worth,
    const Index* supply, const Index* seats, Worth* price, Worth* rent, Index* flow, int warm, Worth factor, Worth grain, Tell tell,
    void* context) {
    const Arcs arcs{people, vacancies, start, start + 1, head, worth, supply, seats};
    Teller teller{tell, context};
    std::vector<Worth> prices(price, price + vacancies), found;
    Flow now(arcs);
    if (warm) {
        found = rents(arcs, prices);
        for (Index i = 0; i < people; ++i)
            for (std::int64_t a = start[i]; a < start[i + 1]; ++a)
                if (flow[a] > 0 && worth[a] - prices[head[a]] == found[i]) {
                    const Index amount = std::min({flow[a], now.surplus(i), now.free(head[a])});
                    if (amount > 0) now.add(i, head[a], a, amount);
                }
    } else {
        Worth largest = 1;
        prices.assign(vacancies, 0);
        for (std::int64_t a = 0; a < start[people]; ++a) largest = std::max(largest, worth[a]);
        Auction auction(arcs, prices, grain, teller);
        auction.run(largest, factor);
        found = rents(arcs, prices);
        teller.stopped ? auction.settle(now) : auction.settle(now, found);
    }
    if (!teller.stopped) Repair(arcs, prices, found, now).run(teller);
    if (teller.stopped) fill_up(arcs, now);
    close_empty(arcs, prices, found);
    std::copy(prices.begin(), prices.end(), price);
    std::copy(found.begin(), found.end(), rent);
    std::fill(flow, flow + start[people], 0);
    for (Index i = 0; i < people; ++i)
        for (Index at = now.first_of(i); at >= 0; at = now[at].next_of_person) flow[now[at].arc] = now[at].amount;
    return teller.stopped ? -teller.iterations : teller.iterations;
}

// For each of `count` people `who`: the `most` vacancies with the highest worth - price, where that exceeds `least`
// (price may be null: 0). head and worth have room for count * most; counts says how many each has, by vacancy.
__attribute__((visibility("default"))) void candidates_find(const Tables* tables, const Weights* weights,
                                                            const Index* who, Index count, Index most, Worth least,
                                                            const Worth* price, Index* counts, Index* head,
                                                            Worth* worth) {
    const Candidates candidates(*tables, *weights);
    std::vector<std::vector<Offer>> found(count);
    in_parts(count, parts_of(count), [&](Index first, Index last, unsigned) {
        Best best;
        for (Index row = first; row < last; ++row) {
            best.begin();
            candidates.each(who[row], [&](Index j, Worth points) {
                best.look({points - (price ? price[j] : 0), j, points}, least);
            });
            best.choose(most);
            found[row] = best.offers;
        }
    });
    for (Index row = 0; row < count; ++row) {
        counts[row] = static_cast<Index>(found[row].size());
        for (const Offer& one : found[row]) {
            *head++ = one.vacancy;
            *worth++ = one.worth;
        }
    }
}

// For each of `count` people `who`: the `most` vacancies that come nearest, in that order (fewer: -1), and the conditions
// (bits) each lacks; price (may be null: 0) of a seat. vacancy and lacks have room for count * most.
__attribute__((visibility("default"))) void candidates_near(const Tables* tables, const Weights* weights,
                                                            const Index* who, Index count, Index most,
                                                            const Worth* price, Index* vacancy, Index* lacks) {
    const Candidates candidates(*tables, *weights);
    std::fill(vacancy, vacancy + std::int64_t{count} * most, -1);
    std::fill(lacks, lacks + std::int64_t{count} * most, 0);
    std::vector<Candidates::Nearby> found;
    for (Index row = 0; row < count; ++row) {
        found.clear();
        candidates.nearby(who[row], price, [&](const Candidates::Nearby& one) {
            found.push_back(one);
            std::push_heap(found.begin(), found.end());
            if (std::cmp_less_equal(found.size(), most)) return;
            std::pop_heap(found.begin(), found.end());
            found.pop_back();
        });
        std::sort_heap(found.begin(), found.end());
        for (std::size_t k = 0; k < found.size(); ++k) {
            vacancy[std::int64_t{row} * most + k] = found[k].vacancy;
            lacks[std::int64_t{row} * most + k] = found[k].miss.bits;
        }
    }
}

// For each of `count` vacancies `which`: the person wanting its occupation who comes nearest, and what is lacking.
__attribute__((visibility("default"))) void candidates_people(const Tables* tables, const Weights* weights,
                                                              const Index* which, Index count, Index* person,
                                                              Index* lacks) {
    const Candidates candidates(*tables, *weights);
    std::vector<std::vector<Index>> rows(tables->occupations);
    for (Index row = 0; row < count; ++row) rows[tables->of[which[row]]].push_back(row);
    std::fill(person, person + count, -1);
    std::vector<Candidates::Miss> least(count);
    for (Index i = 0; i < tables->people; ++i)
        for (auto o = tables->occupation_start[i]; o < tables->occupation_start[i + 1]; ++o)
            for (const Index row : rows[tables->occupation[o]]) {
                if (person[row] >= 0 && !lacks[row]) continue;  // nobody comes nearer
                const Candidates::Miss miss = candidates.missed(i, which[row]);
                if (person[row] < 0 || miss < least[row]) person[row] = i, least[row] = miss, lacks[row] = miss.bits;
            }
}

// A market that stands (matching/standing.hpp). price and place: of an earlier plan, or null.
__attribute__((visibility("default"))) void* standing_open(const Tables* tables, const Weights* weights, Index each,
                                                           const Worth* price, const Index* place) {
    return new Standing(*tables, *weights, each, price, place);
}

// Returns the iterations, negative when stopped; `proven` comes out as 1 when all admissible pairs have been covered.
__attribute__((visibility("default"))) std::int64_t standing_settle(Standing* market, Index rounds, Tell tell,
                                                                    Index* proven) {
    Teller teller{tell, nullptr};
    *proven = market->settle(rounds, teller);
    return teller.stopped ? -teller.iterations : teller.iterations;
}

__attribute__((visibility("default"))) void standing_change(Standing* market, const Tables* tables, const Index* who,
                                                            Index people, const Index* which, Index vacancies) {
    market->change(*tables, who, people, which, vacancies);
}

// Writes the price of every vacancy, and of everybody the rent, the vacancy (-1: none) and the worth; returns how
// many pairs are on lists.
__attribute__((visibility("default"))) std::int64_t standing_read(const Standing* market, Worth* price, Worth* rent,
                                                                  Index* place, Worth* worth) {
    std::copy(market->price().begin(), market->price().end(), price);
    std::copy(market->rent().begin(), market->rent().end(), rent);
    for (std::size_t i = 0; i < market->rent().size(); ++i)
        std::tie(place[i], worth[i]) = market->place(static_cast<Index>(i));
    return market->arcs();
}

// Places groups whose loads cannot be shared (matching/indivisible.hpp): unit goes in as a start (-1: none) and comes out
// improved, by so many sweeps and trees. Returns the load beyond the capacities; iterations: how many there were, negative when stopped.
__attribute__((visibility("default"))) Worth indivisible_place(
    Index groups, Index units, const Worth* cost, const std::uint8_t* lacks, const Worth* load, const Worth* capacity,
    const Worth* price, Worth grain, Index* unit, std::int64_t sweeps, std::int64_t trees, std::uint64_t seed, Tell tell,
    std::int64_t* iterations) {
    const Office office{groups, units, cost, lacks, load, capacity, price, grain};
    Teller teller{tell, nullptr};
    Indivisible search(office, unit);
    search.anneal(sweeps, seed, teller);
    if (!teller.stopped) Trees(office, search.near(), unit, seed).run(trees, teller);
    if (!teller.stopped) Chains(office, search.near(), unit).run(teller);
    if (!teller.stopped) Polish(office, search.near(), unit).run(teller);
    *iterations = teller.stopped ? -teller.iterations : teller.iterations;
    return overload(office, unit);
}

// What whole groups cost at least within the capacities (matching/knapsacks.hpp), in 1/grain points, after so many rounds,
// fewer where they would take more than `cells` together; 0 where that leaves fewer than ten. rent [groups] comes out: it proves the bound.
__attribute__((visibility("default"))) Worth indivisible_bound(
    Index groups, Index units, const Worth* cost, const std::uint8_t* lacks, const Worth* load, const Worth* capacity,
    const Worth* price, Worth grain, Worth* rent, std::int64_t rounds, double cells, Tell tell, std::int64_t* iterations) {
    const Office office{groups, units, cost, lacks, load, capacity, price, grain};
    Teller teller{tell, nullptr};
    Knapsacks knapsacks(office);
    rounds = std::min(rounds, static_cast<std::int64_t>(cells / std::max(1.0, knapsacks.work())));
    *iterations = 0;
    if (rounds < 10) return 0;
    knapsacks.climb(rounds, teller);
    *iterations = teller.stopped ? -teller.iterations : teller.iterations;
    return knapsacks.settle(rent);
}

__attribute__((visibility("default"))) void standing_close(Standing* market) { delete market; }
}
