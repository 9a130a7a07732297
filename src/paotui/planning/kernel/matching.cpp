// Matching with prices: see matching/*.hpp. Plain C interface for ctypes; all arrays belong to the caller.

#include <cstdint>
#include <vector>

#include "matching/auction.hpp"
#include "matching/market.hpp"
#include "matching/repair.hpp"

using namespace paotui::matching;

namespace {

std::vector<Worth> rents(const Arcs& arcs, const std::vector<Worth>& price) {
    std::vector<Worth> rent(arcs.people, 0);
    for (Index i = 0; i < arcs.people; ++i)
        for (std::int64_t a = arcs.start[i]; a < arcs.start[i + 1]; ++a)
            if (arcs.seats[arcs.head[a]] > 0) rent[i] = std::max(rent[i], arcs.worth[a] - price[arcs.head[a]]);
    return rent;
}

// Gives whoever is left over the best free seat: only when stopped early.
void fill_up(const Arcs& arcs, Flow& flow) {
    for (Index i = 0; i < arcs.people; ++i)
        while (flow.surplus(i) > 0) {
            std::int64_t best = -1;
            for (std::int64_t a = arcs.start[i]; a < arcs.start[i + 1]; ++a)
                if (flow.free(arcs.head[a]) > 0 && arcs.worth[a] > (best < 0 ? 0 : arcs.worth[best])) best = a;
            if (best < 0) break;
            const Index j = arcs.head[best];
            flow.add(i, j, best, std::min(flow.surplus(i), flow.free(j)));
        }
}

// A vacancy without seats asks what nobody would pay, so that its arcs keep the dual feasible; it costs nothing.
void close_empty(const Arcs& arcs, std::vector<Worth>& price, const std::vector<Worth>& rent) {
    for (Index j = 0; j < arcs.vacancies; ++j)
        if (arcs.seats[j] <= 0) price[j] = 0;
    for (Index i = 0; i < arcs.people; ++i)
        for (std::int64_t a = arcs.start[i]; a < arcs.start[i + 1]; ++a)
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
    const Arcs arcs{people, vacancies, start, head, worth, supply, seats};
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
    if (!teller.stopped) Repair(arcs, prices, found, now, teller).run();
    if (teller.stopped) fill_up(arcs, now);
    close_empty(arcs, prices, found);
    std::copy(prices.begin(), prices.end(), price);
    std::copy(found.begin(), found.end(), rent);
    std::fill(flow, flow + start[people], 0);
    for (Index i = 0; i < people; ++i)
        for (Index at = now.first_of(i); at >= 0; at = now[at].next_of_person) flow[now[at].arc] = now[at].amount;
    return teller.stopped ? -teller.iterations : teller.iterations;
}
}
