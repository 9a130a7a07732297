// Ruin and recreate over whole appointments, after SISR (Christiaens & Vanden Berghe, Transportation Science 2020):
// strings of visits near each other are taken out of routes, then each site is put back with the cheapest team, places
// in the team's sequences and window that fit; simulated annealing decides.
#pragma once
#include <atomic>
#include <chrono>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

#include "schedule.hpp"

namespace inspections {

constexpr int MOST_SLOTS = 96;
constexpr int NEIGHBOURS = 80;
constexpr int64_t MOVED = 1000000;  // as in planning/inspections/arrays.py

class Search {
  public:
    Schedule now;
    Plan best;
    int64_t iterations = 0;
    std::vector<int32_t> site_of;  // slots

    Search(const Instance& instance, const Settings& given, uint64_t seed)
        : now(instance), in(instance), settings(given), random(seed) {
        near_sites();
        for (int v = 0; v < in.sites; v++)
            for (int s = in.slot_ptr[v]; s < in.slot_ptr[v + 1]; s++) site_of.push_back(v);
        arrival.resize(size_t(in.nodes) * in.sites);
        for (int v = 0; v < in.sites; v++)
            for (int u = 0; u < in.nodes; u++) arrival[size_t(v) * in.nodes + u] = now.travel(u, v);
        groups.resize(in.days);
        last_day.assign(in.sites, -1);
        int types = in.routes ? 1 + *std::max_element(in.route_type, in.route_type + in.routes) : 0;
        type_seen.assign(types, 0), type_count.assign(types, 0);
        taken.assign(in.sites, 0), ruined.assign(in.routes, 0);
        now.save(best);
    }

    bool begin_with(const Plan& plan) {
        bool holds = now.load_plan(plan, site_of);
        now.save(best);
        return holds;
    }

    void construct() {
        now.begin();
        waiting.clear();
        for (int v = 0; v < in.sites; v++)
            if (!now.placed(v)) waiting.push_back(v);
        sort_waiting(1);
        recreate(0.0);
        keep_best();
    }

    // What moving a visit costs: the way to the nearest site, for everyone who has to go.
    double scale() const { return mean_near * std::max(1, in.slots) / std::max(1, in.sites); }

    void iterate(double temperature) {
        now.begin();
        ruin();
        sort_waiting(random.below(11));
        recreate(settings.blink);
        iterations++;
        int64_t before = cost_now;
        if (double(now.cost) < double(before) - temperature * std::log(std::max(random.unit(), 1e-300))) {
            cost_now = now.cost;
            if (now.cost < best.cost) now.save(best);
        } else {
            now.undo();
        }
    }

    void keep_best() {
        cost_now = now.cost;
        if (now.cost < best.cost) now.save(best);
    }

    void adopt(const Plan& plan) {
        now.load_plan(plan, site_of);
        cost_now = now.cost;
    }

    int64_t cost_now = std::numeric_limits<int64_t>::max();

  private:
    const Instance& in;
    const Settings& settings;
    Random random;
    double mean_near = 1.0;
    std::vector<std::vector<int32_t>> neighbours;
    std::vector<int32_t> waiting, unsettled;
    std::vector<uint32_t> taken, ruined;
    uint32_t ruin_stamp = 0;
    std::vector<uint64_t> type_seen;
    std::vector<int32_t> type_count;
    uint64_t type_stamp = 0;

    struct Candidate {
        int32_t cost, earliest, latest, route, position, person, before, after;
    };
    struct Group {  // candidates of every slot of a site on one day
        int first, after;  // its options
        int64_t least;     // no plan of the day costs less
        int list_of[MOST_SLOTS];
        int32_t lowest[MOST_SLOTS];  // by list
        std::vector<Candidate> lists[MOST_SLOTS];
    };
    std::vector<Group> groups;  // days
    std::vector<int> days;         // of a site's options
    std::vector<int32_t> last_day;  // sites
    std::vector<int32_t> arrival;  // sites × nodes: travel from a node to the site
    int64_t rest[MOST_SLOTS + 1];
    const Candidate* chosen[MOST_SLOTS];
    int chosen_index[MOST_SLOTS];
    Place best_places[MOST_SLOTS];
    int best_option = -1, budget = 0;
    int64_t best_cost = 0;

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

    void take(int site) {
        now.remove(site);
        taken[site] = ruin_stamp;
        waiting.push_back(site);
    }

    void ruin() {
        ruin_stamp++;
        waiting.clear();
        unsettled.clear();
        for (int v = 0; v < in.sites; v++)
            if (!now.placed(v)) waiting.push_back(v), unsettled.push_back(v), taken[v] = ruin_stamp;
            else if (in.option_cost[now.option[v]] >= MOVED) unsettled.push_back(v);
        if (int(waiting.size()) > 12) {  // as many as can be judged in one iteration
            for (size_t i = 0; i < 12; i++) std::swap(waiting[i], waiting[i + random.below(int(waiting.size() - i))]);
            waiting.resize(12);
        }
        if (random.below(4)) ruin_strings();
        else ruin_around();
        now.schedule_changed();
    }

