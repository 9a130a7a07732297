// What a party still travels at the least when its crews stand where they stand: for the sites of one set.
#pragma once
#include <map>
#include <unordered_map>

#include "parties.hpp"

namespace bounding {

struct Crew {
    int32_t ready = 0, travelled = 0;
    Mask been = 0;  // local sites
    int8_t last = -1;
};

class Alone {
  public:
    static constexpr int MOST_CREWS = Rounds::MOST;
    static constexpr int32_t FAR = 1 << 26;
    Mask need = 0;
    int32_t weight, crews;
    std::vector<int32_t> out, stay;
    int64_t steps = 0;

    // `least`: by number of tours and set of the day. `sites`: local sites by their numbers in the day.
    Alone(const Day& day, const Party& party, const std::vector<std::vector<uint16_t>>& least, const std::vector<int>& sites)
        : weight(party.weight), crews(party.crews), k(int(sites.size())) {
        std::vector<int32_t> back;
        for (int a = 0; a < k; a++) {
            need |= Mask(party.sites >> sites[a] & 1) << a;
            out.push_back(party.out[sites[a]]), back.push_back(party.back[sites[a]]), stay.push_back(party.stay[sites[a]]);
            if (need >> a & 1 && !day.starts[sites[a]].high.empty()) latest = std::max(latest, day.starts[sites[a]].high.back() + stay[a] + back[a]);
        }
        rounds.assign(least.size() + 1, std::vector<int32_t>(size_t(1) << k, FAR));
        for (Mask set = need;; set = (set - 1) & need) {
            Mask global = 0;
            for (Mask rest = set; rest; rest &= rest - 1) global |= Mask(1) << sites[__builtin_ctz(rest)];
            for (size_t tours = 0; tours < least.size(); tours++)
                if (least[tours][global] != Rounds::NEVER) rounds[tours + 1][set] = least[tours][global];
            if (!set) break;
        }
        find_ways(day, sites, back);
        find_spans();
    }

    // Nobody has left yet.
    int32_t least() const { return rounds.back()[need]; }

    // `used` crews have left; the sites in `rest` are still to be visited, none of them before `now`.
    int32_t least(const Crew* crew, int used, Mask rest, int32_t now) {
        if (!used) return crews == 1 && late(now + span[rest], rest) ? FAR : rounds[crews][rest];
        Stand stand{};
        stand.now = now;
        for (int c = 0; c < used; c++) {
            stand.been[c] = uint64_t(crew[c].been) << 8 | uint64_t(crew[c].last);
            stand.travelled[c] = crew[c].travelled, stand.ready[c] = crew[c].ready;
        }
        auto [at, fresh] = looked_at.try_emplace(stand, 0);
        return fresh ? at->second = look(crew, used, rest, now) : at->second;
    }

  private:
    struct Stand {
        uint64_t been[MOST_CREWS];
        int32_t travelled[MOST_CREWS], ready[MOST_CREWS], now;
        bool operator==(const Stand&) const = default;
    };
    struct Mixed {
        size_t operator()(const Stand& one) const {
            uint64_t mixed = uint32_t(one.now);
            for (int c = 0; c < MOST_CREWS; c++)
                for (uint64_t part : {one.been[c], uint64_t(one.travelled[c]), uint64_t(one.ready[c])}) mixed = (mixed ^ part) * 0x9E3779B97F4A7C15u;
            return mixed >> 7;
        }
    };

    int32_t look(const Crew* crew, int used, Mask rest, int32_t now) {
        int32_t most = 0;
        steps += int64_t(used) << __builtin_popcount(rest);
        for (int timed = 0; timed < used; timed++) {
            int32_t best = FAR;
            for (Mask part = rest;; part = (part - 1) & rest) {
                int32_t here = finishing(crew[timed], part, now);
                if (here < best) best = std::min(best, here + others(crew, used, timed, rest & ~part, now));
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
    std::vector<int32_t> stays, span;              // by set: at its sites, and from its first visit to the office
    int32_t latest = 0;                            // hour at which somebody can come home
    std::vector<int32_t> way;                      // by first site and set: through the set to the office
    std::map<std::pair<int, int>, std::vector<int32_t>> known;  // by sites of two crews, or of one and −1: a crew to come

    // Within the windows, since a whole tour is known; never shorter than what it has done and the way home.
    int32_t finishing(const Crew& one, Mask part, int32_t now) const {
        int32_t whole = rounds[1][one.been | part], home = way[(size_t(one.last) << k) + part];
        if (whole >= FAR || late(std::max(one.ready + home + stays[part], now + span[part]), part)) return FAR;
        return std::max(whole, one.travelled + home);
    }

    // Whether nobody can be back at this hour from these sites.
    bool late(int32_t back, Mask sites) const { return sites && back > latest; }

    int32_t others(const Crew* crew, int used, int timed, Mask rest, int32_t now) {
        if (used == 1) {
            if (crews < 2) return rest ? FAR : 0;
            return crews == 2 && late(now + span[rest], rest) ? FAR : rounds[crews - 1][rest];
        }
        const Crew& one = crew[timed ? 0 : 1];
        if (crews < 3) return finishing(one, rest, now);
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
        best = FAR, steps += int64_t(1) << __builtin_popcount(rest);
        for (Mask part = rest;; part = (part - 1) & rest) {
            best = std::min(best, first[part] + second[rest & ~part]);
            if (!part) break;
        }
        return best;
    }

    void find_ways(const Day& day, const std::vector<int>& sites, const std::vector<int32_t>& back) {
        const auto& travel = ways(day);
        way.assign(size_t(k) << k, FAR);
        for (int from = 0; from < k; from++) way[size_t(from) << k] = back[from];
        for (Mask set = 1; set < Mask(1) << k; set++) {
            if (set & ~need) continue;
            for (int from = 0; from < k; from++) {
                if (set >> from & 1) continue;
                int32_t best = FAR;
                for (Mask rest = set; rest; rest &= rest - 1) {
                    int to = __builtin_ctz(rest);
                    best = std::min(best, travel[size_t(sites[from]) * day.n + sites[to]] + way[(size_t(to) << k) + (set & ~(Mask(1) << to))]);
                }
                way[(size_t(from) << k) + set] = best;
            }
        }
    }

    void find_spans() {
        stays.assign(size_t(1) << k, 0), span.assign(size_t(1) << k, 0);
        for (Mask set = 1; set < Mask(1) << k; set++) {
            if (set & ~need) continue;
            stays[set] = stays[set & (set - 1)] + stay[__builtin_ctz(set)], span[set] = FAR;
            for (Mask rest = set; rest; rest &= rest - 1) {
                int from = __builtin_ctz(rest);
                span[set] = std::min(span[set], way[(size_t(from) << k) + (set & ~(Mask(1) << from))] + stays[set]);
            }
        }
    }
};

}  // namespace bounding
