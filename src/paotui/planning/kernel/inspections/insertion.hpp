// Where a site or a slot fits cheapest: candidates per slot and day, then branch and bound over teams.
#pragma once
#include <limits>
#include <tuple>

#include "schedule.hpp"

namespace inspections {

class Insertion {
  public:
    int best_option = -1;
    Place best_places[MOST_SLOTS];

    Insertion(Schedule& schedule, Random& random) : now(schedule), in(schedule.in), random(random) {
        arrival.resize(size_t(in.nodes) * in.sites);
        for (int v = 0; v < in.sites; v++)
            for (int u = 0; u < in.nodes; u++) arrival[size_t(v) * in.nodes + u] = now.travel(u, v);
        groups.resize(in.days);
        allowed.assign(in.days, 1);
        last_day.assign(in.sites, -1);
        int types = in.routes ? 1 + *std::max_element(in.route_type, in.route_type + in.routes) : 0;
        type_seen.assign(types, 0), type_count.assign(types, 0);
    }

    // Days that may be planned on; the others are somebody else's business.
    std::vector<char> allowed;

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
            if (!allowed[day]) continue;
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

    // The cheapest place for one slot of a visit that is there; its start may shift as far as the others allow.
    bool find_slot(int v, int s, double blink, Place& place) {
        int day = now.day_of(v), kind = in.slot_class[s], stay = in.slot_stay[s];
        const int32_t *from = in.travel + size_t(v) * in.nodes, *to = &arrival[size_t(v) * in.nodes];
        int32_t low = now.est[v], high = now.lst[v];
        uint64_t skip = uint64_t(blink * 0x1.0p32);
        int64_t least = std::numeric_limits<int64_t>::max();
        for (int i = in.class_ptr[kind * in.days + day]; i < in.class_ptr[kind * in.days + day + 1]; i++) {
            int r = in.class_route[i], person = in.route_person[r], n = now.length[r];
            size_t of_person = size_t(person) * in.days + day;
            int32_t most = in.person_work[of_person] - now.work[of_person] - stay;
            if (most < 0 || now.visits[of_person] >= in.person_visits[of_person] || attends(v, person)) continue;
            int64_t extra = now.person_cost(v, person, stay), weight = in.route_weight[r];
            const Cell* c = now.row(r);
            for (int k = 0; k <= n && c->ready <= high; k++, c++) {
                int a = c->node, b = c[1].node;
                int64_t detour = to[a] + from[b] - c->edge, price = extra + weight * detour;
                if (price >= least || detour > most) continue;
                int32_t earliest = std::max(low, c->ready + to[a]);
                if (earliest > high || earliest > c[1].due - from[b] - stay) continue;
                if (a < in.sites && now.reaches(v, a)) continue;
                if (b < in.sites && now.reaches(b, v)) continue;
                if (skip && (random.next() >> 32) < skip) continue;
                least = price, place = {r, k};
            }
        }
        return least < std::numeric_limits<int64_t>::max();
    }

  private:
    Schedule& now;
    const Instance& in;
    Random& random;
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
    std::vector<Group> groups;      // days
    std::vector<int> days;          // of a site's options
    std::vector<int32_t> last_day;  // sites
    std::vector<int32_t> arrival;   // sites × nodes: travel from a node to the site
    int64_t rest[MOST_SLOTS + 1];
    const Candidate* chosen[MOST_SLOTS];
    int chosen_index[MOST_SLOTS];
    int budget = 0;
    int64_t best_cost = 0;

    bool attends(int v, int person) const {
        for (int s = in.slot_ptr[v]; s < in.slot_ptr[v + 1]; s++)
            if (now.slot_route[s] >= 0 && in.route_person[now.slot_route[s]] == person) return true;
        return false;
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
            // Ties broken by place: which of two equal ones comes first is no matter of the compiler's.
            std::sort(list.begin(), list.end(), [](const auto& a, const auto& b) {
                return std::tie(a.cost, a.route, a.position) < std::tie(b.cost, b.route, b.position);
            });
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
            int32_t extra = int32_t(now.person_cost(v, person, stay)), weight = in.route_weight[r];
            for (int k = 0; k <= n; k++, c++) {
                int a = c->node, b = c[1].node;
                if (c->ready > high) break;
                int32_t detour = to[a] + from[b] - c->edge;
                int32_t price = extra + weight * detour;
                if (detour > most || price >= limit) continue;
                int32_t earliest = c->ready + to[a], latest = c[1].due - from[b] - stay;
                if (latest < low || earliest > latest || earliest > high) continue;
                if (skip && (random.next() >> 32) < skip) continue;
                list.push_back({price, earliest, latest, r, k, person, a, b});
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
