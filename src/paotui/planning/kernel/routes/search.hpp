// The search as a whole: a first plan, then stretches in which every thread improves its own share of the routes; or,
// where there is plenty of time for so few clients, all of them on its own.
#pragma once
#include <array>
#include <memory>
#include <optional>
#include <string>

#include "fleet_limit.hpp"
#include "legs.hpp"
#include "worker.hpp"

namespace paotui {

// Seconds a first plan may take although the time is up: late is better than nothing.
constexpr double FIRST_PLAN = 0.15;

// Read by others while the search runs.
struct Status {
    std::atomic<int> cancel{0};
    std::atomic<int> unserved{0};
    std::atomic<int64_t> iterations{0};
    std::atomic<int64_t> cost{0};
};

struct Outcome {
    Routes routes;
    std::vector<int> unserved;
    int64_t cost = 0;
    int64_t iterations = 0;
};

template <class Metric, bool WINDOWS, bool MIXED>
class Search {
    using Shovel = Worker<Metric, WINDOWS, MIXED>;

  public:
    Search(const Instance& in, const Parameters& par, Status& status, const Metric& to, const Metric& from,
           const Metric& time_to)
        : in_(in), par_(par), status_(status), to_(to), rng_(par.seed * 0x9E3779B97F4A7C15ull + 1),
          legs_(par_, in.n, par.threads) {
        const int granular = par.granular ? par.granular : 40;
        near_ = NeighbourBuilder(in, to.ways(), time_to.ways(), to, granular, 120).build(par.threads);
        if (par.mean_removed > 0) tuning_.mean_removed = par.mean_removed;
        if (par.longest_string > 0) tuning_.longest_string = par.longest_string;
        for (int k = 0; k < par.threads; ++k)
            workers_.push_back(std::make_unique<Shovel>(in, near_, to, from, time_to, tuning_, in.windows || in.optional() ? 0.1 : 0.0));
        unit_ = INT64_MAX;
        for (const VehicleType& t : in.types) unit_ = std::min(unit_, std::max<int64_t>(1, t.unit));
        must_ = first_must_price(), dearest_must_ = must_ << 16;
        optional_ = in.optional();
    }

    Outcome run(const Routes& given) {
        if (!in_.n || in_.types.empty()) return finish();
        first_plan(given);
        limit_.emplace(in_, !given.empty());
        choose_temperatures();
        search();
        return finish();
    }

  private:
    // A plan met: without what only steered it, and with how many are missing that have to be served.
    struct Met {
        Routes routes;
        std::vector<int> bank;
        int64_t cost = 0;
        int missing = 0;
        bool better(const Met& other) const { return missing < other.missing || (missing == other.missing && cost < other.cost); }
    };

    // Where a worker that searches all routes stands, and the best it met.
    struct Own {
        Routes routes;
        std::vector<int> bank;
        Met best;
    };

    // Leaving out costs more than any detour at first; it rises while somebody is left out.
    int64_t first_must_price() const {
        int64_t dearest = 1;
        for (const VehicleType& t : in_.types) {
            int64_t farthest = 0;
            for (int c = 0; c < in_.n; ++c) farthest = std::max<int64_t>(farthest, static_cast<int64_t>(to_(t.start, c)) + to_(c, t.end));
            dearest = std::max(dearest, 2 * t.unit * farthest + t.fixed);
        }
        return dearest;
    }

    void first_plan(const Routes& given) {
        std::vector<char> served(in_.n, 0);
        for (const RouteOf& r : given)
            for (int c : r.clients) served[c] = 1;
        std::vector<int> bank;
        for (int c = 0; c < in_.n; ++c)
            if (!served[c]) bank.push_back(c);
        Shovel& w = *workers_[0];
        w.take(given, bank, spare(given, 1, 0, in_.n), rng_.next(), {must_, given.empty() ? must_ : 0});
        generous_ = given.empty() ? must_ : 0;
        best_ = met(given, bank, w.cost());
        // Those far out first: they open the routes that the others join.
        std::vector<std::pair<int32_t, int>> keyed;
        for (int c : bank) keyed.emplace_back(-to_(in_.types[0].start, c), c);
        std::sort(keyed.begin(), keyed.end());
        for (size_t k = 0; k < keyed.size(); ++k) bank[k] = keyed[k].second;
        w.construct(bank, std::max(par_.deadline, now() + FIRST_PLAN));
        current_ = w.current(), bank_ = w.bank();
        Met first = met(current_, bank_, w.cost());
        if (given.empty()) best_ = std::move(first);
        else improve(first);
        generous_ = 0;
        publish();
    }

