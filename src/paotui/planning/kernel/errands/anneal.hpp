// Runs searches on one or two threads: each with all tours and now and then an exchange of the best, or, where there
// are many tours, each with half of them, shared out anew every round.
#pragma once
#include <chrono>
#include <memory>
#include <thread>

#include "fleet.hpp"

namespace errands {

using Tell = int32_t (*)(double seconds, int64_t iterations, int64_t cost, int32_t absent);  // nonzero: stop

inline double now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

struct Limit {
    double seconds;      // 0: none
    int64_t iterations;  // 0: none; of all threads together
};

class Annealing {
  public:
    Annealing(const Model& model, const Settings& settings, Limit limit, Tell tell)
        : model_(model), settings_(settings), limit_(limit), tell_(tell), began_(now()), random_(settings.seed + 77) {
        neighbours();
        int threads = std::clamp(settings.threads, 1, 2);
        for (int t = 0; t < threads; ++t)
            searches_.push_back(std::make_unique<Search>(model, settings, near_, settings.seed * 2 + t, t));
    }

    Answer run(const std::vector<std::vector<int>>& start) {
        for (auto& one : searches_) {
            one->start(start);
            one->construct();
        }
        best_ = searches_[0]->best;
        if (settings_.fleet > 0) reduce_fleet();
        double from = settings_.fleet > 0 ? part() : 0;
        while (!stopped()) round(from);
        serve_what_fits();
        tell(true);
        return best_;
    }

    int64_t iterations() const {
        int64_t sum = 0;
        for (auto& one : searches_) sum += one->iterations;
        return sum;
    }

  private:
    static constexpr int NEIGHBOURS = 120;
    const Model& model_;
    const Settings& settings_;
    Limit limit_;
    Tell tell_;
    double began_, told_ = 0;
    bool cancelled_ = false;
    Random random_;
    std::vector<std::vector<int>> near_;
    double spacing_ = 1;  // mean cost to the nearest stop elsewhere: the unit of temperatures
    std::vector<std::unique_ptr<Search>> searches_;
    Answer best_;
    int64_t rounds_ = 0;

    double elapsed() const { return now() - began_; }

    double part() const {
        double done = 0;
        if (limit_.seconds > 0) done = elapsed() / limit_.seconds;
        if (limit_.iterations > 0) done = std::max(done, (double)iterations() / (double)limit_.iterations);
        return std::min(done, 1.0);
    }

    bool stopped() const { return cancelled_ || part() >= 1; }

    void tell(bool last) {
        if (!tell_ || (!last && elapsed() - told_ < 0.05 && limit_.seconds > 0)) return;
        told_ = elapsed();
        if (tell_(told_, iterations(), best_.cost, absent_in(best_))) cancelled_ = true;
    }

    // Nobody stays undone who has a place in the best answer.
    void serve_what_fits() {
        if (!absent_in(best_)) return;
        Settings careful = settings_;
        careful.blink = 0;
        Search last(model_, careful, near_, settings_.seed + 11, 2);
        last.start(best_.stops);
        last.keep();
        last.construct();
        if (last.best.cost < best_.cost) best_ = last.best;
    }

    int absent_in(const Answer& answer) const {
        int served = 0;
        for (auto& stops : answer.stops)
            for (int s : stops) served += s == model_.begin(model_.stops[s].chain);
        return model_.chains - served;
    }

    double temperature(double from) const {
        double done = std::clamp((part() - from) / std::max(1e-9, 1 - from), 0.0, 1.0);
        return spacing_ * settings_.hot * std::pow(settings_.cold / settings_.hot, done);
    }

