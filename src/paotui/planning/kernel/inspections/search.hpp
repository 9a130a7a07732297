// Ruin and recreate, after SISR (Christiaens & Vanden Berghe, Transportation Science 2020): strings of visits near each
// other are taken out of routes, then each site is put back with the cheapest team, places in the team's sequences and
// window that fit. Or visits stay and only some of the people change. Simulated annealing decides.
#pragma once
#include <atomic>
#include <chrono>
#include <cmath>

#include "insertion.hpp"
#include "ruin.hpp"

namespace inspections {

class Search {
  public:
    std::vector<int32_t> site_of;  // slots
    Schedule now;
    Plan best;
    int64_t iterations = 0;
    int64_t cost_now = std::numeric_limits<int64_t>::max();

    Search(const Instance& instance, const Settings& given, uint64_t seed)
        : site_of(owners(instance)), now(instance), in(instance), settings(given), random(seed),
          ruin(now, given, random, site_of), insertion(now, random) {
        now.save(best);
    }

    bool begin_with(const Plan& plan) {
        bool holds = now.load_plan(plan, site_of);
        now.save(best);
        return holds;
    }

    void construct() {
        now.begin();
        ruin.waiting.clear();
        for (int v = 0; v < in.sites; v++)
            if (!now.placed(v)) ruin.waiting.push_back(v);
        sort_waiting(1);
        recreate(0.0);
        keep_best();
    }

    // What moving a visit costs: the way to the nearest site, for everyone who has to go.
    double scale() const {
        int64_t people = 0;
        for (int s = 0; s < in.slots; s++) people += weight(in.slot_class[s]);
        return ruin.mean_near * double(std::max<int64_t>(1, people)) / std::max(1, in.sites);
    }

    void iterate(double temperature) {
        now.begin();
        if (random.unit() < settings.partial) {
            ruin.people();
            refill(settings.blink);
        } else {
            ruin.whole_visits();
        }
        sort_waiting(random.below(11));
        recreate(settings.blink);
        iterations++;
        if (double(now.cost) < double(cost_now) - temperature * std::log(std::max(random.unit(), 1e-300))) {
            cost_now = now.cost;
            if (now.cost < best.cost) now.save(best);
        } else {
            now.undo();
        }
    }

    void keep_best() {
        cost_now = now.cost;
        if (now.cost < best.cost) now.save(best);
    }

    // Goes on from this plan; what is best begins with it too.
    void adopt(const Plan& plan) {
        now.load_plan(plan, site_of);
        now.save(best);
        cost_now = now.cost;
    }

    // Touches only these sites, which are on these days or on none, until told otherwise.
    void confine(const std::vector<int32_t>& sites, const std::vector<char>& days) {
        ruin.confine(sites);
        insertion.allowed = days;
    }

    bool has_work() const { return !ruin.mine.empty(); }

  private:
    const Instance& in;
    const Settings& settings;
    Random random;
    Ruin ruin;
    Insertion insertion;

    // How many people fill one slot of a class.
    int weight(int kind) const {
        int first = in.class_ptr[kind * in.days], after = in.class_ptr[(kind + 1) * in.days];
        return first < after ? in.route_weight[in.class_route[first]] : 1;
    }

    static std::vector<int32_t> owners(const Instance& in) {
        std::vector<int32_t> found(in.slots);
        for (int v = 0; v < in.sites; v++)
            for (int s = in.slot_ptr[v]; s < in.slot_ptr[v + 1]; s++) found[s] = v;
        return found;
    }

    void shuffle(std::vector<int32_t>& list) {
        for (size_t i = list.size(); i > 1; i--) std::swap(list[i - 1], list[random.below(int(i))]);
    }

    template <class Key>
    static void sort_by(std::vector<int32_t>& list, Key key) {
        std::stable_sort(list.begin(), list.end(), [&](int a, int b) { return key(a) < key(b); });
    }

    int far(int v) const { return now.travel(in.route_office[0], v); }

    void sort_waiting(int how) {
        auto& waiting = ruin.waiting;
        shuffle(waiting);
        auto freedom = [&](int v) {
            int64_t sum = 0;
            for (int o = in.option_ptr[v]; o < in.option_ptr[v + 1]; o++) sum += in.option_high[o] - in.option_low[o] + 1;
            return sum;
        };
        if (how < 4) return sort_by(waiting, [&](int v) { return -(in.slot_ptr[v + 1] - in.slot_ptr[v]); });
        if (how < 6) return sort_by(waiting, freedom);
        if (how < 8) return sort_by(waiting, [&](int v) { return -far(v); });
        if (how < 9) return sort_by(waiting, [&](int v) { return far(v); });
        if (how < 10) sort_by(waiting, [&](int v) { return -in.unplaced[v]; });
    }

    void recreate(double blink) {
        for (int v : ruin.waiting)
            if (!now.placed(v) && insertion.find(v, blink)) now.insert(v, insertion.best_option, insertion.best_places);
    }

    // Fills the vacant slots; a visit that finds nobody waits to be put in as a whole.
    void refill(double blink) {
        auto& vacant = ruin.vacant;
        shuffle(vacant);
        int how = random.below(10);
        if (how < 2) sort_by(vacant, [&](int s) { return now.est[site_of[s]]; });
        else if (how < 4) sort_by(vacant, [&](int s) { return -far(site_of[s]); });
        else if (how < 6) sort_by(vacant, [&](int s) { return now.lst[site_of[s]] - now.est[site_of[s]]; });
        for (int s : vacant) {
            int v = site_of[s];
            Place place;
            if (!now.placed(v)) continue;
            if (insertion.find_slot(v, s, blink, place)) {
                now.fill(v, s, place);
                continue;
            }
            now.remove(v);
            now.schedule_changed();
            ruin.waiting.push_back(v);
        }
    }
};

}  // namespace inspections
