// Granular lists (Toth & Vigo 2003): for each client the clients worth standing next to.
#pragma once
#include <numeric>
#include <thread>

#include "instance.hpp"

namespace paotui {

struct Near {
    int32_t client, distance;
};

struct Neighbours {
    int granular = 0, around = 0;
    std::vector<Near> before;      // granular a client: good predecessors, with their distance to it
    std::vector<Near> after;       // good successors; the same list as `before` when empty
    std::vector<int32_t> nearest;  // around a client: nearest first, for ruining
    double mean = 1.0;             // mean distance to the nearest neighbour

    const Near* predecessors(int c) const { return before.data() + static_cast<size_t>(c) * granular; }
    const Near* successors(int c) const { return (after.empty() ? before : after).data() + static_cast<size_t>(c) * granular; }
    const int32_t* ring(int c) const { return nearest.data() + static_cast<size_t>(c) * around; }
};

using Ranked = std::vector<std::pair<double, int>>;

// How badly `b` follows `a`: distance, waiting and time warp (Vidal et al. 2013).
template <class Metric, class Times>
double proximity(const Instance& in, const Metric& d, const Times& t, int a, int b) {
    double value = d(a, b);
    if (in.windows) {
        const Client &x = in.clients[a], &y = in.clients[b];
        const double travel = x.service + t(a, b);
        value += 0.2 * std::max(0.0, y.open - travel - x.close) + std::max(0.0, x.open + travel - y.close);
    }
    return value;
}

// Buckets of a grid over the coordinates, so that lists of large problems need not look at every pair.
class Grid {
  public:
    Grid(const Instance& in, int per_cell) : in_(in) {
        x0_ = y0_ = 1e300;
        double x1 = -1e300, y1 = -1e300;
        for (int c = 0; c < in.n; ++c) {
            x0_ = std::min(x0_, in.xy[2 * c]), x1 = std::max(x1, in.xy[2 * c]);
            y0_ = std::min(y0_, in.xy[2 * c + 1]), y1 = std::max(y1, in.xy[2 * c + 1]);
        }
        side_ = std::max(1, static_cast<int>(std::sqrt(in.n / static_cast<double>(per_cell))));
        cell_ = std::max({(x1 - x0_) / side_, (y1 - y0_) / side_, 1e-9}) * 1.0001;
        cells_.resize(static_cast<size_t>(side_) * side_);
        for (int c = 0; c < in.n; ++c) cells_[index(column(c), row(c))].push_back(c);
    }

    // At least `wanted` clients around c (all of them when there are fewer), nearest rings of cells first.
    void around(int c, int wanted, std::vector<int>& out) const {
        out.clear();
        const int cx = column(c), cy = row(c);
        bool last = false;
        for (int r = 0; r <= side_; ++r) {
            for (int y = cy - r; y <= cy + r; ++y)
                for (int x = cx - r; x <= cx + r; ++x) {
                    if (std::max(std::abs(x - cx), std::abs(y - cy)) != r || x < 0 || y < 0 || x >= side_ || y >= side_) continue;
                    for (int other : cells_[index(x, y)])
                        if (other != c) out.push_back(other);
                }
            if (last) return;
            last = static_cast<int>(out.size()) >= wanted;  // one ring more: corners
        }
    }

  private:
    int column(int c) const { return std::min(side_ - 1, static_cast<int>((in_.xy[2 * c] - x0_) / cell_)); }
    int row(int c) const { return std::min(side_ - 1, static_cast<int>((in_.xy[2 * c + 1] - y0_) / cell_)); }
    size_t index(int x, int y) const { return static_cast<size_t>(y) * side_ + x; }