    // One round on every thread. Under an iteration limit its length is a number of steps; else a time.
    void round(double from) {
        bool halves = searches_.size() > 1 && settings_.halves && searches_[0]->used() >= 8;
        if (halves) share_out();
        int64_t steps = INT64_MAX;
        double until = 1e300;
        if (limit_.iterations > 0) {
            int64_t left = limit_.iterations - iterations(), threads = (int64_t)searches_.size();
            steps = std::clamp<int64_t>(limit_.iterations / 60 / threads, 1, std::max<int64_t>(1, left / threads));
            if (limit_.seconds > 0) until = limit_.seconds;
        } else {
            until = std::min(limit_.seconds, elapsed() + std::clamp(limit_.seconds / 100, 0.02, 0.1));
        }
        double hot = temperature(from);
        on_threads([&](Search& one) {
            for (int64_t k = 0; k < steps; ++k) {
                one.step(hot);
                if (elapsed() >= until) break;
            }
        });
        if (halves) join();
        else exchange();
        ++rounds_;
        tell(false);
    }

    template <class Work> void on_threads(Work work) {
        std::vector<std::thread> others;
        for (size_t t = 1; t < searches_.size(); ++t)
            others.emplace_back([this, t, &work] { work(*searches_[t]); });
        work(*searches_[0]);
        for (auto& one : others) one.join();
    }

    // Each keeps its own tours; every tenth round who is behind goes on from the better one.
    void exchange() {
        for (auto& one : searches_)
            if (one->best.cost < best_.cost) best_ = one->best;
        if (searches_.size() < 2 || rounds_ % 10 != 9) return;
        int worse = searches_[0]->cost() > searches_[1]->cost() ? 0 : 1;
        searches_[worse]->adopt_all(*searches_[1 - worse]);
    }

    // Tours go left or right of a line through their middle, turned at random each round.
    void share_out() {
        auto& first = *searches_[0];
        int vehicles = (int)first.work.tours.size();
        double turn = random_.unit();
        std::vector<std::pair<double, int>> order;
        int anchor = random_.below(model_.n);
        for (int v = 0; v < vehicles; ++v) {
            double sum = 0;
            auto& nodes = first.work.tours[v].nodes;
            for (auto& node : nodes)
                if (node.stop >= 0) sum += model_.arc(model_.vehicles[v], model_.stops[anchor].place, node.place).cost;
            if (first.work.tours[v].size()) order.push_back({sum / first.work.tours[v].size(), v});
        }
        std::sort(order.begin(), order.end());
        int from = 0, half = (int)order.size() / 2;
        if (turn < 0.3) from = (int)order.size() / 4;
        std::vector<char> left(vehicles, 0);
        for (int k = 0; k < half; ++k) left[order[(from + k) % order.size()].second] = 1;
        bool empty_left = false;
        for (int v = 0; v < vehicles; ++v)
            if (!first.work.tours[v].size()) left[v] = empty_left = !empty_left;
        std::vector<char> far(model_.chains), close(model_.chains);
        for (int c = 0; c < model_.chains; ++c) far[c] = c & 1, close[c] = !(c & 1);
        for (int t = 0; t < 2; ++t) {
            Search& one = *searches_[t];
            for (int v = 0; v < vehicles; ++v) one.mine[v] = (left[v] != 0) == (t == 0);
            if (t) one.adopt_all(first);
            one.keep();
            one.set_aside(t ? far : close);
        }
    }

    void join() {
        Search &one = *searches_[0], &other = *searches_[1];
        Answer both;
        both.stops.resize(one.mine.size());
        for (size_t v = 0; v < one.mine.size(); ++v) both.stops[v] = (one.mine[v] ? one : other).best.stops[v];
        for (int v = 0; v < (int)one.mine.size(); ++v)
            if (!one.mine[v]) one.adopt(v, other);
        one.count_absent();
        both.cost = cost_of(both);
        if (both.cost < best_.cost) best_ = both;
        for (auto& search : searches_) std::fill(search->mine.begin(), search->mine.end(), 1);
        other.adopt_all(one);
    }

