// What a set of sites costs when everybody starts at the same minute: visits one after the other by their starts, the
// crews of every party where they stand, the cheapest that can still come of it first (A*).
#pragma once
#include <queue>
#include <unordered_map>

#include "alone.hpp"

namespace bounding {

class Together {
  public:
    static constexpr int MOST_PARTIES = 8;

    Together(const Day& day, std::vector<Alone>& alone, const std::vector<int>& sites) : alone(alone), k(int(sites.size())) {
        for (int a : sites) {
            starts.push_back(day.starts[a]);
            for (int b : sites) travel.push_back(ways(day)[size_t(a) * day.n + b]);
        }
    }

    // The least cost if it is below `limit`, else `limit`; a lower bound of it where `most` steps were not enough
    // (`whole` is false then).
    int64_t least(int64_t limit, int64_t most) {
        Label first{};
        first.now = INT32_MIN / 2;
        for (size_t p = 0; p < alone.size(); p++) first.bound[p] = alone[p].least(), first.value += cost(p, first.bound[p]);
        put(first, limit);
        while (!open.empty()) {
            auto [value, number] = open.top();
            if (value >= limit) break;
            if (labels[number].seen == (Mask(1) << k) - 1) return value;
            if (steps() > most) return whole = false, value;
            open.pop();
            if (dearer(labels[number])) {
                open.push({labels[number].value, number});
                continue;
            }
            extend(labels[number], limit);
        }
        return limit;
    }
    bool whole = true;

  private:
    struct Label {
        int64_t value;
        int32_t now;
        Mask seen;
        int32_t bound[MOST_PARTIES];
        int8_t used[MOST_PARTIES];
        Crew crew[MOST_PARTIES][Alone::MOST_CREWS];
    };
    struct Move {
        int crew;
        int32_t arrival, bound;
    };
    std::vector<Alone>& alone;
    int k;
    std::vector<Starts> starts;
    std::vector<int32_t> travel;
    std::vector<Label> labels;
    std::unordered_map<uint64_t, std::vector<int>> alike;
    typedef std::pair<int64_t, int> Waiting;
    std::priority_queue<Waiting, std::vector<Waiting>, std::greater<Waiting>> open;

    int64_t steps() const {
        int64_t sum = 1000 * int64_t(labels.size());
        for (const auto& one : alone) sum += one.steps;
        return sum;
    }

    int64_t cost(size_t p, int32_t bound) const { return bound >= Alone::FAR ? int64_t(IMPOSSIBLE) : int64_t(alone[p].weight) * bound; }

    // Looks again, now that all crews know when they are ready; whether that costs more.
    bool dearer(Label& label) {
        int64_t before = label.value;
        for (size_t p = 0; p < alone.size(); p++) {
            int32_t bound = std::max(label.bound[p], alone[p].least(label.crew[p], label.used[p], alone[p].need & ~label.seen, label.now));
            label.value += cost(p, bound) - cost(p, label.bound[p]), label.bound[p] = bound;
        }
        return label.value > before;
    }

    void extend(const Label from, int64_t limit) {  // a copy: labels move
        for (int j = 0; j < k; j++) {
            if (from.seen >> j & 1) continue;
            std::vector<std::pair<size_t, std::vector<Move>>> choices;
            bool possible = true;
            for (size_t p = 0; p < alone.size() && possible; p++) {
                if (!(alone[p].need >> j & 1)) continue;
                choices.push_back({p, moves(from, p, j, limit)});
                possible = !choices.back().second.empty();
            }
            if (!possible) continue;
            Label next = from;
            next.seen |= Mask(1) << j;
            choose(next, choices, 0, j, from.now, limit);
        }
    }

    // What each crew of a party, or a fresh one, makes of going to j.
    std::vector<Move> moves(const Label& from, size_t p, int j, int64_t limit) {
        std::vector<Move> found;
        Mask rest = alone[p].need & ~from.seen & ~(Mask(1) << j);
        int used = from.used[p];
        for (int c = 0; c <= used && c < alone[p].crews; c++) {
            Crew crew[Alone::MOST_CREWS];
            std::copy(from.crew[p], from.crew[p] + used, crew);
            int32_t arrival = c < used ? crew[c].ready + travel[size_t(crew[c].last) * k + j] : INT32_MIN / 2;
            int32_t start = starts[j].from(std::max(arrival, from.now));
            if (start < 0) continue;
            move(crew[c], p, j, c < used);
            crew[c].ready = start + alone[p].stay[j];
            int32_t bound = std::max(from.bound[p], alone[p].least(crew, std::max(used, c + 1), rest, start));
            if (from.value - cost(p, from.bound[p]) + cost(p, bound) < limit) found.push_back({c, arrival, bound});
        }
        return found;
    }

    void move(Crew& crew, size_t p, int j, bool there) const {
        crew.travelled += there ? travel[size_t(crew.last) * k + j] : alone[p].out[j];
        crew.last = int8_t(j), crew.been |= Mask(1) << j;
    }

    void choose(Label& next, const std::vector<std::pair<size_t, std::vector<Move>>>& choices, size_t at, int j, int32_t arrival,
                int64_t limit) {
        if (next.value >= limit) return;
        if (at == choices.size()) {
            int32_t start = starts[j].from(arrival);
            if (start < 0) return;
            Label made = next;
            made.now = start;
            for (const auto& [p, moves] : choices)
                for (int c = 0; c < made.used[p]; c++)
                    if (made.crew[p][c].last == j) made.crew[p][c].ready = start + alone[p].stay[j];
            put(made, limit);
            return;
        }
        auto [p, moves] = choices[at];
        for (const Move& one : moves) {
            const Crew before = next.crew[p][one.crew];
            const int8_t used = next.used[p];
            const int32_t bound = next.bound[p];
            const int64_t value = next.value;
            move(next.crew[p][one.crew], p, j, one.crew < used);
            next.used[p] = int8_t(std::max<int>(used, one.crew + 1)), next.bound[p] = one.bound;
            next.value += cost(p, one.bound) - cost(p, bound);
            choose(next, choices, at + 1, j, std::max(arrival, one.arrival), limit);
            next.crew[p][one.crew] = before, next.used[p] = used, next.bound[p] = bound, next.value = value;
        }
    }

    void put(Label made, int64_t limit) {
        if (made.value >= limit) return;
        uint64_t key = made.seen;
        for (size_t p = 0; p < alone.size(); p++) {
            std::sort(made.crew[p], made.crew[p] + made.used[p], [](const Crew& a, const Crew& b) { return a.last < b.last; });
            for (int c = 0; c < Alone::MOST_CREWS; c++) key = key * 1'000'003 + uint64_t(made.crew[p][c].last + 2);
        }
        auto& list = alike[key];
        for (int other : list)
            if (as_good(labels[other], made)) return;
        list.push_back(int(labels.size()));
        open.push({made.value, int(labels.size())});
        labels.push_back(made);
    }

    bool as_good(const Label& one, const Label& other) const {
        if (one.seen != other.seen || one.now > other.now) return false;
        int64_t more = 0;
        for (size_t p = 0; p < alone.size(); p++) {
            if (one.used[p] != other.used[p]) return false;
            for (int c = 0; c < one.used[p]; c++) {
                const Crew &a = one.crew[p][c], &b = other.crew[p][c];
                if (a.last != b.last || a.ready > b.ready) return false;
                more += int64_t(alone[p].weight) * (a.travelled - b.travelled);
            }
        }
        return more <= 0;
    }
};

}  // namespace bounding