    // Sites left out or moved from what was announced come first: most of the gain lies around them.
    int seed_site() {
        if (!unsettled.empty() && random.below(2)) return unsettled[random.below(int(unsettled.size()))];
        return random.below(in.sites);
    }

    void ruin_strings() {
        double longest = 6.0;
        double most = std::max(1.0, 4.0 * settings.removed / (1.0 + longest) - 1.0);
        int strings = 1 + int(random.unit() * most);
        int seed = seed_site();
        for (int v : neighbours[seed]) {
            if (strings <= 0) break;
            if (taken[v] == ruin_stamp || !now.placed(v)) continue;
            int s = in.slot_ptr[v] + random.below(in.slot_ptr[v + 1] - in.slot_ptr[v]);
            int r = now.slot_route[s];
            if (ruined[r] == ruin_stamp) continue;
            ruined[r] = ruin_stamp;
            strings--;
            int most_here = std::min(now.length[r], int(longest));
            take_string(r, now.slot_position[s], 1 + random.below(most_here));
        }
    }

    void take_string(int r, int position, int count) {
        int first = std::max(1, position - random.below(count));
        first = std::min(first, now.length[r] - count + 1);
        int32_t sites[64];
        count = std::min(count, 64);
        for (int i = 0; i < count; i++) sites[i] = now.row(r)[first + i].node;
        for (int i = 0; i < count; i++) take(sites[i]);
    }

    // Neighbours on one or two days: what could share teams.
    void ruin_around() {
        int count = 1 + random.below(int(2 * settings.removed));
        int seed = seed_site(), day = -1, other = -1;
        for (int v : neighbours[seed]) {
            if (count <= 0) break;
            if (taken[v] == ruin_stamp || !now.placed(v)) continue;
            int d = now.day_of(v);
            if (day < 0) day = d;
            else if (other < 0 && d != day) other = d;
            if (d != day && d != other) continue;
            take(v);
            count--;
        }
    }

    void sort_waiting(int how) {
        for (size_t i = waiting.size(); i > 1; i--) std::swap(waiting[i - 1], waiting[random.below(int(i))]);
        auto by = [&](auto key) {
            std::stable_sort(waiting.begin(), waiting.end(), [&](int a, int b) { return key(a) < key(b); });
        };
        auto freedom = [&](int v) {
            int64_t sum = 0;
            for (int o = in.option_ptr[v]; o < in.option_ptr[v + 1]; o++) sum += in.option_high[o] - in.option_low[o] + 1;
            return sum;
        };
        auto far = [&](int v) { return now.travel(in.route_office[0], v); };
        if (how < 4) return by([&](int v) { return -(in.slot_ptr[v + 1] - in.slot_ptr[v]); });
        if (how < 6) return by(freedom);
        if (how < 8) return by([&](int v) { return -far(v); });
        if (how < 9) return by(far);
        if (how < 10) by([&](int v) { return -in.unplaced[v]; });
    }

    void recreate(double blink) {
        for (int v : waiting)
            if (!now.placed(v) && find(v, blink)) now.insert(v, best_option, best_places);
    }

    // The day it was on comes first half of the time, else any: what it costs there cuts the search of the others short,
    // and where days cost the same the first one wins.
    bool find(int v, double blink) {
        best_option = -1;
        best_cost = in.unplaced[v];
        days.clear();
        bool stays = random.below(2);
        for (int o = in.option_ptr[v], end = in.option_ptr[v + 1]; o < end;) {
            int day = in.option_day[o];
            groups[day].first = o;
            while (o < end && in.option_day[o] == day) o++;
            groups[day].after = o;
            days.push_back(day);
            if (stays && day == last_day[v]) std::swap(days.front(), days.back());
        }
        if (!stays && !days.empty()) std::swap(days[0], days[random.below(int(days.size()))]);
        for (int day : days) {
            Group& group = groups[day];
            if (!gather(v, day, group, blink)) continue;
            prepare(v, group);
            for (int o = group.first; o < group.after; o++) choose(v, group, o);
        }
        if (best_option >= 0) last_day[v] = in.option_day[best_option];
        return best_option >= 0;
    }

    // Candidates of every slot on a day; false where a slot has none, or all together cost too much.
    bool gather(int v, int day, Group& group, double blink) {
        int first = in.slot_ptr[v], count = in.slot_ptr[v + 1] - first, used = 0;
        int32_t low = in.option_low[group.first], high = in.option_high[group.first];
        int64_t least = in.option_cost[group.first];
        for (int o = group.first + 1; o < group.after; o++) {
            low = std::min(low, in.option_low[o]), high = std::max(high, in.option_high[o]);
            least = std::min(least, in.option_cost[o]);
        }
        for (int i = 0; i < count; i++) {
            int s = first + i;
            if (i && in.slot_class[s] == in.slot_class[s - 1] && in.slot_stay[s] == in.slot_stay[s - 1]) {
                group.list_of[i] = group.list_of[i - 1];
            } else {
                int copies = 1;
                while (i + copies < count && in.slot_class[s + copies] == in.slot_class[s]) copies++;
                group.list_of[i] = used;
                auto& list = group.lists[used];
                int64_t most = std::min<int64_t>(best_cost - least, std::numeric_limits<int32_t>::max());
                fill(list, v, in.slot_class[s], in.slot_stay[s], day, low, high, blink, copies, int32_t(most));
                if (list.empty()) return false;
                int32_t lowest = list[0].cost;
                for (const auto& one : list) lowest = std::min(lowest, one.cost);
                group.lowest[used++] = lowest;
            }
            least += group.lowest[group.list_of[i]];
            if (least >= best_cost) return false;
        }
        group.least = least;
        return true;
    }