    // Unused vehicles by type, shared out: worker `k` of `parts` gets its portion, at most `limit` of a type.
    std::vector<int> spare(const Routes& used, int parts, int k, int limit) const {
        std::vector<int> left;
        for (const VehicleType& t : in_.types) left.push_back(t.count);
        for (const RouteOf& r : used) left[r.type]--;
        for (int& count : left) count = std::min(limit, count / parts + (k < count % parts ? 1 : 0));
        return left;
    }

    // First and last, in mean nearest-neighbour costs.
    std::array<double, 2> by_kind(double per_route) const {
        if (optional_ && !in_.mixed && in_.n < 2500) return {5, 0.03};
        if (in_.mixed && (in_.windows || in_.n < 2500)) return {40, 0.4};
        if (in_.n >= 2500 && (in_.mixed || in_.windows)) return {10, 0.2};
        return {per_route > 30 ? 15.0 : in_.n >= 2500 ? 3.0 : 5.0, in_.n >= 2500 ? 0.1 : 0.12};
    }

    void choose_temperatures() {
        const double scale = near_.mean * static_cast<double>(unit_);
        const auto [hot, cold] = by_kind(in_.n / std::max(1.0, static_cast<double>(current_.size())));
        hot_ = (par_.hot > 0 ? par_.hot : hot) * scale, cold_ = (par_.cold > 0 ? par_.cold : cold) * scale;
    }

    double temperature(double fraction) const { return hot_ * std::pow(cold_ / hot_, std::clamp(fraction, 0.0, 1.0)); }

    void search() {
        const Schedule schedule(par_, static_cast<int>(workers_.size()));
        while (!status_.cancel.load() && !schedule.over(iterations_) && !left_to_reasons()) {
            double f0, f1;
            Stretch s = schedule.next(iterations_, f0, f1);
            if (legs_.part(f0, iterations_)) own_.assign(workers_.size(), {current_, bank_, best_});
            if (legs_.begins(f0))
                for (Own& one : own_) one.routes = one.best.routes, one.bank = one.best.bank;
            s.hot = temperature(legs_.cooled(f0)), s.cold = temperature(legs_.cooled_until(f0, f1));
            if (optional_) generous_ = static_cast<int64_t>(s.cold - cold_);
            stretch(s, f0);
            if (best_.missing && must_ < dearest_must_) must_ *= 2;
            publish();
        }
    }

    bool left_to_reasons() const { return best_.missing && now() >= par_.deadline - par_.reasons; }

    void stretch(const Stretch& s, double fraction) {
        const int parts = static_cast<int>(workers_.size());
        if (legs_.parted()) return apart(s);
        if (parts < 2 || current_.size() < 4 || in_.n < 60) return copies(s);
        limit_->note(fraction, current_, bank_, rng_);
        divided(s);
    }

    // Each worker gets routes that lie together; all improve at once, nobody meets anybody.
    void divided(const Stretch& s) {
        const int parts = static_cast<int>(workers_.size());
        const size_t used = current_.size();
        std::vector<Routes> share = divide(parts);
        std::vector<std::vector<int>> banks(parts);
        for (size_t k = 0; k < bank_.size(); ++k) banks[rng_.below(parts)].push_back(bank_[k]);
        for (int k = 0; k < parts; ++k)
            workers_[k]->take(share[k], banks[k], spare(current_, parts, k, limit_->room(used, parts, k, 8 + static_cast<int>(share[k].size()) / 4)), rng_.next(), terms());
        work(s);
        Routes best;
        std::vector<int> best_bank;
        int64_t best_cost = 0;
        current_.clear(), bank_.clear();
        for (auto& w : workers_) {
            gather(current_, bank_, w->current(), w->bank());
            gather(best, best_bank, w->best(), w->best_bank());
            best_cost += w->best_cost();
        }
        improve(met(std::move(best), std::move(best_bank), best_cost));
    }

    // Every worker goes its own way.
    void apart(const Stretch& s) {
        for (size_t k = 0; k < own_.size(); ++k) {
            Own& one = own_[k];
            workers_[k]->take(one.routes, one.bank, spare(one.routes, 1, 0, 16), rng_.next(), terms());
        }
        work(s);
        for (size_t k = 0; k < own_.size(); ++k) {
            Shovel& w = *workers_[k];
            own_[k].routes = w.current(), own_[k].bank = w.bank();
            Met found = met(w.best(), w.best_bank(), w.best_cost());
            improve(found);
            if (found.better(own_[k].best)) own_[k].best = std::move(found);
        }
    }

    // Too few routes to divide: every worker searches the whole, the best goes on.
    void copies(const Stretch& s) {
        for (auto& w : workers_) w->take(current_, bank_, spare(current_, 1, 0, 16), rng_.next(), terms());
        work(s);
        const auto& w = *std::min_element(workers_.begin(), workers_.end(), [](auto& a, auto& b) { return a->cost() < b->cost(); });
        for (auto& one : workers_) improve(met(one->best(), one->best_bank(), one->best_cost()));
        current_ = w->current(), bank_ = w->bank();
    }

