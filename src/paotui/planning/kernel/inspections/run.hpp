// Several threads at one problem. Days are dealt out anew in every stretch: each thread improves the visits of its days
// and nobody meets anybody, since a day's tours have nothing to do with another day's. Where there are too few days or
// sites for that, every thread searches the whole and takes over the best now and then. A limit on iterations gives
// the same plan every time.
#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "search.hpp"

namespace inspections {

using Clock = std::chrono::steady_clock;

struct Progress {
    // seconds, iterations, cost; returns whether to go on
    int (*tell)(double, int64_t, int64_t);
};

class Run {
  public:
    Run(const Instance& in, const Settings& settings, Progress progress)
        : in(in), settings(settings), progress(progress), began(Clock::now()) {
        int threads = std::max(1, settings.threads);
        for (int t = 0; t < threads; t++)
            searches.push_back(std::make_unique<Search>(in, settings, settings.seed * 1000003 + t));
        // Balance joins the days: what somebody costs on one depends on the load of the others.
        divided = threads > 1 && in.days >= 2 * threads && in.sites >= 40 && in.balance == 0;
        stretches = std::max(1, settings.exchanges);
        if (settings.iterations)
            stretches = int(std::clamp<int64_t>(settings.iterations / (int64_t(threads) * 100), 1, stretches));
        if (divided) chance = std::make_unique<Random>(settings.seed * 7919 + 17);
    }

    bool start(const Plan* plan) {
        bool holds = true;
        for (auto& search : searches) {
            if (plan) holds &= search->begin_with(*plan);
            search->construct();
        }
        current = best = leader().best;
        return holds;
    }

    const Plan& go() {
        for (int stretch = 0; stretch < stretches && !stopped; stretch++) {
            if (divided) deal_out();
            together(stretch);
            if (divided) collect();
            else exchange(stretch);
            if (progress.tell && !progress.tell(seconds(), iterations(), best.cost)) stopped = true;
            if (settings.seconds > 0 && seconds() >= settings.seconds) break;
        }
        return best;
    }

    const std::vector<int32_t>& site_of() const { return searches[0]->site_of; }

    int64_t iterations() const {
        int64_t sum = 0;
        for (auto& search : searches) sum += search->iterations;
        return sum;
    }

  private:
    const Instance& in;
    const Settings& settings;
    Progress progress;
    Clock::time_point began;
    std::vector<std::unique_ptr<Search>> searches;
    std::unique_ptr<Random> chance;
    Plan current, best;
    std::vector<int> owner_of_day, owner_of_site;
    bool divided = false;
    int stretches = 1;
    std::atomic<bool> stopped{false};
    std::mutex lock;
    std::condition_variable changed;
    int running = 0;

    double seconds() const { return std::chrono::duration<double>(Clock::now() - began).count(); }

    Search& leader() const {
        return **std::min_element(searches.begin(), searches.end(),
                                  [](auto& a, auto& b) { return a->best.cost < b->best.cost; });
    }

    void together(int stretch) {
        running = int(searches.size());
        std::vector<std::thread> threads;
        for (auto& search : searches)
            threads.emplace_back([&, one = search.get()] {
                work(*one, stretch);
                std::lock_guard<std::mutex> hold(lock);
                running--;
                changed.notify_all();
            });
        watch();
        for (auto& thread : threads) thread.join();
    }

    void watch() {
        std::unique_lock<std::mutex> hold(lock);
        while (!changed.wait_for(hold, std::chrono::milliseconds(200), [&] { return running == 0; })) {
            hold.unlock();
            if (progress.tell && !progress.tell(seconds(), -1, -1)) stopped = true;
            hold.lock();
        }
    }

