// What every set of sites costs on a day when it is visited in one order of starts, the best one: labels by set, last
// site and last site of each department that is not needed everywhere; sizes one after the other, two layers held.
#pragma once
#include "day.hpp"

namespace bounding {

struct Priced {
    std::vector<Mask> sets;       // by size
    std::vector<int32_t> costs;
};

class Sequences {
  public:
    // `weights`: officers by department who go the same way. `direct`: along the shortest ways, else by the times of the
    // problem. `wanted`: the only sets looked at, closed downwards; all where null. False: too many labels.
    bool run(const Day& day, const std::vector<int32_t>& weights, bool direct, int64_t most_labels, Priced& found,
             const std::vector<uint8_t>* wanted = nullptr) {
        prepare(day, weights, direct);
        std::vector<Label> before, after;
        std::vector<uint32_t> first(size_t(1) << n, 0), first_after(size_t(1) << n, 0);
        std::vector<uint16_t> count(size_t(1) << n, 0), count_after(size_t(1) << n, 0);
        Label office{};
        office.start = INT32_MIN / 2, office.last = OFFICE;
        std::fill(office.lasts, office.lasts + MOST_PARTIAL, OFFICE);
        std::fill(office.ready, office.ready + MOST_PARTIAL, INT32_MIN / 2);
        before.push_back(office), count[0] = 1;
        int64_t labels = 0;
        for (int size = 1; size <= n && !before.empty(); size++) {
            after.clear();
            std::fill(count_after.begin(), count_after.end(), 0);
            for (Mask mask = (Mask(1) << size) - 1; mask < Mask(1) << n;) {
                size_t from = after.size();
                for (Mask rest = wanted && !(*wanted)[mask] ? 0 : mask; rest; rest &= rest - 1) {
                    int j = __builtin_ctz(rest);
                    Mask previous = mask & ~(Mask(1) << j);
                    size_t group = after.size();
                    for (uint32_t i = first[previous], end = i + count[previous]; i < end; i++) {
                        Label label;
                        if (extend(before[i], j, label)) add(after, group, label);
                    }
                }
                if (after.size() > from) {
                    if (after.size() - from > 65535) return false;
                    first_after[mask] = uint32_t(from), count_after[mask] = uint16_t(after.size() - from);
                    int32_t best = IMPOSSIBLE;
                    for (size_t i = from; i < after.size(); i++) best = std::min(best, after[i].cost + home(after[i]));
                    found.sets.push_back(mask), found.costs.push_back(best);
                }
                if ((labels + int64_t(after.size())) > most_labels) return false;
                Mask low = mask & -mask, ripple = mask + low;
                mask = ripple | (((mask ^ ripple) >> 2) / low);
            }
            labels += int64_t(after.size());
            std::swap(before, after), std::swap(first, first_after), std::swap(count, count_after);
        }
        return true;
    }

  private:
    static constexpr uint8_t OFFICE = 255;
    struct Label {
        int32_t start, cost;
        int32_t ready[MOST_PARTIAL];
        uint8_t last, lasts[MOST_PARTIAL];
    };
    struct Partial {  // a department not needed everywhere
        Mask sites;
        int32_t weight;
        bool one_place;
        std::vector<int32_t> out, back, stay;
    };

    int n = 0, partials = 0, everywhere = 0;     // `everywhere`: officers who are at every visit
    std::vector<int32_t> cost_leg, least, pace;  // `pace`: how long before those needed everywhere can leave; -1: none
    std::vector<int32_t> all_out, all_back;
    std::vector<Starts> starts;
    std::vector<Partial> partial;

    void prepare(const Day& day, const std::vector<int32_t>& weights, bool direct) {
        n = day.n, everywhere = 0;
        cost_leg = direct ? day.closed : day.travel, least = day.closed, starts = day.starts;
        pace.assign(n, -1), all_out.assign(n, 0), all_back.assign(n, 0);
        for (size_t q = 0; q < day.departments.size(); q++) {
            const auto& one = day.departments[q];
            int weight = weights[q];
            if (!one.sites || (!weight && !one.one_place)) continue;
            if (one.sites != day.all()) {
                partial.push_back({one.sites, weight, one.one_place, one.out, one.back, one.stay});
                continue;
            }
            everywhere += weight;
            for (int j = 0; j < n; j++) {
                all_out[j] += weight * one.out[j], all_back[j] += weight * one.back[j];
                if (one.one_place) pace[j] = std::max(pace[j], one.stay[j]);
            }
        }
        partials = int(partial.size());
    }

    bool extend(const Label& old, int j, Label& label) const {
        int32_t earliest = old.start, cost = old.cost;
        if (old.last == OFFICE) cost += all_out[j];
        else {
            cost += everywhere * cost_leg[size_t(old.last) * n + j];
            if (pace[old.last] >= 0) earliest = std::max(earliest, old.start + pace[old.last] + least[size_t(old.last) * n + j]);
        }
        label = old;
        for (int q = 0; q < partials; q++) {
            const Partial& one = partial[q];
            if (!(one.sites >> j & 1)) continue;
            int last = old.lasts[q];
            if (last == OFFICE) cost += one.weight * one.out[j];
            else {
                cost += one.weight * cost_leg[size_t(last) * n + j];
                if (one.one_place) earliest = std::max(earliest, old.ready[q] + least[size_t(last) * n + j]);
            }
            label.lasts[q] = uint8_t(j);
        }
        int32_t start = starts[j].from(earliest);
        if (start < 0) return false;
        for (int q = 0; q < partials; q++)
            if (label.lasts[q] == j && partial[q].one_place) label.ready[q] = start + partial[q].stay[j];
        label.start = start, label.cost = cost, label.last = uint8_t(j);
        return true;
    }

    int32_t home(const Label& label) const {
        int32_t sum = all_back[label.last];
        for (int q = 0; q < partials; q++)
            if (label.lasts[q] != OFFICE) sum += partial[q].weight * partial[q].back[label.lasts[q]];
        return sum;
    }

    bool as_good(const Label& one, const Label& other) const {
        if (one.start > other.start || one.cost > other.cost) return false;
        for (int q = 0; q < partials; q++)
            if (one.lasts[q] != other.lasts[q] || (partial[q].one_place && one.ready[q] > other.ready[q])) return false;
        return true;
    }

    void add(std::vector<Label>& list, size_t group, const Label& fresh) const {
        for (size_t i = group; i < list.size(); i++)
            if (as_good(list[i], fresh)) return;
        size_t kept = group;
        for (size_t i = group; i < list.size(); i++)
            if (!as_good(fresh, list[i])) list[kept++] = list[i];
        list.resize(kept);
        list.push_back(fresh);
    }
};

}  // namespace bounding
