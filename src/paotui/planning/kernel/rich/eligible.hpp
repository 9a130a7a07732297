// Who may serve what, told once: stops that the same vehicles may serve are a group, with the classes of these vehicles.
#pragma once
#include <algorithm>
#include <cstdint>
#include <map>
#include <vector>

#include "problem.hpp"

namespace rich {

class Eligible {
    static constexpr size_t MOST = 3000;  // groups whose pairs are written down
    std::vector<int32_t> group;        // by stop
    std::vector<std::vector<int32_t>> classes, stationed;
    std::vector<uint8_t> shares;  // group × group

  public:
    explicit Eligible(const RichProblem& q) : group(q.n, 0) {
        int kinds = 0;
        for (int v = 0; v < q.vehicles; ++v) kinds = std::max(kinds, q.kind[v] + 1);
        const size_t words = static_cast<size_t>(kinds) / 64 + 1;
        std::map<std::vector<uint64_t>, int32_t> known;
        std::vector<uint64_t> row(words);
        for (int j = 0; j < q.n; ++j) {
            std::fill(row.begin(), row.end(), 0);
            for (int k = 0; k < kinds; ++k)
                if (q.fit[static_cast<int64_t>(k) * q.n + j]) row[static_cast<size_t>(k) / 64] |= 1ULL << (k % 64);
            group[j] = known.emplace(row, static_cast<int32_t>(known.size())).first->second;
        }
        classes.resize(known.size()), stationed.resize(known.size());
        for (const auto& [may, g] : known) list(q, may, g);
        if (known.size() > MOST) return;
        shares.resize(known.size() * known.size());
        for (const auto& [a, g] : known)
            for (const auto& [b, h] : known)
                for (size_t w = 0; w < words; ++w)
                    if (a[w] & b[w]) shares[static_cast<size_t>(g) * known.size() + static_cast<size_t>(h)] = 1;
    }
    int32_t group_of(int j) const { return group[j]; }
    // Classes of interchangeable vehicles that may serve stop j, and vehicles that may and use stations.
    const std::vector<int32_t>& classes_of(int j) const { return classes[group[j]]; }
    const std::vector<int32_t>& stationed_of(int j) const { return stationed[group[j]]; }
    // May some vehicle serve both?
    bool together(int a, int b) const {
        return shares.empty() || shares[static_cast<size_t>(group[a]) * classes.size() + static_cast<size_t>(group[b])];
    }

  private:
    void list(const RichProblem& q, const std::vector<uint64_t>& may, int32_t g) {
        std::vector<uint8_t> seen(static_cast<size_t>(q.vehicles) + 1, 0);
        for (int v = 0; v < q.vehicles; ++v) {
            if (!(may[static_cast<size_t>(q.kind[v]) / 64] >> (q.kind[v] % 64) & 1)) continue;
            if (q.station_at[v + 1] > q.station_at[v]) stationed[g].push_back(v);
            if (!seen[q.twin[v]]) seen[q.twin[v]] = 1, classes[g].push_back(q.twin[v]);
        }
    }
};

}  // namespace rich
