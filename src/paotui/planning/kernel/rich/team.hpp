// The threads together: each searches a share of the routes for a while, then routes are divided anew; or, where there
// are few, each searches all of them and the others go on from the best; or each by itself to the end (`apart`).
#pragma once
#include "fewer.hpp"

namespace rich {

class Team {
    static constexpr int PHASES = 100, COPIES = 40;  // of a search in shares / in copies
    static constexpr double HALF = 0.5;  // of the search, by which leaving out costs its true price
    static constexpr int FEW_STOPS = 60, FEW_ROUTES = 4;
    // Where fewer vehicles are looked for, from this share of the search to that; it goes on at so many mean ways.
    static constexpr double SENT = 0.15, FEWER = 0.5, AGAIN = 10;

    const RichProblem& q;
    const RichLimits& limits;
    RichStatus* status;
    const double begun = now();
    const Eligible eligible;
    // A stop goes in beside those its vehicles serve; it comes out with all around it, whoever serves them.
    const Neighbours near, around;
    const Shares shares;
    Random random;
    std::vector<std::unique_ptr<Searcher>> all;
    Division division;
    Snapshot current;  // where all begin their shares
    Snapshot best;
    int32_t best_unserved = 0;
    bool divided = false;
    double worth = 1;  // times the prices of leaving out

  public:
    Team(const RichProblem& problem, const RichLimits& wanted, RichStatus* shown)
        : q(problem), limits(wanted), status(shown), eligible(problem), near(problem, &eligible, wanted.neighbours),
          around(problem, nullptr, wanted.neighbours), shares(problem), random(wanted.seed ^ 0x9e3779b97f4a7c15ULL) {
        const int threads = limits.only >= 0 || q.n < 2 ? 1 : std::max(1, limits.threads);
        for (int i = 0; i < threads; ++i)
            all.push_back(std::make_unique<Searcher>(q, eligible, limits, near, around, status, limits.seed * 1000003 + static_cast<uint64_t>(i)));
        all[0]->first = true;
    }

    // The solution found; of the first searcher.
    Solution& solve() {
        value(dear(0));
        each([](Searcher& one) { one.begin(); });
        improve(all[leader()]->best, all[leader()]->best_unserved);
        current = best;
        if (limits.only >= 0) return all[0]->s;
        if (q.n > 0 && q.vehicles > 0) search();
        value(1);
        all[0]->adopt(best, division, -1);
        report();
        return all[0]->s;
    }
    int64_t iterations() const {
        int64_t sum = 0;
        for (const auto& one : all) sum += one->iterations;
        return sum;
    }

