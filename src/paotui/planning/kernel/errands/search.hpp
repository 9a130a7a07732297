// Ruin and recreate by slack induction by string removals (Christiaens and Vanden Berghe, Transportation Science 2020):
// whole chains leave and come back together; simulated annealing; what changed is undone, nothing else is copied.
#pragma once
#include <cmath>
#include <numeric>

#include "tour.hpp"

namespace errands {

struct Settings {  // see params.py
    double hot, cold, removed, longest, blink, fleet;
    int64_t seed;
    int32_t threads, halves, pad;
};

// One way to do the chains: what is kept of a search besides its working state.
struct Answer {
    int64_t cost = INT64_MAX;
    std::vector<std::vector<int>> stops;  // by vehicle
};

class Search {
  public:
    Search(const Model& model, const Settings& settings, const std::vector<std::vector<int>>& near, int64_t seed,
           int worker)
        : work(model), model(model), settings(settings), near_(near), random_(seed), worker_(worker),
          where(model.chains, -1), known_((size_t)model.chains * model.vehicles.size()), ruined_(model.vehicles.size()),
          mine(model.vehicles.size(), 1), blamed_(model.chains, 0) {
        absent.resize(model.chains);
        std::iota(absent.begin(), absent.end(), 0);
        for (int c = 0; c < model.chains; ++c) penalties += model.given.penalty[c];
    }

    Tours work;
    const Model& model;
    const Settings& settings;

  private:
    const std::vector<std::vector<int>>& near_;
    Random random_;
    int worker_;
    struct Known {
        uint64_t version = UINT64_MAX;
        int64_t cost;
        int32_t first, second;
        int64_t bound;
    };

  public:
    std::vector<int> where;   // vehicle of a chain, -1: not served
    std::vector<int> absent;
    int64_t penalties = 0, driven = 0;
    int64_t iterations = 0;

    int64_t cost() const { return driven + penalties; }

  private:
    std::vector<Known> known_;
    std::vector<char> ruined_;

  public:
    std::vector<char> mine;  // vehicles this worker may touch
    Answer best;

    void start(const std::vector<std::vector<int>>& stops) {
        for (int v = 0; v < (int)stops.size(); ++v) {
            if (stops[v].empty()) continue;
            touch(v);
            auto& nodes = work.tours[v].nodes;
            nodes.resize(stops[v].size() + 2);
            for (size_t i = 0; i < stops[v].size(); ++i) nodes[i + 1].stop = stops[v][i];
            driven -= work.tours[v].cost;
            work.refresh(v);
            driven += work.tours[v].cost;
            for (int s : stops[v])
                if (where[model.stops[s].chain] < 0) {
                    where[model.stops[s].chain] = v;
                    std::erase(absent, model.stops[s].chain);
                    penalties -= model.given.penalty[model.stops[s].chain];
                }
        }
        saved_.clear(), count_ = 0;
    }

    // Serve what can be served, best place first come.
    void construct() {
        remember();
        recreate(true);
        keep_if_best();
    }

    void keep_if_best() {
        if (cost() < best.cost) keep();
    }

    void keep() {
        best.cost = cost();
        best.stops.resize(work.tours.size());
        for (size_t v = 0; v < work.tours.size(); ++v) {
            const auto& nodes = work.tours[v].nodes;
            best.stops[v].clear();
            for (size_t i = 1; i + 1 < nodes.size(); ++i) best.stops[v].push_back(nodes[i].stop);
        }
    }

    // One step of the annealing at a temperature; true when the best got better.
    bool step(double temperature) {
        int64_t before = cost();
        ++iterations;
        remember();
        pass_over();
        ruin();
        recreate(true);
        absent.insert(absent.end(), passed_.begin(), passed_.end());
        passed_.clear();
        if ((double)cost() >= (double)before - temperature * std::log(std::max(random_.unit(), 1e-300))) {
            undo();
            return false;
        }
        if (cost() >= best.cost) return false;
        keep();
        return true;
    }

    // One step towards a tour less: chains left out are blamed, and who is blamed least stays out (the fleet
    // minimisation of the same paper). True when nothing is left out any more.
    bool step_fleet(double temperature) {
        size_t out = absent.size();
        int64_t blame = blamed(absent), before = driven;
        ++iterations;
        blaming_ = true;
        remember();
        ruin(!absent.empty() && random_.unit() < 0.7);
        recreate(false);
        int64_t now = blamed(absent);
        bool fewer = now < blame;
        bool equal = absent.size() <= out && now <= blame &&
                     (double)driven < (double)before - temperature * std::log(std::max(random_.unit(), 1e-300));
        blaming_ = false;
        for (int c : absent) ++blamed_[c];
        if (!fewer && !equal) undo();
        return absent.empty();
    }

