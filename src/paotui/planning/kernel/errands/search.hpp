// Ruin and recreate by slack induction by string removals (Christiaens and Vanden Berghe, Transportation Science 2020):
// whole chains leave and come back together; simulated annealing; what changed is undone, nothing else is copied.
#pragma once
#include <cmath>

#include "working.hpp"

namespace errands {

struct Settings {  // see params.py
    double hot, cold, removed, longest, blink, fleet;
    int64_t seed;
    int32_t threads, halves, pad;
};

class Search : public Working {
  public:
    Search(const Model& model, const Settings& settings, const std::vector<std::vector<int>>& near, int64_t seed,
           int worker)
        : Working(model, worker), settings(settings), random(seed), near_(near),
          known_((size_t)model.chains * model.vehicles.size()), ruined_(model.vehicles.size()),
          tried_(model.vehicles.size(), 0) {}

    const Settings& settings;
    Random random;
    int64_t iterations = 0;

    // Serve what can be served, best place first come.
    void construct() {
        remember();
        recreate(true);
        keep_if_best();
    }

    // One step of the annealing at a temperature; true when the best got better.
    bool step(double temperature) {
        int64_t before = cost();
        ++iterations;
        remember();
        pass_over();
        ruin(settings.removed);
        recreate(true);
        absent.insert(absent.end(), passed_.begin(), passed_.end());
        passed_.clear();
        if ((double)cost() >= (double)before - temperature * std::log(std::max(random.unit(), 1e-300))) {
            undo();
            return false;
        }
        if (cost() >= best.cost) return false;
        keep();
        return true;
    }

    // Move a few chains among the tours there are, nobody left out who was served; true when something moved.
    bool shake(double temperature, double removed) {
        int64_t before = driven;
        size_t out = absent.size();
        ++iterations;
        remember();
        passed_.assign(absent.begin(), absent.end());
        absent.clear();
        ruin(removed);
        recreate(false);
        bool fine = absent.empty() && (double)driven < (double)before - temperature * std::log(std::max(random.unit(), 1e-300));
        absent.insert(absent.begin(), passed_.begin(), passed_.end());
        passed_.clear();
        if (!fine) undo();
        return fine && absent.size() == out;
    }

  private:
    const std::vector<std::vector<int>>& near_;
    struct Known {  // additional cost of a chain in a tour, and the first and last of its places
        uint64_t version = UINT64_MAX;
        int64_t cost;
        int32_t first, second;
        int64_t bound;
    };
    std::vector<Known> known_;
    std::vector<char> ruined_;
    static constexpr size_t TRIED = 8;  // of those long left out, in one iteration
    std::vector<int> passed_;

    // Where many are left out, only some, drawn anew each time, look for a place.
    void pass_over() {
        passed_.clear();
        if (absent.size() <= TRIED) return;
        for (size_t k = 0; k < TRIED; ++k)
            std::swap(absent[k], absent[k + (size_t)random.below((int)(absent.size() - k))]);
        passed_.assign(absent.begin() + TRIED, absent.end());
        absent.resize(TRIED);
    }

    // Strings of stops near a seed leave, one a tour, and with each stop its whole chain.
    void ruin(double removed) {
        double stops = 0, tours = 0;
        for (size_t v = 0; v < work.tours.size(); ++v)
            if (mine[v] && work.tours[v].size()) stops += work.tours[v].size(), ++tours;
        if (!tours) return;
        double longest = std::min(settings.longest, std::max(1.0, stops / tours));
        double most = std::max(1.0, 4 * removed / (1 + longest) - 1);
        int strings = (int)(random.unit() * most + 1);
        int seed = random.below(model.n);
        for (int tries = 0; tries < 50 && !in_reach(seed); ++tries) seed = random.below(model.n);
        std::fill(ruined_.begin(), ruined_.end(), 0);
        ruin_around(seed, longest, strings);
        for (int s : near_[seed])
            if (strings <= 0 || !ruin_around(s, longest, strings)) break;
        apply_removals();
    }

    bool in_reach(int s) const {
        int v = where[model.stops[s].chain];
        return v >= 0 && mine[v];
    }

    bool ruin_around(int s, double longest, int& strings) {
        int v = where[model.stops[s].chain];
        if (v < 0 || !mine[v] || ruined_[v] || is_leaving(model.stops[s].chain)) return strings > 0;
        ruined_[v] = 1, --strings;
        auto& nodes = work.tours[v].nodes;
        int size = work.tours[v].size(), at = work.position[s];
        int length = 1 + random.below((int)std::min<double>(longest, size));
        int spared = 0;
        if (length > 1 && length < size && random.unit() < 0.5) {
            spared = 1;
            while (length + spared < size && random.unit() > 0.5) ++spared;
        }
        int whole = length + spared;
        int least = std::max(1, at - whole + 1), most = std::min(at, size - whole + 1);
        int from = least + random.below(most - least + 1);
        int gap = spared ? from + random.below(length) : 0;
        for (int i = from; i < from + whole; ++i)
            if (!spared || i < gap || i >= gap + spared) take_out_later(model.stops[nodes[i].stop].chain);
        return strings > 0;
    }

