// The cheapest tour of one kind of inspector on one day, where each site visited earns its dual price: labels in order
// of time, dominated by (time, cost, remembered sites). With memories of nearby sites only (ng-routes: Baldacci,
// Mingozzi & Roberti, Operations Research 2011) it is a relaxation; with full memories tours are elementary.
#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

namespace inspections {

struct Tour {
    double cost;
    std::vector<int32_t> sites;
};

struct Pricing {
    using Mask = unsigned __int128;

    int sites;                   // local numbers; the office is number `sites`
    const int32_t* travel;       // (sites + 1)²
    const int32_t* stay;
    const int32_t* window_ptr;   // sites + 1; starts allowed, in order
    const int32_t *low, *high;
    const double* price;
    const uint64_t* memory;      // sites × 2 words
    int32_t open, close;
    int64_t labels_limit;
    bool rough;                  // dominate without looking at memories: fast, and misses tours

    // Tours below `threshold`, the cheapest first, at most `most`; `best` is the least cost of all. False: too many labels.
    bool run(double threshold, int most, double& best, std::vector<Tour>& found) {
        at_node.assign(sites, {});
        buckets.assign(size_t(std::max(0, close - open)) / WIDTH + 2, {});
        labels.clear();
        ends.clear();
        best = 0;
        extend(-1, sites, open, 0, 0);
        for (size_t b = 0; b < buckets.size(); b++)
            for (size_t i = 0; i < buckets[b].size(); i++) {
                int one = buckets[b][i];
                if (labels[one].dead) continue;
                const Label label = labels[one];
                double whole = label.cost + travel[size_t(label.node) * (sites + 1) + sites];
                best = std::min(best, whole);
                if (whole < threshold) ends.push_back({whole, one});
                extend(one, label.node, label.ready, label.cost, label.mask);
                if (int64_t(labels.size()) > labels_limit) return false;
            }
        collect(most, found);
        return true;
    }

    // What a run works on.
    static constexpr int WIDTH = 60;  // no stay is shorter
    struct Label {
        Mask mask;
        double cost;
        int32_t ready, node, before;
        bool dead;
    };
    std::vector<Label> labels;
    std::vector<std::vector<int32_t>> at_node, buckets;
    std::vector<std::pair<double, int32_t>> ends;

    Mask remembered(int site) const { return Mask(memory[2 * site]) | Mask(memory[2 * site + 1]) << 64; }

    void extend(int from, int node, int32_t ready, double cost, Mask mask) {
        for (int j = 0; j < sites; j++) {
            if (mask >> j & 1) continue;
            int32_t leg = travel[size_t(node) * (sites + 1) + j], begin = start(j, ready + leg);
            if (begin < 0 || begin + stay[j] + travel[size_t(j) * (sites + 1) + sites] > close) continue;
            add({(mask & remembered(j)) | Mask(1) << j, cost + leg - price[j], begin + stay[j], j, from, false});
        }
    }

    int32_t start(int site, int32_t arrival) const {
        int32_t earliest = -1;
        for (int w = window_ptr[site]; w < window_ptr[site + 1]; w++)
            if (arrival <= high[w]) {
                int32_t here = std::max(arrival, low[w]);
                if (earliest < 0 || here < earliest) earliest = here;
            }
        return earliest;
    }

    void add(const Label& fresh) {
        auto& list = at_node[fresh.node];
        size_t kept = 0;
        for (size_t i = 0; i < list.size(); i++) {
            Label& other = labels[list[i]];
            if (other.ready <= fresh.ready && other.cost <= fresh.cost + 1e-9 && (rough || !(other.mask & ~fresh.mask))) return;
        }
        for (size_t i = 0; i < list.size(); i++) {
            Label& other = labels[list[i]];
            if (fresh.ready <= other.ready && fresh.cost <= other.cost && (rough || !(fresh.mask & ~other.mask))) other.dead = true;
            else list[kept++] = list[i];
        }
        list.resize(kept);
        list.push_back(int32_t(labels.size()));
        buckets[size_t(fresh.ready - open) / WIDTH].push_back(int32_t(labels.size()));
        labels.push_back(fresh);
    }

    void collect(int most, std::vector<Tour>& found) {
        std::sort(ends.begin(), ends.end());
        std::vector<int> used(sites, 0);
        for (auto [cost, label] : ends) {
            if (int(found.size()) >= most) break;
            Tour tour{cost, {}};
            for (int i = label; i >= 0; i = labels[i].before) tour.sites.push_back(labels[i].node);
            // Tours that differ enough: no site in more than a third of them, unless there are few.
            bool often = false;
            for (int s : tour.sites) often |= used[s] > most / 3 + 1;
            if (often) continue;
            for (int s : tour.sites) used[s]++;
            std::reverse(tour.sites.begin(), tour.sites.end());
            found.push_back(std::move(tour));
        }
    }
};

}  // namespace inspections