    void work(Search& search, int stretch) {
        int64_t share = settings.iterations / std::max<int64_t>(1, int64_t(searches.size()));
        int64_t until = settings.iterations ? share * (stretch + 1) / stretches : 0;
        double end = settings.seconds * (stretch + 1) / stretches, done = 0;
        double first = settings.first_temperature * search.scale(), last = settings.last_temperature * search.scale();
        double temperature = first;
        for (int64_t i = 0; !stopped && search.has_work(); i++) {
            if (settings.iterations && search.iterations >= until) return;
            if (i % 16 == 0) {
                if (settings.seconds > 0) {
                    double t = seconds();
                    if (t >= end) return;
                    done = t / settings.seconds;
                }
                if (settings.iterations)
                    done = std::max(done, double(search.iterations) / double(std::max<int64_t>(1, share)));
                temperature = first * std::pow(last / first, std::min(1.0, done));
            }
            search.iterate(temperature);
        }
    }

    // Days at random, the fullest first, each to the thread with the fewest visits so far; sites left out in turn.
    void deal_out() {
        int parts = int(searches.size());
        std::vector<int> visits(in.days, 0), has(parts, 0), order(in.days);
        for (int v = 0; v < in.sites; v++)
            if (current.option[v] >= 0) visits[in.option_day[current.option[v]]]++;
        for (int d = 0; d < in.days; d++) order[d] = d;
        for (int d = in.days; d > 1; d--) std::swap(order[d - 1], order[chance->below(d)]);
        owner_of_day.assign(in.days, 0);
        for (int d : order) {
            int least = int(std::min_element(has.begin(), has.end()) - has.begin());
            owner_of_day[d] = least;
            has[least] += std::max(1, visits[d]);
        }
        owner_of_site.assign(in.sites, 0);
        std::vector<std::vector<int32_t>> sites(parts);
        for (int v = 0; v < in.sites; v++) {
            int option = current.option[v];
            owner_of_site[v] = option >= 0 ? owner_of_day[in.option_day[option]] : chance->below(parts);
            sites[owner_of_site[v]].push_back(v);
        }
        for (int t = 0; t < parts; t++) {
            searches[t]->adopt(current);
            std::vector<char> days(in.days);
            for (int d = 0; d < in.days; d++) days[d] = owner_of_day[d] == t;
            searches[t]->confine(sites[t], days);
        }
    }

    void collect() {
        std::vector<Plan> now(searches.size());
        std::vector<const Plan*> last, good;
        for (size_t t = 0; t < searches.size(); t++) {
            searches[t]->now.save(now[t]);
            last.push_back(&now[t]), good.push_back(&searches[t]->best);
        }
        Plan merged = merge(good);
        current = merge(last);
        if (merged.cost < best.cost) best = merged;
    }

    // Of every day what its owner made of it.
    Plan merge(const std::vector<const Plan*>& parts) const {
        Plan whole = current;
        whole.slot.clear();
        whole.cost = current.cost;
        for (const Plan* part : parts) whole.cost += part->cost - current.cost;
        for (int v = 0; v < in.sites; v++) whole.option[v] = parts[owner_of_site[v]]->option[v];
        std::vector<size_t> at(parts.size(), 0);
        for (int r = 0; r < in.routes; r++) {
            size_t owner = owner_of_day[in.route_day[r]];
            for (size_t t = 0; t < parts.size(); t++) {
                auto first = parts[t]->slot.begin() + at[t];
                if (t == owner) {
                    whole.slot.insert(whole.slot.end(), first, first + parts[t]->length[r]);
                    whole.length[r] = parts[t]->length[r];
                }
                at[t] += parts[t]->length[r];
            }
        }
        return whole;
    }

    // Only now and then, when different searches are worth more than equal ones.
    void exchange(int stretch) {
        Search& ahead = leader();
        if (ahead.best.cost < best.cost) best = ahead.best;
        if (stretch % std::max(1, stretches / 10) != stretches / 10 - 1) return;
        for (auto& search : searches)
            if (search.get() != &ahead) search->adopt(best);
    }
};

}  // namespace inspections
