// What an iteration takes out: strings of visits, visits around one place, or strings of one department's people.
#pragma once
#include <numeric>

#include "schedule.hpp"

namespace inspections {

constexpr int NEIGHBOURS = 80;
constexpr int LONGEST = 6;           // visits of one route taken out at once
constexpr int AT_ONCE = 12;          // sites left out that can be tried in one iteration
constexpr int64_t MOVED = 1000000;   // as in planning/inspections/arrays.py

class Ruin {
  public:
    std::vector<int32_t> waiting;  // sites to be put in
    std::vector<int32_t> vacant;   // slots to be filled, of visits that stay
    std::vector<int32_t> mine;     // sites that may be touched
    double mean_near = 1.0;

    Ruin(Schedule& schedule, const Settings& settings, Random& random, const std::vector<int32_t>& site_of)
        : now(schedule), in(schedule.in), settings(settings), random(random), site_of(site_of) {
        near_sites();
        mine.resize(in.sites);
        std::iota(mine.begin(), mine.end(), 0);
        foreign.assign(in.sites, 0);
        taken.assign(in.sites, 0), ruined.assign(in.routes, 0), emptied.assign(in.slots, 0);
    }

    // Only these may be touched until told otherwise.
    void confine(const std::vector<int32_t>& sites) {
        mine = sites;
        foreign.assign(in.sites, 1);
        for (int v : sites) foreign[v] = 0;
    }

    void whole_visits() {
        begin();
        if (random.below(4)) strings();
        else around();
        now.schedule_changed();
    }

    void people() {
        begin();
        slots();
        now.schedule_changed();
    }

  private:
    Schedule& now;
    const Instance& in;
    const Settings& settings;
    Random& random;
    const std::vector<int32_t>& site_of;
    std::vector<std::vector<int32_t>> neighbours;
    std::vector<int32_t> unsettled;
    std::vector<uint32_t> taken, ruined, emptied;
    std::vector<char> foreign;
    uint32_t stamp = 0;

    void near_sites() {
        neighbours.resize(in.sites);
        double sum = 0;
        std::vector<int32_t> all(in.sites);
        for (int v = 0; v < in.sites; v++) {
            std::iota(all.begin(), all.end(), 0);
            auto key = [&](int u) { return std::pair(u == v ? -1 : now.travel(v, u) + now.travel(u, v), u); };
            int keep = std::min(in.sites, NEIGHBOURS + 1);
            std::partial_sort(all.begin(), all.begin() + keep, all.end(),
                              [&](int a, int b) { return key(a) < key(b); });
            neighbours[v].assign(all.begin(), all.begin() + keep);  // itself first
            if (keep > 1) sum += now.travel(v, all[1]);
        }
        if (in.sites > 1) mean_near = std::max(1.0, sum / in.sites);
    }

    void begin() {
        stamp++;
        waiting.clear(), vacant.clear(), unsettled.clear();
        for (int v : mine)
            if (!now.placed(v)) waiting.push_back(v), unsettled.push_back(v), taken[v] = stamp;
            else if (in.option_cost[now.option[v]] >= MOVED) unsettled.push_back(v);
        if (int(waiting.size()) > AT_ONCE) {
            for (size_t i = 0; i < AT_ONCE; i++)
                std::swap(waiting[i], waiting[i + random.below(int(waiting.size() - i))]);
            waiting.resize(AT_ONCE);
        }
    }

    // Sites left out or moved from what was announced come first: most of the gain lies around them.
    int seed_site() {
        if (!unsettled.empty() && random.below(2)) return unsettled[random.below(int(unsettled.size()))];
        return mine[random.below(int(mine.size()))];
    }

    bool untouchable(int v) const { return taken[v] == stamp || foreign[v] || !now.placed(v); }

    void take(int site) {
        now.remove(site);
        taken[site] = stamp;
        waiting.push_back(site);
    }

    int strings_to_take() {
        double most = std::max(1.0, 4.0 * settings.removed / (1.0 + LONGEST) - 1.0);
        return 1 + int(random.unit() * most);
    }

    void strings() {
        int count = strings_to_take();
        for (int v : neighbours[seed_site()]) {
            if (count <= 0) break;
            if (untouchable(v)) continue;
            int s = in.slot_ptr[v] + random.below(in.slot_ptr[v + 1] - in.slot_ptr[v]);
            int r = now.slot_route[s];
            if (ruined[r] == stamp) continue;
            ruined[r] = stamp;
            count--;
            int length = 1 + random.below(std::min(now.length[r], LONGEST));
            int first = start_of(r, now.slot_position[s], length);
            int32_t sites[LONGEST];
            for (int i = 0; i < length; i++) sites[i] = now.row(r)[first + i].node;
            for (int i = 0; i < length; i++) take(sites[i]);
        }
    }

    // Where a string of so many that holds the position begins.
    int start_of(int r, int position, int length) {
        int first = std::max(1, position - random.below(length));
        return std::min(first, now.length[r] - length + 1);
    }

    // Neighbours on one or two days: what could share teams.
    void around() {
        int count = 1 + random.below(int(2 * settings.removed)), day = -1, other = -1;
        for (int v : neighbours[seed_site()]) {
            if (count <= 0) break;
            if (untouchable(v)) continue;
            int d = now.day_of(v);
            if (day < 0) day = d;
            else if (other < 0 && d != day) other = d;
            if (d != day && d != other) continue;
            take(v);
            count--;
        }
    }

    // Strings of the routes of those who may do the same, on one day; visits stay, somebody else may come.
    void slots() {
        int seed = seed_site(), day = -1, kind = -1;
        int count = 1 + random.below(settings.people);
        for (int v : neighbours[seed]) {
            if (count <= 0) break;
            if (untouchable(v) || (day >= 0 && now.day_of(v) != day)) continue;
            if (kind < 0) {
                day = now.day_of(v);
                kind = in.slot_class[in.slot_ptr[v] + random.below(in.slot_ptr[v + 1] - in.slot_ptr[v])];
            }
            for (int s = in.slot_ptr[v]; s < in.slot_ptr[v + 1] && count > 0; s++) {
                int r = now.slot_route[s];
                if (in.slot_class[s] != kind || r < 0 || ruined[r] == stamp) continue;
                ruined[r] = stamp;
                count--;
                int length = 1 + random.below(std::min(now.length[r], LONGEST));
                int first = start_of(r, now.slot_position[s], length);
                int32_t gone[LONGEST];
                for (int i = 0; i < length; i++) gone[i] = now.row(r)[first + i].slot;
                for (int i = 0; i < length; i++) {
                    now.vacate(site_of[gone[i]], gone[i]);
                    vacant.push_back(gone[i]);
                }
            }
        }
    }
};

}  // namespace inspections