    // Leaves out what cannot lead to anything better, and sorts the rest.
    void prepare(int v, Group& group) {
        int count = in.slot_ptr[v + 1] - in.slot_ptr[v];
        int64_t spare = best_cost - group.least;
        for (int i = 0; i < count; i++) {
            int which = group.list_of[i];
            if (i && which == group.list_of[i - 1]) continue;
            auto& list = group.lists[which];
            int64_t most = group.lowest[which] + spare;
            list.erase(std::remove_if(list.begin(), list.end(), [&](const auto& one) { return one.cost >= most; }),
                       list.end());
            std::sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.cost < b.cost; });
        }
        rest[count] = 0;
        for (int i = count - 1; i >= 0; i--) rest[i] = rest[i + 1] + group.lowest[group.list_of[i]];
    }

    void fill(std::vector<Candidate>& list, int v, int kind, int stay, int day, int32_t low, int32_t high,
              double blink, int copies, int32_t limit) {
        list.clear();
        type_stamp++;
        const int32_t *from = in.travel + size_t(v) * in.nodes, *to = &arrival[size_t(v) * in.nodes];
        bool dedupe = in.balance == 0 && in.announced_ptr[v + 1] == in.announced_ptr[v];
        uint64_t skip = uint64_t(blink * 0x1.0p32);
        for (int i = in.class_ptr[kind * in.days + day]; i < in.class_ptr[kind * in.days + day + 1]; i++) {
            int r = in.class_route[i], person = in.route_person[r], n = now.length[r];
            if (!n && dedupe) {  // as many empty routes of a kind as there are slots stand for all
                int type = in.route_type[r];
                if (type_seen[type] != type_stamp) type_seen[type] = type_stamp, type_count[type] = 0;
                if (type_count[type]++ >= copies) continue;
            }
            if (!now.within(person, day, 1, stay)) continue;
            size_t of_person = size_t(person) * in.days + day;
            int32_t most = in.person_work[of_person] - now.work[of_person] - stay;
            const Cell* c = now.row(r);
            int32_t extra = int32_t(now.person_cost(v, person, stay));
            for (int k = 0; k <= n; k++, c++) {
                int a = c->node, b = c[1].node;
                int32_t earliest = c->ready + to[a], latest = c[1].due - from[b] - stay;
                if (c->ready > high) break;
                if (latest < low || earliest > latest || earliest > high) continue;
                int32_t detour = to[a] + from[b] - c->edge;
                if (detour > most || extra + detour >= limit) continue;
                if (skip && (random.next() >> 32) < skip) continue;
                list.push_back({extra + detour, earliest, latest, r, k, person, a, b});
            }
        }
    }

    void choose(int v, const Group& group, int o) {
        budget = 2000;
        descend(group, o, 0, in.slot_ptr[v + 1] - in.slot_ptr[v], in.option_cost[o], in.option_low[o],
                in.option_high[o]);
    }

    void descend(const Group& group, int o, int i, int count, int64_t cost, int32_t earliest, int32_t latest) {
        if (i == count) {
            best_cost = cost, best_option = o;
            for (int j = 0; j < count; j++) best_places[j] = {chosen[j]->route, chosen[j]->position};
            return;
        }
        const auto& list = group.lists[group.list_of[i]];
        int first = i && group.list_of[i] == group.list_of[i - 1] ? chosen_index[i - 1] + 1 : 0;
        for (int c = first; c < int(list.size()); c++) {
            const Candidate& one = list[c];
            if (cost + one.cost + rest[i + 1] >= best_cost || --budget < 0) return;
            int32_t e = std::max(earliest, one.earliest), l = std::min(latest, one.latest);
            if (e > l || !agrees(one, i)) continue;
            chosen[i] = &one, chosen_index[i] = c;
            descend(group, o, i + 1, count, cost + one.cost, e, l);
        }
    }

    // Another person, and no successor that comes before a predecessor.
    bool agrees(const Candidate& one, int count) const {
        for (int j = 0; j < count; j++) {
            const Candidate& other = *chosen[j];
            if (other.person == one.person) return false;
            if (other.after < in.sites && one.before < in.sites && now.reaches(other.after, one.before)) return false;
            if (one.after < in.sites && other.before < in.sites && now.reaches(one.after, other.before)) return false;
        }
        return true;
    }
};

}  // namespace inspections
