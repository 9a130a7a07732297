// What a search works on: tours, who is left out, what it costs; taking chains out, and undoing what was changed.
#pragma once
#include <numeric>

#include "answer.hpp"
#include "insertion.hpp"

namespace errands {

class Working {
  public:
    Working(const Model& model, int worker)
        : work(model), model(model), insertion(work), where(model.chains, -1), mine(model.vehicles.size(), 1), worker_(worker) {
        absent.resize(model.chains);
        std::iota(absent.begin(), absent.end(), 0);
        for (int c = 0; c < model.chains; ++c) penalties += model.given.penalty[c];
    }

    Tours work;
    const Model& model;
    Insertion insertion;
    std::vector<int> where;   // vehicle of a chain, -1: not served
    std::vector<int> absent;
    int64_t penalties = 0, driven = 0;
    std::vector<char> mine;  // vehicles this worker may touch
    Answer best;

    int64_t cost() const { return driven + penalties; }

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
    void adopt(int v, const Working& other) {
        if (work.tours[v].version == other.work.tours[v].version) return;
        driven += other.work.tours[v].cost - work.tours[v].cost;
        work.tours[v] = other.work.tours[v];
        for (int i = 1; i <= work.tours[v].size(); ++i) work.position[work.tours[v].nodes[i].stop] = i;
    }

    void adopt_all(const Working& other) {
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

    bool is_leaving(int chain) const { return !leaving_.empty() && leaving_[chain]; }

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

    // Put a chain where `insertion` found room for it.
    void put_in(int chain, int v, const Places& places) {
        driven -= work.tours[v].cost;
        touch(v);
        insertion.insert(chain, v, places);
        driven += work.tours[v].cost;
        where[chain] = v;
        penalties -= model.given.penalty[chain];
    }

  private:
    struct Saved {
        int v;
        Tour tour;
    };
    int worker_;
    std::vector<int> aside_;
    std::vector<Saved> saved_;
    size_t count_ = 0;
    std::vector<int> absent_before_, out_;
    int64_t penalties_before_ = 0, driven_before_ = 0;
    std::vector<char> leaving_;
    uint64_t versions_ = 0;
};

}  // namespace errands