    int64_t cost_of(const Answer& answer) {
        if (!check_) check_ = std::make_unique<Tours>(model_);
        std::vector<char> served(model_.chains, 0);
        int64_t sum = 0;
        for (size_t v = 0; v < answer.stops.size(); ++v) {
            auto& nodes = check_->tours[v].nodes;
            nodes.resize(answer.stops[v].size() + 2);
            for (size_t i = 0; i < answer.stops[v].size(); ++i) {
                nodes[i + 1].stop = answer.stops[v][i];
                served[model_.stops[answer.stops[v][i]].chain] = 1;
            }
            if (answer.stops[v].empty()) continue;
            check_->refresh((int)v);
            sum += check_->tours[v].cost;
        }
        for (int c = 0; c < model_.chains; ++c)
            if (!served[c]) sum += model_.given.penalty[c];
        return sum;
    }

    std::unique_ptr<Tours> check_;

    // Tours fewer by one, as often as it succeeds within its share of the limit; who is ahead is followed.
    void reduce_fleet() {
        std::vector<std::unique_ptr<Fleet>> fleets;
        std::vector<Answer> whole;
        for (auto& one : searches_) {
            if (!one->absent.empty()) return;
            fleets.push_back(std::make_unique<Fleet>(*one, spacing_));
            whole.push_back(one->best);
            fleets.back()->give_up_a_tour();
        }
        int64_t steps = limit_.iterations > 0 ? std::max<int64_t>(1, limit_.iterations / 100'000) : INT64_MAX;
        while (!cancelled_ && part() < settings_.fleet) {
            double until = limit_.seconds > 0 ? std::min(limit_.seconds * settings_.fleet, elapsed() + 0.1) : 1e300;
            on_threads([&](Search& one) {
                int t = &one == searches_[0].get() ? 0 : 1;
                for (int64_t k = 0; k < steps && elapsed() < until; ++k) {
                    if (!one.absent.empty() && !fleets[t]->step()) continue;
                    one.keep();
                    whole[t] = one.best;
                    if (!fleets[t]->give_up_a_tour()) break;
                }
            });
            follow(whole);
            for (auto& answer : whole)
                if (answer.cost < best_.cost) best_ = answer;
            tell(false);
        }
        for (size_t t = 0; t < searches_.size(); ++t) {
            int64_t done = searches_[t]->iterations;
            searches_[t] = std::make_unique<Search>(model_, settings_, near_, settings_.seed * 2 + 5 + t, (int)t);
            searches_[t]->iterations = done;
            searches_[t]->start(best_.stops);
            searches_[t]->keep();
        }
    }

    // Who still tries with more tours goes on from the tours of the other.
    void follow(std::vector<Answer>& whole) {
        if (searches_.size() < 2 || tours_of(whole[0]) == tours_of(whole[1])) return;
        int behind = tours_of(whole[0]) > tours_of(whole[1]) ? 0 : 1;
        searches_[behind]->adopt_all(*searches_[1 - behind]);
        whole[behind] = whole[1 - behind];
    }

    static int tours_of(const Answer& answer) {
        int used = 0;
        for (auto& stops : answer.stops) used += !stops.empty();
        return used;
    }

    // Stops by nearness: what one pays to go from one to the other, and what one waits or comes too late.
    void neighbours() {
        near_.resize(model_.n);
        const Vehicle& any = model_.vehicles[0];
        double sum = 0;
        int count = 0;
        std::vector<std::pair<double, int>> order;
        for (int s = 0; s < model_.n; ++s) {
            order.clear();
            double nearest = 1e300;
            for (int o = 0; o < model_.n; ++o) {
                if (o == s) continue;
                const Stop &a = model_.stops[s], &b = model_.stops[o];
                double there = model_.arc(any, a.place, b.place).cost, back = model_.arc(any, b.place, a.place).cost;
                there += (double)model_.cost_out * model_.arc(any, a.place, b.place).seconds;
                if (a.place != b.place && there > 0) nearest = std::min(nearest, there);
                if (a.chain != b.chain) order.push_back({std::min(there, back), o});
            }
            if (nearest < 1e300) sum += nearest, ++count;
            size_t kept = std::min<size_t>(NEIGHBOURS, order.size());
            std::partial_sort(order.begin(), order.begin() + (long)kept, order.end());
            for (size_t k = 0; k < kept; ++k) near_[s].push_back(order[k].second);
        }
        if (count) spacing_ = sum / count;
    }
};

}  // namespace errands