    // Give up the tour whose chains are blamed least.
    bool drop_tour() {
        int chosen = -1;
        int64_t least = INT64_MAX;
        for (int v = 0; v < (int)work.tours.size(); ++v) {
            if (!work.tours[v].size()) continue;
            int64_t sum = 0;
            for (auto& node : work.tours[v].nodes)
                if (node.stop >= 0) sum += 1 + blamed_[model.stops[node.stop].chain];
            if (sum < least) least = sum, chosen = v;
        }
        if (chosen < 0) return false;
        remember();
        for (int c : chains_of(chosen)) take_out_later(c);
        apply_removals();
        return true;
    }

    int used() const {
        int count = 0;
        for (auto& tour : work.tours) count += tour.size() > 0;
        return count;
    }

    std::vector<int> chains_of(int v) const {
        std::vector<int> found;
        for (auto& node : work.tours[v].nodes)
            if (node.stop >= 0 && node.stop == model.begin(model.stops[node.stop].chain))
                found.push_back(model.stops[node.stop].chain);
        return found;
    }

    // Take over the tour of another search.
    void adopt(int v, const Search& other) {
        if (work.tours[v].version == other.work.tours[v].version) return;
        driven += other.work.tours[v].cost - work.tours[v].cost;
        work.tours[v] = other.work.tours[v];
        for (int i = 1; i <= work.tours[v].size(); ++i) work.position[work.tours[v].nodes[i].stop] = i;
    }

    void adopt_all(const Search& other) {
        for (int v = 0; v < (int)work.tours.size(); ++v) adopt(v, other);
        count_absent();
    }

    void count_absent() {
        std::fill(where.begin(), where.end(), -1);
        for (int v = 0; v < (int)work.tours.size(); ++v)
            for (auto& node : work.tours[v].nodes)
                if (node.stop >= 0) where[model.stops[node.stop].chain] = v;
        absent.clear(), penalties = 0;
        for (int c = 0; c < model.chains; ++c)
            if (where[c] < 0) absent.push_back(c), penalties += model.given.penalty[c];
    }

    // Chains out of reach of this worker while the tours are shared out: they stay as they are.
    void set_aside(const std::vector<char>& chains) {
        aside_.clear();
        std::erase_if(absent, [&](int c) { return chains[c] ? (aside_.push_back(c), true) : false; });
    }

  private:
    static constexpr size_t TRIED = 8;  // of those long left out, in one iteration
    std::vector<int> passed_;

    // Where many are left out, only some, drawn anew each time, look for a place.
    void pass_over() {
        passed_.clear();
        if (absent.size() <= TRIED) return;
        for (size_t k = 0; k < TRIED; ++k)
            std::swap(absent[k], absent[k + (size_t)random_.below((int)(absent.size() - k))]);
        passed_.assign(absent.begin() + TRIED, absent.end());
        absent.resize(TRIED);
    }

    std::vector<int64_t> blamed_;
    bool blaming_ = false;
    std::vector<int> aside_;
    struct Saved {
        int v;
        Tour tour;
    };
    std::vector<Saved> saved_;
    size_t count_ = 0;
    std::vector<int> absent_before_, out_;
    int64_t penalties_before_ = 0, driven_before_ = 0;
    std::vector<char> leaving_;
    uint64_t versions_ = 0;

    int64_t blamed(const std::vector<int>& chains) const {
        int64_t sum = 0;
        for (int c : chains) sum += 1 + blamed_[c];
        return sum;
    }

    void remember() {
        count_ = 0;
        absent_before_ = absent;
        penalties_before_ = penalties, driven_before_ = driven;
    }

    void touch(int v) {
        bool there = false;
        for (size_t k = 0; k < count_; ++k) there |= saved_[k].v == v;
        if (!there) {
            if (count_ == saved_.size()) saved_.emplace_back();
            saved_[count_].v = v;
            saved_[count_].tour = work.tours[v];
            ++count_;
        }
        work.tours[v].version = ++versions_ * 16 + worker_ + 1;
    }

    void undo() {
        for (size_t k = 0; k < count_; ++k)
            for (auto& node : work.tours[saved_[k].v].nodes)
                if (node.stop >= 0) where[model.stops[node.stop].chain] = -1;
        for (size_t k = 0; k < count_; ++k) {
            Tour& tour = work.tours[saved_[k].v];
            std::swap(tour, saved_[k].tour);
            for (int i = 1; i <= tour.size(); ++i) {
                int s = tour.nodes[i].stop;
                work.position[s] = i;
                where[model.stops[s].chain] = saved_[k].v;
            }
        }
        absent = absent_before_;
        penalties = penalties_before_, driven = driven_before_;
    }