    void work(const Stretch& s) {
        std::vector<std::thread> pool;
        for (size_t k = 1; k < workers_.size(); ++k)
            if (workers_[k]->size()) pool.emplace_back([&, k] { workers_[k]->run(s, status_.cancel); });
        if (workers_[0]->size()) workers_[0]->run(s, status_.cancel);
        for (auto& one : pool) one.join();
        iterations_ = 0;
        for (auto& w : workers_) iterations_ += w->iterations();
    }

    static void gather(Routes& routes, std::vector<int>& bank, Routes&& more, const std::vector<int>& left) {
        for (auto& r : more) routes.push_back(std::move(r));
        bank.insert(bank.end(), left.begin(), left.end());
    }

    std::vector<Routes> divide(int parts) {
        std::vector<std::pair<double, int>> keyed;
        const double turn = rng_.unit() * 6.283185307179586;
        const bool by_angle = rng_.below(2) == 0;
        std::vector<std::array<double, 2>> centres(current_.size());
        double mx = 0, my = 0;
        for (size_t r = 0; r < current_.size(); ++r) {
            centres[r] = centre(current_[r]);
            mx += centres[r][0] / current_.size(), my += centres[r][1] / current_.size();
        }
        for (size_t r = 0; r < current_.size(); ++r) {
            const double x = centres[r][0] - mx, y = centres[r][1] - my;
            const double key = by_angle ? std::fmod(std::atan2(y, x) + 2 * 6.283185307179586 - turn, 6.283185307179586)
                                        : x * std::cos(turn) + y * std::sin(turn);
            keyed.emplace_back(key, static_cast<int>(r));
        }
        std::sort(keyed.begin(), keyed.end());
        int total = 0, done = 0;
        for (const RouteOf& r : current_) total += static_cast<int>(r.clients.size());
        std::vector<Routes> share(parts);
        for (const auto& [key, r] : keyed) {
            const int k = std::min(parts - 1, static_cast<int>(static_cast<int64_t>(done) * parts / std::max(1, total)));
            done += static_cast<int>(current_[r].clients.size());
            share[k].push_back(std::move(current_[r]));
        }
        return share;
    }

    std::array<double, 2> centre(const RouteOf& r) {
        std::array<double, 2> sum{0, 0};
        for (int c : r.clients) {
            // Without coordinates: distances to two depots or clients stand in for them.
            sum[0] += in_.xy.empty() ? to_(0, c) : in_.xy[2 * c];
            sum[1] += in_.xy.empty() ? to_(in_.n, c) : in_.xy[2 * c + 1];
        }
        return {sum[0] / r.clients.size(), sum[1] / r.clients.size()};
    }

    int missing(const std::vector<int>& bank) const {
        return static_cast<int>(std::count_if(bank.begin(), bank.end(), [&](int c) { return in_.price[c] == MUST; }));
    }

    Terms terms() const { return {must_, generous_}; }

    // A worker's cost without what only steered it, and without those missing that had to be served.
    int64_t true_cost(const std::vector<int>& bank, int64_t cost) const {
        for (int c : bank)
            cost -= in_.price[c] == MUST ? must_ : generous_;
        return cost;
    }

    Met met(Routes routes, std::vector<int> bank, int64_t cost) const {
        const int64_t plain = true_cost(bank, cost);
        const int open = missing(bank);
        return {std::move(routes), std::move(bank), plain, open};
    }

    void improve(const Met& found) {
        if (found.better(best_)) best_ = found;
    }

    void publish() {
        status_.cost.store(best_.cost);
        status_.unserved.store(static_cast<int>(best_.bank.size()));
        status_.iterations.store(iterations_);
    }

    Outcome finish() {
        Outcome out{best_.routes, best_.bank, 0, iterations_};
        out.cost = status_.cost.load();
        if (best_.routes.empty() && best_.bank.empty())
            for (int c = 0; c < in_.n; ++c) out.unserved.push_back(c);
        return out;
    }

    const Instance& in_;
    const Parameters par_;
    Status& status_;
    const Metric& to_;
    Rng rng_;
    bool optional_ = false;
    std::optional<FleetLimit> limit_;
    Neighbours near_;
    Tuning tuning_;
    std::vector<std::unique_ptr<Shovel>> workers_;
    Routes current_;
    std::vector<int> bank_;
    Met best_;
    Legs legs_;
    std::vector<Own> own_;  // once workers have parted
    int64_t must_ = 1, dearest_must_ = 1, unit_ = 1, iterations_ = 0;
    int64_t generous_ = 0;
    double hot_ = 1, cold_ = 1;
};

}  // namespace paotui