    void recreate(bool may_open) {
        order();
        std::vector<int>& waiting = queue_;
        waiting = absent;
        absent.clear();
        for (int c : waiting) {
            int64_t bound = may_open ? model.given.penalty[c] : INT64_MAX / 4;
            int chosen = -1;
            chosen_ = -1;
            ++round_;
            for (int v = 0; v < (int)work.tours.size(); ++v) {
                if (!mine[v] || !model.allows(c, v)) continue;
                if (!work.tours[v].size() && (!may_open || tried(model.vehicles[v].type))) continue;
                int64_t cost = look(c, v, bound);
                if (cost < bound) bound = cost, chosen = v;
            }
            if (chosen < 0) {
                absent.push_back(c);
                continue;
            }
            if (chosen_ != chosen) places_ = found(c, chosen, bound);
            if (places_.after.empty()) {
                absent.push_back(c);
                continue;
            }
            put_in(c, chosen, places_);
        }
    }

    Places places_;
    int chosen_ = -1;
    std::vector<int> queue_;

    // Of vehicles that are alike one empty one is enough to look at.
    bool tried(int type) {
        bool before = tried_[type] == round_;
        tried_[type] = round_;
        return before;
    }

    int64_t round_ = 0;
    std::vector<int64_t> tried_;

    // Additional cost of a chain in a tour; remembered until the tour changes. Now and then with blinks, not remembered.
    int64_t look(int c, int v, int64_t bound) {
        bool blinks = random.unit() < settings.blink;
        if (blinks) {
            Places one = insertion.search(c, v, bound, [&](int) { return random.unit() < 0.3; });
            if (one.cost < bound) places_ = one, chosen_ = v;
            return one.cost;
        }
        Known& known = known_[(size_t)c * work.tours.size() + v];
        uint64_t version = work.tours[v].version;
        // A remembered cost holds for any bound; a remembered failure only up to the bound it was sought under.
        if (known.version != version || (known.cost == INT64_MAX && known.bound < bound)) {
            Places one = insertion.search(c, v, bound, [](int) { return false; });
            known.version = version, known.cost = one.cost, known.bound = bound;
            known.first = known.second = -1;
            if (!one.after.empty()) known.first = one.after.front(), known.second = one.after.back();
            if (one.cost < bound) places_ = one, chosen_ = v;
        } else if (known.cost < bound) {
            chosen_ = -1;
        }
        return known.cost;
    }

    Places found(int c, int v, int64_t cost) {
        const Known& known = known_[(size_t)c * work.tours.size() + v];
        if (known.version == work.tours[v].version && known.cost == cost && model.size(c) <= 2) {
            Places places;
            places.after = {known.first};
            if (model.size(c) == 2) places.after.push_back(known.second);
            return places;
        }
        return insertion.search(c, v, cost + 1, [](int) { return false; });
    }

    // The order in which chains come back: at random, or by a key.
    void order() {
        if (absent.size() < 2) return;
        keys_.resize(model.chains);
        int way = random.below(20);
        for (int c : absent) {
            const Stop &first = model.stops[model.begin(c)], &last = model.stops[model.end(c) - 1];
            const Vehicle& any = model.vehicles[0];
            double far = model.arc(any, any.start, first.place).cost + model.arc(any, any.start, last.place).cost;
            double key;
            if (way < 6) key = random.unit();
            else if (way < 8) key = -far;
            else if (way < 9) key = far;
            else if (way < 12) key = width(first) + width(last);
            else if (way < 14) key = opening(first);
            else if (way < 16) key = -last.latest;
            else if (way < 18) key = -model.arc(any, first.place, last.place).cost;
            else key = -(double)first.load[0];
            keys_[c] = key;
        }
        std::sort(absent.begin(), absent.end());
        std::stable_sort(absent.begin(), absent.end(), [&](int a, int b) { return keys_[a] < keys_[b]; });
    }

    std::vector<double> keys_;

    double width(const Stop& stop) const { return (double)stop.latest - opening(stop); }
    double opening(const Stop& stop) const { return stop.last > stop.first ? model.segments[stop.first].from : 0; }
};

}  // namespace errands