  private:
    void search() {
        const double scale = std::max(near.arc, 1e-6), hot = limits.hot * scale, searching = now();
        if (!sends(hot)) return anneal(0, 1, hot, begun, searching);
        anneal(0, SENT, hot, searching, searching);
        const auto [until, until_time] = limit(FEWER, searching);
        if (divided) everything();
        each([&](Searcher& one) { Fewer(q, limits, eligible, one).search(scale, until, until_time, searching); });
        for (const auto& one : all) improve(one->best, one->best_unserved);
        if (!limits.apart) gather();
        if (!over()) anneal(FEWER, 1, AGAIN * scale, now(), searching);
    }
    // All go on from where the fewest are under way.
    void gather() {
        const auto worth = [](const auto& one) {
            const auto& routes = one->s.routes;
            return std::pair{std::count_if(routes.begin(), routes.end(), [](const Route& r) { return r.stops > 0; }), one->s.cost};
        };
        (*std::min_element(all.begin(), all.end(), [&](const auto& a, const auto& b) { return worth(a) < worth(b); }))->now_at(current);
        everything();
    }
    // Are most stops tied to others, so that no ruin empties a route, and does sending a vehicle cost more than what the
    // search does by chance while it is hottest?
    bool sends(double hot) const {
        if (!limits.fewer) return false;
        const Solution& s = all[0]->s;
        int linked = 0;
        for (int j = 0; j < q.n; ++j) linked += s.linked(j);
        return 2 * linked >= q.n && std::any_of(q.fixed, q.fixed + q.vehicles, [&](double price) { return price > hot; });
    }
    // The search between two of its shares, cooling from `hot` at `begun`.
    void anneal(double from, double to, double hot, double begun, double searching) {
        const int phases = divisible() ? PHASES : COPIES;
        const auto [last, end] = limit(to, searching);
        const Cooling cooling{hot, limits.cold * std::max(near.arc, 1e-6), begun, end, done(), last};
        bool fresh = from == 0;
        for (int phase = 1; phase <= phases; ++phase) {
            auto [until, until_time] = limit(from + (to - from) * phase / phases, searching);
            if (best_unserved) until_time = std::min(until_time, limits.deadline - limits.reserve);
            value(from > 0 ? 1 : dear((phase - 1.0) / phases));
            const bool divide = divisible();
            if (divide) hand_out();
            else if (divided || fresh) everything();
            fresh = false;
            each([&](Searcher& one) { one.run(until, until_time, cooling); });
            if (divide) put_together();
            else choose();
            report();
            if (over()) break;
        }
    }
    // The iterations and the second at which a share of the search is done; -1, 0: not limited.
    std::pair<int64_t, double> limit(double share, double searching) const {
        return {limits.iterations >= 0 ? static_cast<int64_t>(static_cast<double>(limits.iterations) * share + 1e-6) : -1,
                limits.deadline > 0 ? searching + (limits.deadline - searching) * share : 0};
    }
    // Iterations of the thread that has made the fewest.
    int64_t done() const {
        int64_t least = all[0]->iterations;
        for (const auto& one : all) least = std::min(least, one->iterations);
        return least;
    }
    bool over() const {
        return status->cancel || (limits.deadline > 0 && now() >= limits.deadline - (best_unserved ? limits.reserve : 0));
    }
    // What leaving out costs at this share of the search, in times of its price: falling to 1 at the half.
    double dear(double share) const {
        return limits.generous > 1 && limits.only < 0 ? std::pow(limits.generous, std::max(0.0, 1 - share / HALF)) : 1;
    }
    void value(double times) {
        if (times == worth) return;
        for (auto& one : all) one->value(times, worth);
        for (Snapshot* one : {&current, &best})
            if (one->cost < 1e300) one->cost += (times - worth) * left_out(q, *one);
        worth = times;
    }
    // Whatever had to be served and is not may need vehicles of any share.
    bool divisible() const {
        if (limits.apart || all.size() < 2 || q.n < FEW_STOPS || current.missing || best.missing) return false;
        const auto used = std::count_if(current.nodes.begin(), current.nodes.end(), [](const auto& list) { return !list.empty(); });
        return used >= FEW_ROUTES;
    }
    void hand_out() {
        all[0]->adopt(current, division, -1);
        division = shares.divide(all[0]->s, static_cast<int>(all.size()), random);
        divided = true;
        int share = 0;
        for (auto& one : all) one->divided = true, one->adopt(current, division, share++);
    }
    void everything() {
        divided = false;
        for (auto& one : all) one->divided = false, one->adopt(current, division, -1);
    }
    void put_together() {
        Snapshot found = current;
        joined(found, [](Searcher& one, int v) -> const std::vector<int32_t>& { return one.best.nodes[v]; },
               [](Searcher& one) -> const std::vector<Pin>& { return one.best.pins; },
               [](Searcher& one) { return std::pair{one.best.cost, one.best.missing}; });
        int32_t unserved = q.n;
        for (const auto& list : found.nodes)
            for (int x : list) unserved -= x < q.n;
        joined(current, [](Searcher& one, int v) { return one.s.nodes(v); },
               [](Searcher& one) -> const std::vector<Pin>& { return one.s.pins; },
               [](Searcher& one) { return std::pair{one.s.cost, one.s.missing}; });
        improve(found, unserved);
    }
    // Of every share what its searcher has.
    template <class Nodes, class Pins, class Worth>
    void joined(Snapshot& into, Nodes nodes, Pins pins, Worth worth) {
        const double cost = into.cost;
        const int missing = into.missing;
        for (int v = 0; v < q.vehicles; ++v) into.nodes[v] = nodes(*all[division.vehicle[v]], v);
        for (int k = 0; k < q.links; ++k) {
            const int share = division.stop[q.link_a[k]];
            if (share >= 0 && share == division.stop[q.link_b[k]]) into.pins[k] = pins(*all[share])[k];
        }
        for (auto& one : all) {
            const auto [price, left] = worth(*one);
            into.cost += price - cost, into.missing += left - missing;
        }
    }
    void choose() {
        const int k = leader();
        improve(all[k]->best, all[k]->best_unserved);
        if (limits.apart) return;
        for (auto& one : all)
            if (one != all[k]) one->adopt(all[k]->best);
        all[k]->now_at(current);
    }
    void improve(const Snapshot& found, int32_t unserved) {
        if (found.missing > best.missing || (found.missing == best.missing && found.cost >= best.cost)) return;
        best = found, best_unserved = unserved;
    }
    int leader() const {
        int k = 0;
        for (size_t i = 1; i < all.size(); ++i) {
            const Snapshot &a = all[i]->best, &b = all[k]->best;
            if (a.missing < b.missing || (a.missing == b.missing && a.cost < b.cost)) k = static_cast<int>(i);
        }
        return k;
    }
    void report() {
        status->iterations = iterations();
        status->cost = best.cost - (worth > 1 ? (worth - 1) * left_out(q, best) : 0);
        status->unserved = best_unserved;
    }
    template <class Work>
    void each(Work work) {
        std::vector<std::thread> threads;
        for (size_t i = 1; i < all.size(); ++i) threads.emplace_back([&, i] { work(*all[i]); });
        work(*all[0]);
        for (auto& t : threads) t.join();
    }
};

}  // namespace rich
