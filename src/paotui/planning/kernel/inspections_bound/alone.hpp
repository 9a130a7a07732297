// What a party still travels at the least when its crews stand where they stand: for the sites of one set.
#pragma once
#include <map>
#include <unordered_map>

#include "parties.hpp"

namespace bounding {

struct Crew {
    int32_t ready = 0, travelled = 0;
    uint16_t been = 0;  // local sites
    int8_t last = -1;
};

class Alone {
  public:
    static constexpr int MOST_CREWS = 3;
    static constexpr int32_t FAR = 1 << 26;
    Mask need = 0;
    int32_t weight, crews;
    std::vector<int32_t> out, stay;

    // `tour`: by set of the day. `sites`: local sites by their numbers in the day.
    Alone(const Day& day, const Party& party, const std::vector<uint16_t>& tour, const std::vector<int>& sites)
        : weight(party.weight), crews(party.crews), k(int(sites.size())), rounds(size_t(MOST_CREWS + 1)) {
        std::vector<int32_t> back;
        for (int a = 0; a < k; a++) {
            need |= Mask(party.sites >> sites[a] & 1) << a;
            out.push_back(party.out[sites[a]]), back.push_back(party.back[sites[a]]), stay.push_back(party.stay[sites[a]]);
        }
        rounds[1].assign(size_t(1) << k, FAR);
        for (Mask set = need;; set = (set - 1) & need) {
            Mask global = 0;
            for (Mask rest = set; rest; rest &= rest - 1) global |= Mask(1) << sites[__builtin_ctz(rest)];
            if (tour[global] != Rounds::NEVER) rounds[1][set] = tour[global];
            if (!set) break;
        }
        for (int more = 2; more <= std::min(crews, MOST_CREWS); more++) add_round(more);
        ways(day, sites, back);
    }

    // Nobody has left yet.
    int32_t least() const { return std::min(rounds[std::min(crews, MOST_CREWS)][need], FAR); }

    // `used` crews have left, the sites in `rest`, all others the party is needed at, are still to be visited.
    int32_t least(const Crew* crew, int used, Mask rest) {
        if (!used) return rounds[crews][rest];
        Stand stand{};
        for (int c = 0; c < used; c++) {
            stand.where = stand.where << 18 | uint64_t(crew[c].been) << 4 | uint64_t(crew[c].last);
            stand.travelled = stand.travelled << 21 | uint64_t(crew[c].travelled);
        }
        auto [at, fresh] = looked_at.try_emplace(stand, 0);
        return fresh ? at->second = look(crew, used, rest) : at->second;
    }

  private:
    struct Stand {
        uint64_t where, travelled;
        bool operator==(const Stand&) const = default;
    };
    struct Mixed {
        size_t operator()(const Stand& one) const { return (one.where * 0x9E3779B97F4A7C15u ^ one.travelled) * 0xC2B2AE3D27D4EB4Fu >> 7; }
    };

    int32_t look(const Crew* crew, int used, Mask rest) {
        int32_t most = 0;
        for (int timed = 0; timed < used; timed++) {
            int32_t best = FAR;
            for (Mask part = rest;; part = (part - 1) & rest) {
                int32_t here = finishing(crew[timed], part);
                if (here < best) best = std::min(best, here + others(crew, used, timed, rest & ~part));
                if (!part) break;
            }
            most = std::max(most, best);
            if (used == 1 || crews < 3) break;  // the others are as exact
        }
        return most;
    }

    int k;
    std::unordered_map<Stand, int32_t, Mixed> looked_at;
    std::vector<std::vector<int32_t>> rounds;      // by number of tours and set
    std::vector<int32_t> way;                      // by first site and set: through the set to the office
    std::map<std::pair<int, int>, std::vector<int32_t>> known;  // by sites of two crews, or of one and −1: a crew to come

    // Within the windows, since a whole tour is known; never shorter than what it has done and the way home.
    int32_t finishing(const Crew& one, Mask part) const {
        int32_t whole = rounds[1][one.been | part];
        return whole >= FAR ? FAR : std::max(whole, one.travelled + way[(size_t(one.last) << k) + part]);
    }

    int32_t others(const Crew* crew, int used, int timed, Mask rest) {
        if (used == 1) return crews > 1 ? rounds[crews - 1][rest] : rest ? FAR : 0;
        const Crew& one = crew[timed ? 0 : 1];
        if (crews < 3) return finishing(one, rest);
        if (used == 2) return one.travelled + either(one.last, -1, rest);
        const Crew& two = crew[timed == 2 ? 1 : 2];
        return one.travelled + two.travelled + either(one.last, two.last, rest);
    }

    // The hour left aside.
    int32_t either(int one, int two, Mask rest) {
        auto& list = known[{one, two}];
        if (list.empty()) list.assign(size_t(1) << k, -1);
        int32_t& best = list[rest];
        if (best >= 0) return best;
        const int32_t *first = &way[size_t(one) << k], *second = two < 0 ? rounds[1].data() : &way[size_t(two) << k];
        best = FAR;
        for (Mask part = rest;; part = (part - 1) & rest) {
            best = std::min(best, first[part] + second[rest & ~part]);
            if (!part) break;
        }
        return best;
    }

    void add_round(int more) {
        const auto &one = rounds[1], &fewer = rounds[size_t(more) - 1];
        auto& found = rounds[size_t(more)];
        found = fewer;
        for (Mask set = 1; set < Mask(1) << k; set++) {
            if (set & ~need) continue;
            Mask first = set & -set, free = set & ~first;
            for (Mask part = free; part; part = (part - 1) & free)
                found[set] = std::min(found[set], one[set & ~part] + fewer[part]);
        }
    }

    void ways(const Day& day, const std::vector<int>& sites, const std::vector<int32_t>& back) {
        way.assign(size_t(k) << k, FAR);
        for (int from = 0; from < k; from++) way[size_t(from) << k] = back[from];
        for (Mask set = 1; set < Mask(1) << k; set++) {
            if (set & ~need) continue;
            for (int from = 0; from < k; from++) {
                if (set >> from & 1) continue;
                int32_t best = FAR;
                for (Mask rest = set; rest; rest &= rest - 1) {
                    int to = __builtin_ctz(rest);
                    best = std::min(best, day.least(sites[from], sites[to]) + way[(size_t(to) << k) + (set & ~(Mask(1) << to))]);
                }
                way[(size_t(from) << k) + set] = best;
            }
        }
    }
};

}  // namespace bounding
