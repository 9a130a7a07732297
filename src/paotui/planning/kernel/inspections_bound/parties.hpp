// What the people of a department travel at the least for every set of sites of a day, with tours within the windows.
//
// Where a department takes m of K >= 2m officers, those with given starts are a flow of m units through every visit; an
// m-th of it is a flow of one unit, which has a whole solution as cheap: crews, of which there are K / m, rounded up.
// Where K < 2m the officers who go from each visit to the next are a party of one crew, the others another party.
#pragma once
#include "sequences.hpp"

namespace bounding {

struct Party {
    Mask sites;
    int32_t weight, crews;
    std::vector<int32_t> out, back, stay;
};

// Everybody goes from each visit straight to the next where every site takes as many officers and nobody has two tours;
// else those left over may come by other sites or the office.
inline const std::vector<int32_t>& ways(const Day& day) { return day.simple() ? day.travel : day.closed; }

inline std::vector<Party> parties(const Day& day) {
    std::vector<Party> found;
    for (const auto& one : day.departments) {
        auto add = [&](int32_t weight, int32_t crews) {
            const auto &out = day.simple() ? one.out : one.nearest_out, &back = day.simple() ? one.back : one.nearest_back;
            if (weight > 0) found.push_back({one.sites, weight, std::max(crews, 0), out, back, one.stay});
        };
        if (!one.threads) add(one.officers, (one.tours + one.officers - 1) / one.officers);
        else add(one.threads, 1), add(one.rest(), one.rest() ? (one.tours - one.threads + one.rest() - 1) / one.rest() : 0);
    }
    return found;
}

class Rounds {
  public:
    static constexpr uint16_t NEVER = 65535;
    static constexpr int MOST = 3;
    std::vector<std::vector<uint16_t>> least;  // by set: with one tour, two and so on; of more crews than three with any number

    // False: too many labels. Sets beyond the party's sites are not filled in.
    bool run(const Day& day, const Party& party, int64_t most_labels) {
        n = std::max(day.n, LOW);
        least.assign(1, std::vector<uint16_t>(size_t(1) << n, NEVER));
        auto& tour = least[0];
        tour[0] = 0;
        Priced found;
        if (party.crews && !tours(day, party, most_labels, found)) return false;
        for (size_t i = 0; i < found.sets.size(); i++) tour[found.sets[i]] = uint16_t(std::min<int32_t>(found.costs[i], NEVER - 1));
        std::sort(found.sets.begin(), found.sets.end());  // by their highest site
        if (party.crews > MOST) least.push_back(least[0]), add_tours(found.sets, least[1], least[1]);
        for (int more = 1; more < party.crews && party.crews <= MOST; more++)
            least.push_back(least.back()), add_tours(found.sets, least[more - 1], least[more]);
        return true;
    }

  private:
    static constexpr int LOW = 3;  // sites whose sets lie side by side in one register
    static constexpr int LANES = 1 << LOW;
    typedef uint16_t Lanes __attribute__((vector_size(2 * LANES)));
    int n = 0;

    static bool tours(const Day& day, const Party& party, int64_t most_labels, Priced& found) {
        Day own = day;
        Department only = day.departments.front();
        only.sites = party.sites, only.out = party.out, only.back = party.back, only.stay = party.stay, only.one_place = true;
        own.departments = {only};
        std::vector<uint8_t> wanted(size_t(1) << day.n, 0);
        for (Mask set = party.sites;; set = (set - 1) & party.sites) {
            wanted[set] = 1;
            if (!set) break;
        }
        return Sequences().run(own, {1}, !day.simple(), most_labels, found, &wanted);
    }

    static Lanes picked(const Lanes& from, const Lanes& order) {
#ifdef __clang__
        Lanes found;
        for (int lane = 0; lane < LANES; lane++) found[lane] = from[order[lane]];
        return found;
#else
        return __builtin_shuffle(from, order);
#endif
    }

    // The tour with the highest site of a set, and `others` for the rest of it.
    void add_tours(const std::vector<Mask>& tours, const std::vector<uint16_t>& others, std::vector<uint16_t>& both) const {
        for (Mask set : tours) {
            int highest = 31 - __builtin_clz(set);
            if (highest < LOW) add_few(set, highest, others, both);
            else add_many(set, highest, others, both);
        }
    }

    void add_few(Mask set, int highest, const std::vector<uint16_t>& others, std::vector<uint16_t>& both) const {
        Mask free = ((Mask(1) << highest) - 1) & ~set;
        for (Mask rest = free;; rest = (rest - 1) & free) {
            if (others[rest] != NEVER)
                both[set | rest] = uint16_t(std::min<int32_t>(both[set | rest], std::min(least[0][set] + others[rest], NEVER - 1)));
            if (!rest) break;
        }
    }

    void add_many(Mask set, int highest, const std::vector<uint16_t>& others, std::vector<uint16_t>& both) const {
        const uint16_t* from = others.data();
        uint16_t* to = both.data();
        Lanes order, barred, most = Lanes{} + uint16_t(NEVER - 1), travel = Lanes{} + least[0][set];
        for (int lane = 0; lane < LANES; lane++) {
            int low = int(set) & (LANES - 1);
            order[lane] = uint16_t(lane & ~low), barred[lane] = (lane & low) == low ? 0 : NEVER;
        }
        Mask high = set >> LOW, free = ((Mask(1) << (highest - LOW)) - 1) & ~high;
        for (Mask rest = free;; rest = (rest - 1) & free) {
            Lanes others_cost, known, sum;
            __builtin_memcpy(&others_cost, from + size_t(rest) * LANES, sizeof(Lanes));
            others_cost = picked(others_cost, order) | barred;
            sum = others_cost + travel;
            sum |= (Lanes)(sum < others_cost);
            sum = sum < most ? sum : most;
            sum |= (Lanes)(others_cost == NEVER);
            uint16_t* there = to + size_t(rest | high) * LANES;
            __builtin_memcpy(&known, there, sizeof(Lanes));
            known = sum < known ? sum : known;
            __builtin_memcpy(there, &known, sizeof(Lanes));
            if (!rest) break;
        }
    }
};

}  // namespace bounding
