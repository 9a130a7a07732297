// Which stops are near which: way, waiting and lateness weighed as Vidal et al. (2013) do; and what an arc costs.
#pragma once
#include <numeric>

#include "solution.hpp"

namespace rich {

class Neighbours {
    std::vector<int32_t> list;
    int width;

    static constexpr double ELSEWHERE = 1e12;  // farther than anything; nearer ones still come first
    static constexpr double CROWDED = 4;       // stops a location, at most, by which lists grow

    // Where many stops share a location, its own crowd may not fill the list of a stop.
    static int wide(const RichProblem& q, int wanted) {
        std::vector<uint8_t> seen(q.locations, 0);
        int places = 0;
        for (int j = 0; j < q.n; ++j) places += !seen[q.loc[j]], seen[q.loc[j]] = 1;
        const double crowd = std::min(CROWDED, static_cast<double>(q.n) / std::max(1, places));
        return std::max(0, std::min(static_cast<int>(wanted * crowd), q.n - 1));
    }

  public:
    double arc = 0;  // mean price of the way to the nearest neighbour

    // Of stops that some vehicle may serve together with it, or of all where `eligible` is null.
    Neighbours(const RichProblem& q, const Eligible* eligible, int wanted) : width(wide(q, wanted)) {
        list.resize(static_cast<size_t>(q.n) * width);
        if (q.n < 2 || !q.vehicles || !wanted) return;
        double metre = 0, second = 0;
        for (int v = 0; v < q.vehicles; ++v) metre += q.per_metre[v], second += q.per_second[v];
        metre /= q.vehicles, second /= q.vehicles;
        const bool priced = metre > 0 || second > 0;
        const int32_t *d = q.distance[q.profile[0]], *t = q.duration[q.profile[0]];
        std::vector<double> far(q.n);
        std::vector<int32_t> order(q.n);
        for (int a = 0; a < q.n; ++a) {
            double nearest = 1e300;
            for (int b = 0; b < q.n; ++b) {
                const int64_t there = static_cast<int64_t>(q.loc[a]) * q.locations + q.loc[b];
                const int64_t back = static_cast<int64_t>(q.loc[b]) * q.locations + q.loc[a];
                const double price = metre * std::min(d[there], d[back]) + second * std::min(t[there], t[back]);
                const double way = priced ? price : std::min(t[there], t[back]);
                const double unit = metre > 0 ? metre : priced ? second : 1;
                far[b] = way + unit * std::min(awkward(q, a, b, t[there]), awkward(q, b, a, t[back]));
                if (eligible && !eligible->together(a, b)) far[b] += ELSEWHERE;
                if (b != a && q.loc[a] != q.loc[b]) nearest = std::min(nearest, price);
            }
            far[a] = 1e301;
            if (nearest < 1e299) arc += nearest / q.n;
            std::iota(order.begin(), order.end(), 0);
            const auto closer = [&](int x, int y) { return far[x] < far[y] || (far[x] == far[y] && x < y); };
            std::partial_sort(order.begin(), order.begin() + width, order.end(), closer);
            std::copy_n(order.begin(), width, list.begin() + static_cast<size_t>(a) * width);
        }
    }
    const int32_t* begin(int j) const { return list.data() + static_cast<size_t>(j) * width; }
    const int32_t* end(int j) const { return begin(j) + width; }
    int size() const { return width; }

  private:
    // Waiting and lateness when b comes right after a, in seconds.
    static double awkward(const RichProblem& q, int a, int b, int32_t way) {
        const int32_t *wa = q.window + 2 * q.window_at[a], *wb = q.window + 2 * q.window_at[b];
        const int32_t last_a = q.window[2 * q.window_at[a + 1] - 1], last_b = q.window[2 * q.window_at[b + 1] - 1];
        const double wait = std::max(0.0, static_cast<double>(wb[0]) - way - q.service[a] - last_a);
        const double late = std::max(0.0, static_cast<double>(wa[0]) + q.service[a] + way - last_b);
        return 0.2 * wait + late;
    }
};

}  // namespace rich