    const Instance& in_;
    double x0_, y0_, cell_;
    int side_;
    std::vector<std::vector<int>> cells_;
};

// Ranked by ways and times; lists tell what the way costs. A published plan makes all ways from a client dearer but one:
// whoever is near without it is near with it.
template <class Metric, class Times, class Costs>
class NeighbourBuilder {
  public:
    NeighbourBuilder(const Instance& in, const Metric& d, const Times& t, const Costs& cost, int granular, int around)
        : in_(in), d_(d), t_(t), cost_(cost), directed_(!in.from.empty()), published_(!in.follower.empty()) {
        out.granular = std::min(granular, in.n - 1);
        out.around = std::min(around, in.n - 1);
        out.before.resize(static_cast<size_t>(in.n) * out.granular);
        if (!in.symmetric()) out.after.resize(out.before.size());
        out.nearest.resize(static_cast<size_t>(in.n) * out.around);
        preceding_.assign(in.n, ALONE);
        for (size_t c = 0; c < in.follower.size(); ++c)
            if (in.follower[c] >= 0) preceding_[in.follower[c]] = static_cast<int>(c);
    }

    Neighbours build(int threads) {
        if (in_.n < 2) return std::move(out);
        const bool large = in_.n > 1500 && !in_.xy.empty();
        if (large) grid_.emplace_back(in_, 12);
        std::vector<double> sums(threads, 0.0);
        std::vector<std::thread> pool;
        for (int k = 0; k < threads; ++k) pool.emplace_back([&, k] { part(k, threads, sums[k]); });
        for (auto& one : pool) one.join();
        out.mean = std::max(1.0, std::accumulate(sums.begin(), sums.end(), 0.0) / in_.n) * (published_ ? in_.rate : 1);
        return std::move(out);
    }

    Neighbours out;

  private:
    double follows(int a, int b) const { return proximity(in_, d_, t_, a, b); }

    void part(int first, int step, double& sum) {
        std::vector<int> candidates;
        Ranked ranked;
        for (int c = first; c < in_.n; c += step) {
            if (grid_.empty()) {
                candidates.clear();
                for (int o = 0; o < in_.n; ++o)
                    if (o != c) candidates.push_back(o);
            } else {
                grid_[0].around(c, std::max(out.around, in_.windows ? 8 * out.granular : out.granular), candidates);
            }
            rank(candidates, ranked, out.around, [&](int o) { return std::min<double>(d_(c, o), d_(o, c)); });
            for (int k = 0; k < out.around; ++k) out.nearest[static_cast<size_t>(c) * out.around + k] = ranked[k].second;
            sum += std::max(1.0, ranked[0].first);
            rank(candidates, ranked, out.granular, [&](int o) { return directed_ ? follows(o, c) : std::min(follows(o, c), follows(c, o)); });
            list(out.before, c, ranked, preceding_[c], [&](int o) { return cost_(o, c); });
            if (out.after.empty()) continue;
            if (directed_) rank(candidates, ranked, out.granular, [&](int o) { return follows(c, o); });
            list(out.after, c, ranked, published_ ? in_.follower[c] : ALONE, [&](int o) { return cost_(c, o); });
        }
    }

    // Those ranked, and in any case the one published as next to c.
    template <class Distance>
    void list(std::vector<Near>& lists, int c, const Ranked& ranked, int published, Distance distance) const {
        Near* to = lists.data() + static_cast<size_t>(c) * out.granular;
        bool there = published < 0;
        for (int k = 0; k < out.granular; ++k) to[k] = {ranked[k].second, distance(ranked[k].second)}, there |= ranked[k].second == published;
        if (!there) to[out.granular - 1] = {published, distance(published)};
    }

    template <class Value>
    void rank(const std::vector<int>& candidates, Ranked& ranked, int wanted, Value value) {
        ranked.clear();
        for (int o : candidates) ranked.emplace_back(value(o), o);
        std::nth_element(ranked.begin(), ranked.begin() + wanted, ranked.end());  // no two are equal: the order is one
        std::sort(ranked.begin(), ranked.begin() + wanted);
    }

    const Instance& in_;
    const Metric& d_;
    const Times& t_;
    const Costs& cost_;
    const bool directed_, published_;
    std::vector<int> preceding_;
    std::vector<Grid> grid_;
};

}  // namespace paotui
