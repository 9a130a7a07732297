// Joint inspections behind a plain C interface. Threads search on their own and take over the best plan at fixed
// exchanges, so that a limit on iterations gives the same plan every time.
#include <memory>
#include <mutex>
#include <condition_variable>
#include <thread>

#include "inspections/pricing.hpp"
#include "inspections/search.hpp"

using namespace inspections;
using Clock = std::chrono::steady_clock;

namespace {

struct Progress {
    // seconds, iterations, cost; returns whether to go on
    int (*tell)(double, int64_t, int64_t);
};

class Run {
  public:
    Run(const Instance& in, const Settings& settings, Progress progress)
        : in(in), settings(settings), progress(progress), began(Clock::now()) {
        for (int t = 0; t < std::max(1, settings.threads); t++)
            searches.push_back(std::make_unique<Search>(in, settings, settings.seed * 1000003 + t));
    }

    bool start(const Plan* plan) {
        bool holds = true;
        for (auto& search : searches) {
            if (plan) holds &= search->begin_with(*plan);
            search->construct();
        }
        return holds;
    }

    const Plan& go() {
        for (int epoch = 0; epoch < settings.exchanges && !stopped; epoch++) {
            together(epoch);
            exchange(epoch);
            if (settings.seconds > 0 && seconds() >= settings.seconds) break;
        }
        return leader().best;
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
    std::atomic<bool> stopped{false};
    std::mutex lock;
    std::condition_variable changed;
    int running = 0;

    double seconds() const { return std::chrono::duration<double>(Clock::now() - began).count(); }

    Search& leader() const {
        return **std::min_element(searches.begin(), searches.end(),
                                  [](auto& a, auto& b) { return a->best.cost < b->best.cost; });
    }

    void together(int epoch) {
        running = int(searches.size());
        std::vector<std::thread> threads;
        for (auto& search : searches)
            threads.emplace_back([&, one = search.get()] {
                work(*one, epoch);
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

    void work(Search& search, int epoch) {
        int64_t share = settings.iterations / std::max<int64_t>(1, int64_t(searches.size()));
        int64_t until = settings.iterations ? share * (epoch + 1) / settings.exchanges : 0;
        double end = settings.seconds * (epoch + 1) / settings.exchanges, done = 0;
        double first = settings.first_temperature * search.scale(), last = settings.last_temperature * search.scale();
        double temperature = first;
        for (int64_t i = 0; !stopped; i++) {
            if (settings.iterations && search.iterations >= until) return;
            if (i % 16 == 0) {
                if (settings.seconds > 0) {
                    double t = seconds();
                    if (t >= end) return;
                    done = t / settings.seconds;
                }
                if (settings.iterations) done = std::max(done, double(search.iterations) / double(std::max<int64_t>(1, share)));
                temperature = first * std::pow(last / first, std::min(1.0, done));
            }
            search.iterate(temperature);
        }
    }

    void exchange(int epoch) {
        Search& ahead = leader();
        // Only now and then early on, when different searches are worth more than equal ones.
        for (auto& search : searches)
            if (search.get() != &ahead && epoch % 4 == 3) search->adopt(ahead.best);
        if (progress.tell && !progress.tell(seconds(), iterations(), ahead.best.cost)) stopped = true;
    }
};

}  // namespace

extern "C" {

// `option`, `length` and `slot` (of one route after the other): the start where `given`, the best plan on return; `begins`: start of each visit.
// Returns 0, or 1 when the given start did not hold and was left aside.
__attribute__((visibility("default"))) int inspections_solve(const Instance* in, const Settings* settings, int given,
                                                              int32_t* option, int32_t* length, int32_t* slot,
                                                              int32_t* begins, Outcome* outcome,
                                                              int (*tell)(double, int64_t, int64_t)) {
    Plan start;
    if (given)
        start = {{option, option + in->sites}, {length, length + in->routes}, {slot, slot + in->slots}, 0};
    Run run(*in, *settings, {tell});
    bool held = run.start(given ? &start : nullptr);
    const Plan& best = run.go();
    Schedule final(*in);
    final.load_plan(best, run.site_of());
    std::copy(best.option.begin(), best.option.end(), option);
    std::copy(best.length.begin(), best.length.end(), length);
    std::copy(best.slot.begin(), best.slot.end(), slot);
    std::copy(final.est.begin(), final.est.end(), begins);
    *outcome = {best.cost, run.iterations(), int32_t(std::count(best.option.begin(), best.option.end(), -1))};
    return held ? 0 : 1;
}

// The cheapest tours at these prices, for bounds. `sizes`: sites, open, close, most tours, rough. Fills `best`, the number
// of tours in `count`, and their lengths and sites one after the other. Returns 1 when there were too many labels.
__attribute__((visibility("default"))) int inspections_price(const int32_t* sizes, const int32_t* travel,
                                                              const int32_t* stay, const int32_t* window_ptr,
                                                              const int32_t* low, const int32_t* high,
                                                              const double* price, const uint64_t* memory,
                                                              double threshold, int64_t labels_limit, double* best,
                                                              int32_t* count, int32_t* lengths, int32_t* visited) {
    Pricing pricing{sizes[0], travel, stay, window_ptr, low, high, price, memory, sizes[1], sizes[2], labels_limit,
                    sizes[4] != 0};
    std::vector<Tour> found;
    if (!pricing.run(threshold, sizes[3], *best, found)) return 1;
    *count = int32_t(found.size());
    for (const Tour& tour : found) {
        *lengths++ = int32_t(tour.sites.size());
        visited = std::copy(tour.sites.begin(), tour.sites.end(), visited);
    }
    return 0;
}
}
