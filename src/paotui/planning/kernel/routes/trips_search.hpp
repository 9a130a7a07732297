// The search over vehicles that reload: every thread searches the whole problem with a seed of its own, and from time
// to time all go on from the best of what they are at; where there is plenty of time, each from its own.
#pragma once
#include <memory>

#include "search.hpp"
#include "trips.hpp"

namespace paotui {

struct ChainsFound {
    Chains chains;
    std::vector<int> unserved;
    int64_t cost = 0, iterations = 0;
};

template <class Metric>
class TripSearch {
  public:
    TripSearch(const Instance& in, const Parameters& par, Status& status, const Metric& to, const Metric& from)
        : in_(in), par_(par), status_(status), to_(to), rng_(par.seed * 0x9E3779B97F4A7C15ull + 1),
          legs_(par_, in.n, par.threads) {
        near_ = NeighbourBuilder(in, to, to, to, par.granular ? par.granular : 40, 120).build(par.threads);
        if (par.mean_removed > 0) tuning_.mean_removed = par.mean_removed;
        if (par.longest_string > 0) tuning_.longest_string = par.longest_string;
        for (int k = 0; k < par.threads; ++k) workers_.push_back(std::make_unique<TripWorker<Metric>>(in, near_, to, from, tuning_));
        // Leaving out somebody who has to be served costs more than any detour and than those who make room.
        for (const VehicleType& t : in.types)
            for (int c = 0; c < in.n; ++c) must_ = std::max(must_, 4 * t.unit * to(t.start, c) + t.fixed);
        int64_t dearest = 0;
        for (int64_t p : in.price) dearest = p == MUST ? dearest : std::max(dearest, p);
        must_ += 2 * dearest;
    }

    ChainsFound run(const Chains& given) {
        best_missing_ = in_.n + 1;
        if (in_.n && !in_.types.empty()) first_plan(given), search();
        if (best_missing_ > in_.n)
            for (int c = 0; c < in_.n; ++c) unserved_.push_back(c);
        return {best_, unserved_, status_.cost.load(), iterations_};
    }

  private:
    // Where a worker stands that goes its own way, and the best it met since, with what leaving out costs.
    struct Own {
        Chains now, best;
        int64_t cost = INT64_MAX;
    };

    // By when they have to be served: whoever reloads has the day to fill.
    void first_plan(const Chains& given) {
        std::vector<int> order(in_.n);
        for (int c = 0; c < in_.n; ++c) order[c] = c;
        const auto due = [&](int c) { return in_.clients[c].close; };
        std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return due(a) < due(b); });
        workers_[0]->take(given, rng_.next(), {must_});
        workers_[0]->construct(order, par_.deadline);
        current_ = workers_[0]->current();
        improve(*workers_[0]);
        publish();
    }

    double temperature(double fraction) const {
        int64_t unit = INT64_MAX;
        for (const VehicleType& t : in_.types) unit = std::min(unit, std::max<int64_t>(1, t.unit));
        const double scale = near_.mean * static_cast<double>(unit);
        // Few clients leave few ways round a poor start: they need more heat.
        const double hot = par_.hot > 0 ? par_.hot : in_.n <= 150 ? 10.0 : 3.0, cold = par_.cold > 0 ? par_.cold : 0.12;
        return scale * hot * std::pow(cold / hot, std::clamp(fraction, 0.0, 1.0));
    }

    void search() {
        const Schedule schedule(par_, static_cast<int>(workers_.size()));
        while (!status_.cancel.load() && !schedule.over(iterations_)) {
            double f0, f1;
            Stretch s = schedule.next(iterations_, f0, f1);
            if (legs_.part(f0, iterations_)) own_.assign(workers_.size(), {current_, best_});
            if (legs_.begins(f0))
                for (Own& one : own_) one.now = one.best;
            s.hot = temperature(legs_.cooled(f0)), s.cold = temperature(legs_.cooled_until(f0, f1));
            stretch(s);
            publish();
        }
    }

    void stretch(const Stretch& s) {
        for (size_t k = 0; k < workers_.size(); ++k) workers_[k]->take(legs_.parted() ? own_[k].now : current_, rng_.next(), {must_});
        std::vector<std::thread> pool;
        for (size_t k = 1; k < workers_.size(); ++k) pool.emplace_back([&, k] { workers_[k]->run(s, status_.cancel); });
        workers_[0]->run(s, status_.cancel);
        for (auto& one : pool) one.join();
        iterations_ = 0;
        for (auto& w : workers_) iterations_ += w->iterations(), improve(*w);
        if (legs_.parted()) return note();
        const auto& next = *std::min_element(workers_.begin(), workers_.end(), [](auto& a, auto& b) { return a->cost() < b->cost(); });
        current_ = next->current();
    }

    void note() {
        for (size_t k = 0; k < own_.size(); ++k) {
            const TripWorker<Metric>& w = *workers_[k];
            own_[k].now = w.current();
            if (w.best_cost() < own_[k].cost) own_[k].best = w.best(), own_[k].cost = w.best_cost();
        }
    }

    void improve(const TripWorker<Metric>& w) {
        int64_t cost = w.best_cost();
        int missing = 0;
        for (int c : w.best_bank())
            if (in_.price[c] == MUST) cost -= must_, ++missing;
        if (missing > best_missing_ || (missing == best_missing_ && cost >= best_cost_)) return;
        best_ = w.best(), unserved_ = w.best_bank(), best_missing_ = missing, best_cost_ = cost;
    }

    void publish() {
        status_.cost.store(best_cost_);
        status_.unserved.store(static_cast<int>(unserved_.size()));
        status_.iterations.store(iterations_);
    }

    const Instance& in_;
    const Parameters par_;
    Status& status_;
    const Metric& to_;
    Rng rng_;
    Tuning tuning_;
    Neighbours near_;
    std::vector<std::unique_ptr<TripWorker<Metric>>> workers_;
    Chains current_, best_;
    Legs legs_;
    std::vector<Own> own_;  // once workers have parted
    std::vector<int> unserved_;
    int best_missing_ = 0;
    int64_t best_cost_ = INT64_MAX, must_ = 1, iterations_ = 0;
};

}  // namespace paotui
