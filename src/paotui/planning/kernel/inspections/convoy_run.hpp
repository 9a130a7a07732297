// Several threads at the convoys of one problem: in every stretch each has tours of its own, by lot those of some days or
// those on one side of a line, and nobody meets anybody.
#pragma once
#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

#include "convoys.hpp"

namespace inspections {

struct ConvoySettings {
    uint64_t seed;
    int64_t iterations;  // 0: no limit
    double seconds;      // 0: no limit
    int32_t threads, exchanges;
    double first_temperature, last_temperature;
};

class ConvoyRun {
  public:
    std::vector<ConvoyTour> best;
    int64_t best_cost = 0;

    ConvoyRun(const ConvoyProblem& in, const ConvoySettings& given)
        : in(in), settings(given), began(Clock::now()), chance(given.seed * 7919 + 17) {
        for (int t = 0; t < std::max(1, settings.threads); t++)
            searches.push_back(std::make_unique<ConvoySearch>(in, settings.seed * 1000003 + t));
        searches[0]->construct();
        current = best = searches[0]->best;
        current_cost = best_cost = searches[0]->best_cost;
    }

    // `listen` is asked now and then whether to go on.
    template <class Listen>
    void go(Listen listen) {
        int stretches = std::max(1, settings.exchanges);
        for (int stretch = 0; stretch < stretches && !stopped; stretch++) {
            deal_out();
            std::vector<std::thread> threads;
            std::atomic<int> running{int(searches.size())};
            for (auto& search : searches)
                threads.emplace_back([&, one = search.get()] {
                    work(*one, double(stretch + 1) / stretches);
                    running--;
                });
            while (running) {
                std::this_thread::sleep_for(std::chrono::milliseconds(2));
                if (!listen()) stopped = true;
            }
            for (auto& thread : threads) thread.join();
            collect();
        }
    }

    int64_t iterations() const {
        int64_t sum = 0;
        for (auto& search : searches) sum += search->iterations;
        return sum;
    }

  private:
    using Clock = std::chrono::steady_clock;
    const ConvoyProblem& in;
    ConvoySettings settings;
    Clock::time_point began;
    Random chance;
    std::vector<std::unique_ptr<ConvoySearch>> searches;
    std::vector<ConvoyTour> current;
    int64_t current_cost = 0;
    std::vector<int> owner;  // of vehicles
    std::atomic<bool> stopped{false};

    double seconds() const { return std::chrono::duration<double>(Clock::now() - began).count(); }

    void work(ConvoySearch& search, double until) {
        double first = settings.first_temperature * search.scale(), last = settings.last_temperature * search.scale();
        double share = double(settings.iterations) / double(searches.size()), done = 0, temperature = first;
        for (int64_t i = 0; !stopped && search.has_work(); i++) {
            if (i % 32 == 0) {
                if (settings.seconds > 0) done = seconds() / settings.seconds;
                if (settings.iterations) done = std::max(done, double(search.iterations) / std::max(1.0, share));
                if (done >= until) return;
                temperature = first * std::pow(last / first, done);
            }
            search.iterate(temperature);
        }
    }

    void deal_out() {
        int parts = int(searches.size());
        owner.assign(in.vehicles, 0);
        if (parts > 1) {
            if (chance.below(2)) by_days(parts);
            else by_place(parts);
        }
        std::vector<char> visited(in.sites, 0);
        for (const ConvoyTour& tour : current)
            for (int k = 0; k < tour.length; k++) visited[tour.site[k]] = 1;
        std::vector<std::vector<int32_t>> unvisited(parts);
        for (int v = 0; v < in.sites; v++)
            if (!visited[v]) unvisited[chance.below(parts)].push_back(v);
        for (int t = 0; t < parts; t++) {
            std::vector<char> own(in.vehicles);
            for (int r = 0; r < in.vehicles; r++) own[r] = owner[r] == t;
            searches[t]->begin_with(current, own, unvisited[t]);
        }
    }

    // Kinds of vehicles in an order by lot, each to the thread with the fewest tours so far.
    void by_days(int parts) {
        std::vector<int> order(in.kinds), tours(in.kinds, 0), has(parts, 0), of_kind(in.kinds);
        for (int q = 0; q < in.kinds; q++) order[q] = q;
        for (int q = in.kinds; q > 1; q--) std::swap(order[q - 1], order[chance.below(q)]);
        for (int r = 0; r < in.vehicles; r++) tours[in.kind_of[r]] += current[r].length > 0;
        for (int q : order) {
            of_kind[q] = int(std::min_element(has.begin(), has.end()) - has.begin());
            has[of_kind[q]] += tours[q];
        }
        for (int r = 0; r < in.vehicles; r++) owner[r] = of_kind[in.kind_of[r]];
    }

    // By how much nearer the first visits are to one site than to another; those at home in turn.
    void by_place(int parts) {
        int a = chance.below(in.sites), b = chance.below(in.sites);
        std::vector<std::pair<int64_t, int>> order;
        std::vector<int> next(in.kinds, 0);
        for (int r = 0; r < in.vehicles; r++) {
            const ConvoyTour& tour = current[r];
            if (!tour.length) {
                owner[r] = next[in.kind_of[r]]++ % parts;
                continue;
            }
            int64_t sum = 0;
            for (int k = 0; k < tour.length; k++)
                sum += in.travel[size_t(a) * in.sites + tour.site[k]] - in.travel[size_t(b) * in.sites + tour.site[k]];
            order.push_back({sum / tour.length, r});
        }
        std::sort(order.begin(), order.end());
        for (size_t i = 0; i < order.size(); i++) owner[order[i].second] = int(i * parts / order.size());
    }

    // Of every tour what its owner made of it.
    void collect() {
        int64_t last = 0, good = 0;
        std::vector<ConvoyTour> merged(in.vehicles);
        for (auto& search : searches) last += search->cost, good += search->best_cost;
        for (int r = 0; r < in.vehicles; r++) {
            current[r] = searches[owner[r]]->tours[r];
            merged[r] = searches[owner[r]]->best[r];
        }
        current_cost = last;
        if (good < best_cost) best = merged, best_cost = good;
    }
};

}  // namespace inspections
