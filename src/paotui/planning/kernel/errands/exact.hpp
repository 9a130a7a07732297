// The optimum of a few stops: for every kind of vehicle the best tour through every set of whole chains, then the best
// way to share the chains out and to leave some undone.
#pragma once
#include <atomic>
#include <memory>
#include <thread>

#include "answer.hpp"
#include "exact_tours.hpp"

namespace errands {

class Exact {
  public:
    static constexpr int MOST = 15;

    Exact(const Model& model, int64_t bound, int64_t limit) : model_(model), bound_(bound), limit_(limit) {}

    // The cost of the optimum; -1: nothing is cheaper than the bound; -2: too many stops or labels.
    int64_t run(Answer& answer) {
        if (model_.n > MOST || model_.limits) return -2;
        return model_.gaps ? solve<GAPS>(answer) : solve<0>(answer);
    }

  private:
    static constexpr int64_t WORST = Rest::WORST;
    static constexpr int GAPS = 7;     // chains of two stops or more among fifteen stops
    static constexpr int THREADS = 2;  // where it is worth while

    struct Pass {
        int vehicle;
        std::vector<int> part;  // by set of chains: what of it this vehicle does
    };

    const Model& model_;
    int64_t bound_, limit_;
    std::vector<int64_t> others_;  // by set of chains: what the rest costs at least

    template <int MOST_GAPS> int64_t solve(Answer& answer) {
        Rest rest(model_, bound_);
        on_threads([&](int t, int threads) { rest.span(t, threads); });
        std::vector<std::unique_ptr<ToursOf<MOST_GAPS>>> tours(model_.vehicles.size());
        std::vector<int> kinds;
        for (int v = 0; v < (int)tours.size(); ++v)
            if (model_.vehicles[v].type == v) kinds.push_back(v);
        std::atomic<size_t> next = 0;
        std::atomic<bool> fine = true;
        on_threads([&](int, int) {
            for (size_t k; fine && (k = next++) < kinds.size();) {
                auto& one = tours[kinds[k]];
                one = std::make_unique<ToursOf<MOST_GAPS>>(model_, rest, kinds[k], bound_, (size_t)limit_);
                if (!one->run()) fine = false;
            }
        });
        if (!fine) return -2;
        remember_others(rest);
        return share_out(tours, answer);
    }

    template <class Work> void on_threads(Work work) {
        if (model_.n < 10) return work(0, 1);
        std::thread other([&] { work(1, THREADS); });
        work(0, THREADS);
        other.join();
    }

    void remember_others(const Rest& rest) {
        others_.assign((size_t)1 << model_.chains, 0);
        for (int set = 0; set < (int)others_.size(); ++set) {
            int stops = 0;
            for (int c = 0; c < model_.chains; ++c)
                if (!(set >> c & 1)) stops |= ((1 << model_.end(c)) - 1) & ~((1 << model_.begin(c)) - 1);
            others_[set] = rest.by_others(stops);
        }
    }

    template <class Tours> int64_t share_out(const Tours& tours, Answer& answer) {
        int vehicles = (int)model_.vehicles.size();
        std::vector<int64_t> cost((size_t)1 << model_.chains, WORST);
        cost[0] = 0;
        std::vector<Pass> passes;
        std::vector<char> enough(vehicles, 0);  // of a kind of vehicle
        for (int v = 0; v < vehicles; ++v)
            if (int type = model_.vehicles[v].type; !enough[type]) enough[type] = !share(v, tours[type]->cost, cost, passes);
        std::vector<int> done(cost.size());  // of a set, what is not left undone
        for (int set = 0; set < (int)cost.size(); ++set) {
            done[set] = set;
            for (int c = 0; c < model_.chains; ++c)
                if (set >> c & 1)
                    if (int64_t sum = cost[set & ~(1 << c)] + model_.given.penalty[c]; sum < cost[set])
                        cost[set] = sum, done[set] = done[set & ~(1 << c)];
        }
        if (cost.back() >= bound_) return -1;
        answer.cost = cost.back();
        answer.stops.assign(vehicles, {});
        int left = done.back();
        for (size_t k = passes.size(); k-- > 0;) {
            int part = passes[k].part[left], one = passes[k].vehicle;
            if (part) answer.stops[one] = tours[model_.vehicles[one].type]->path(part);
            left &= ~part;
        }
        return answer.cost;
    }

    // One vehicle more; false where it brings nothing, so that more of its kind bring nothing either.
    bool share(int v, const std::vector<int64_t>& tour, std::vector<int64_t>& cost, std::vector<Pass>& passes) const {
        Pass pass{v, std::vector<int>(cost.size(), 0)};
        bool better = false;
        std::vector<int64_t> now = cost;
        std::vector<int> before;
        for (int set = 0; set < (int)cost.size(); ++set)
            if (cost[set] < WORST) before.push_back(set);
        auto take = [&](int set, int part, int64_t sum) {
            if (sum < now[set] && sum + others_[set] < bound_) now[set] = sum, pass.part[set] = part, better = true;
        };
        for (int part = 1; part < (int)cost.size(); ++part) {
            if (tour[part] >= WORST) continue;
            int rest = (int)(cost.size() - 1) & ~part;
            if (before.size() < (size_t)1 << std::popcount((unsigned)rest)) {
                for (int set : before)
                    if (!(set & part)) take(set | part, part, tour[part] + cost[set]);
            } else {
                for (int set = rest;; set = (set - 1) & rest) {
                    if (cost[set] < WORST) take(set | part, part, tour[part] + cost[set]);
                    if (!set) break;
                }
            }
        }
        if (!better) return false;
        cost = now;
        passes.push_back(std::move(pass));
        return true;
    }
};

}  // namespace errands