    // Strings of stops near a seed leave, one a tour, and with each stop its whole chain.
    void ruin(bool near_absent = false) {
        double stops = 0, tours = 0;
        for (size_t v = 0; v < work.tours.size(); ++v)
            if (mine[v] && work.tours[v].size()) stops += work.tours[v].size(), ++tours;
        if (!tours) return;
        double longest = std::min(settings.longest, std::max(1.0, stops / tours));
        double most = std::max(1.0, 4 * settings.removed / (1 + longest) - 1);
        int strings = (int)(random_.unit() * most + 1);
        int seed = random_.below(model.n);
        if (near_absent) {  // make room where somebody waits
            int chain = absent[random_.below((int)absent.size())];
            seed = model.begin(chain) + random_.below(model.size(chain));
        } else for (int tries = 0; tries < 50 && !in_reach(seed); ++tries) seed = random_.below(model.n);
        std::fill(ruined_.begin(), ruined_.end(), 0);
        leaving_.assign(model.chains, 0);
        out_.clear();
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
        if (v < 0 || !mine[v] || ruined_[v] || leaving_[model.stops[s].chain]) return strings > 0;
        ruined_[v] = 1, --strings;
        auto& nodes = work.tours[v].nodes;
        int size = work.tours[v].size(), at = work.position[s];
        int length = 1 + random_.below((int)std::min<double>(longest, size));
        int spared = 0;
        if (length > 1 && length < size && random_.unit() < 0.5) {
            spared = 1;
            while (length + spared < size && random_.unit() > 0.5) ++spared;
        }
        int whole = length + spared;
        int least = std::max(1, at - whole + 1), most = std::min(at, size - whole + 1);
        int from = least + random_.below(most - least + 1);
        int gap = spared ? from + random_.below(length) : 0;
        for (int i = from; i < from + whole; ++i)
            if (!spared || i < gap || i >= gap + spared) take_out_later(model.stops[nodes[i].stop].chain);
        return strings > 0;
    }

    void take_out_later(int chain) {
        if (leaving_.empty()) leaving_.assign(model.chains, 0);
        if (leaving_[chain]) return;
        leaving_[chain] = 1;
        out_.push_back(chain);
    }

    void apply_removals() {
        for (int c : out_) {
            int v = where[c];
            if (v < 0) continue;
            auto& nodes = work.tours[v].nodes;
            driven -= work.tours[v].cost;
            touch(v);
            std::erase_if(nodes, [&](const Node& node) {
                return node.stop >= 0 && leaving_[model.stops[node.stop].chain];
            });
            for (int other : out_)
                if (where[other] == v) {
                    where[other] = -1;
                    absent.push_back(other), penalties += model.given.penalty[other];
                }
            work.refresh(v);
            if (!work.tours[v].size()) work.tours[v].version = 0, work.tours[v].cost = 0;
            driven += work.tours[v].cost;
        }
        out_.clear();
        leaving_.clear();
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
            driven -= work.tours[chosen].cost;
            touch(chosen);
            work.insert(c, chosen, places_);
            driven += work.tours[chosen].cost;
            where[c] = chosen;
            penalties -= model.given.penalty[c];
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
    std::vector<int64_t> tried_ = std::vector<int64_t>(model.vehicles.size(), 0);

    // Additional cost of a chain in a tour; remembered until the tour changes. Now and then with blinks, not remembered.
    int64_t look(int c, int v, int64_t bound) {
        bool blinks = random_.unit() < settings.blink;
        if (blinks) {
            Places one = work.search(c, v, bound, [&](int) { return random_.unit() < 0.3; });
            if (one.cost < bound) places_ = one, chosen_ = v;
            return one.cost;
        }
        Known& known = known_[(size_t)c * work.tours.size() + v];
        uint64_t version = work.tours[v].version;
        // A remembered cost holds for any bound; a remembered failure only up to the bound it was sought under.
        if (known.version != version || (known.cost == INT64_MAX && known.bound < bound)) {
            Places one = work.search(c, v, bound, [](int) { return false; });
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
        return work.search(c, v, cost + 1, [](int) { return false; });
    }

    // The order in which chains come back: at random, or by a key.
    void order() {
        if (absent.size() < 2) return;
        keys_.resize(model.chains);
        int way = random_.below(20);
        for (int c : absent) {
            const Stop &first = model.stops[model.begin(c)], &last = model.stops[model.end(c) - 1];
            const Vehicle& any = model.vehicles[0];
            double far = model.arc(any, any.start, first.place).cost + model.arc(any, any.start, last.place).cost;
            double key;
            if (blaming_ && way < 10) key = -(double)blamed_[c] * (way < 5 ? 1 : random_.unit());
            else if (way < 6) key = random_.unit();
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
