// What the cheapest route at given prices is made of: arcs at reduced cost, one resource that orders the labels and one
// that is only kept. Clients are 0 … n − 1, n is the base: row n leaves it, column n comes back to it.
#pragma once
#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

namespace paotui::bounds {

constexpr double NEVER = std::numeric_limits<double>::infinity();

// A resource grows along an arc, is raised to `first` on arrival and may not be above `last`.
struct Resource {
    const int32_t* grows = nullptr;  // (n + 1)² along arcs, or n + 1 on arrival where `by_client`
    bool by_client = false;
    std::vector<int32_t> first, last;  // n + 1; at the base: on leaving, on coming back

    bool there() const { return grows != nullptr; }
    // The value on arriving at b, or −1 where that is too late.
    int32_t after(int32_t value, int a, int b, int width) const {
        const int64_t reached = int64_t{value} + (by_client ? grows[b] : grows[static_cast<size_t>(a) * width + b]);
        const int64_t begun = std::max<int64_t>(reached, first[b]);
        return begun > last[b] ? -1 : static_cast<int32_t>(begun);
    }
};

struct Pricing {
    int n = 0;
    std::vector<double> cost;  // (n + 1)² reduced: the price of serving b is taken off on arrival
    Resource main, side;       // `main` grows by at least `step` on every arc between clients
    int32_t step = 1, steps = 1;
    const int32_t* near = nullptr;  // n × memory: clients that remember a visit here; −1 fills up
    int memory = 0;
    int keep = 8;          // labels a client and step
    bool exact = true;     // what is too much is merged (a relaxation), else dropped

    double arc(int a, int b) const { return cost[static_cast<size_t>(a) * (n + 1) + b]; }
    int at(int32_t value) const { return (value - main.first[n]) / step; }
    int32_t floor_of(int step_number) const { return main.first[n] + step_number * step; }
};

// The arcs out of every client, the cheapest first, those in vain left out: looking on ends where the rest costs too much.
struct Arc {
    double cost;
    int32_t to;
};

class Arcs {
  public:
    explicit Arcs(const Pricing& p) : starts(p.n + 1, 0) {
        for (int c = 0; c < p.n; ++c) {
            for (int k = 0; k < p.n; ++k)
                if (p.arc(c, k) < NEVER && p.main.after(std::max(p.main.first[c], p.main.first[p.n]), c, k, p.n + 1) >= 0) arcs.push_back({p.arc(c, k), k});
            starts[c + 1] = arcs.size();
            std::sort(arcs.begin() + starts[c], arcs.end(), [](const Arc& a, const Arc& b) { return a.cost != b.cost ? a.cost < b.cost : a.to < b.to; });
        }
    }
    const Arc* begin(int c) const { return arcs.data() + starts[c]; }
    const Arc* end(int c) const { return arcs.data() + starts[c + 1]; }

  private:
    std::vector<Arc> arcs;
    std::vector<size_t> starts;
};

struct Walk {
    double cost;
    bool loose;  // a route of the relaxation only
    std::vector<int32_t> clients;
};

}  // namespace paotui::bounds
