// The schedule: every route a sequence of visits, every visit a node shared by the routes of its team.
// Starts obey difference constraints over the graph of all sequences of a day. `est` and `lst` are the earliest and
// latest start of each visit, `reach` its descendants as bits, so that an insertion is judged in constant time:
// it fits when earliest ≤ latest and no successor reaches a predecessor. That test is exact.
#pragma once
#include <algorithm>
#include <cstring>
#include <vector>

#include "instance.hpp"

namespace inspections {

struct Plan {  // what is needed to restore a schedule
    std::vector<int32_t> option, length, node, slot;
    int64_t cost = 0;
};

struct Place {  // one slot of a visit, put behind `position` of a route
    int32_t route, position;
};

class Schedule {
  public:
    const Instance& in;
    std::vector<int32_t> option, length, node, slot, ready, due;
    std::vector<int32_t> slot_route, slot_position, est, lst, bit;
    std::vector<int32_t> visits, work, load;  // persons × days, persons × days, persons
    std::vector<std::vector<int32_t>> of_day;
    std::vector<uint64_t> reach;
    int words;
    int64_t cost = 0;

    explicit Schedule(const Instance& instance) : in(instance) {
        words = (in.sites + 63) / 64;
        option.assign(in.sites, -1);
        length.assign(in.routes, 0);
        size_t cells = size_t(in.routes) * in.stride;
        node.assign(cells, 0), slot.assign(cells, -1), ready.assign(cells, 0), due.assign(cells, 0);
        slot_route.assign(in.slots, -1), slot_position.assign(in.slots, 0);
        est.assign(in.sites, 0), lst.assign(in.sites, 0), bit.assign(in.sites, 0), degree.assign(in.sites, 0);
        reach.assign(size_t(in.sites) * words, 0);
        of_day.resize(in.days);
        saved_route.assign(in.routes, 0), saved_site.assign(in.sites, 0), changed_day.assign(in.days, 0);
        clear();
    }

    int32_t travel(int from, int to) const { return in.travel[size_t(from) * in.nodes + to]; }
    int day_of(int site) const { return in.option_day[option[site]]; }
    bool placed(int site) const { return option[site] >= 0; }
    bool reaches(int from, int to) const {
        return reach[size_t(from) * words + (bit[to] >> 6)] >> (bit[to] & 63) & 1;
    }
    int64_t balance(int64_t seconds) const {
        return in.balance > 0 ? int64_t(in.balance * double(seconds) * double(seconds) / WORKING_DAY) : 0;
    }
    bool announced(int site, int person) const {
        for (int i = in.announced_ptr[site]; i < in.announced_ptr[site + 1]; i++)
            if (in.announced_person[i] == person) return true;
        return false;
    }
    int64_t person_cost(int site, int person, int stay) const {
        int64_t sum = balance(int64_t(load[person]) + stay) - balance(load[person]);
        if (in.announced_ptr[site + 1] > in.announced_ptr[site] && !announced(site, person)) sum += in.team_change;
        return sum;
    }

    void clear() {
        cost = 0;
        for (int s = 0; s < in.sites; s++) option[s] = -1, cost += in.unplaced[s];
        for (int r = 0; r < in.routes; r++) empty(r);
        for (auto& day : of_day) day.clear();
        visits.assign(size_t(in.persons) * in.days, 0), work.assign(size_t(in.persons) * in.days, 0);
        load.assign(in.persons, 0);
    }

    // Take back everything since, on `undo`.
    void begin() {
        stamp++;
        kept_sites.clear(), kept_routes.clear(), charges.clear(), cells.clear();
        cost_before = cost;
    }

    void insert(int site, int chosen, const Place* places) {
        keep_site(site);
        option[site] = chosen;
        cost += in.option_cost[chosen] - in.unplaced[site];
        int day = in.option_day[chosen];
        changed_day[day] = stamp;
        for (int s = in.slot_ptr[site], i = 0; s < in.slot_ptr[site + 1]; s++, i++) {
            int r = places[i].route, k = places[i].position + 1, person = in.route_person[r];
            keep_route(r);
            int32_t *n = &node[size_t(r) * in.stride], *o = &slot[size_t(r) * in.stride];
            int detour = travel(n[k - 1], site) + travel(site, n[k]) - edge(n, length[r], k);
            for (int j = length[r] + 1; j >= k; j--) {
                n[j + 1] = n[j], o[j + 1] = o[j];
                if (o[j] >= 0) slot_position[o[j]] = j + 1;
            }
            n[k] = site, o[k] = s;
            slot_route[s] = r, slot_position[s] = k;
            length[r]++;
            close(r);
            cost += detour + person_cost(site, person, in.slot_stay[s]);
            charge(person, day, 1, detour + in.slot_stay[s], in.slot_stay[s]);
        }
        of_day[day].push_back(site);
    }

    void remove(int site) {
        keep_site(site);
        int day = day_of(site);
        for (int s = in.slot_ptr[site]; s < in.slot_ptr[site + 1]; s++) {
            int r = slot_route[s], k = slot_position[s], person = in.route_person[r];
            keep_route(r);
            int32_t *n = &node[size_t(r) * in.stride], *o = &slot[size_t(r) * in.stride];
            for (int j = k; j <= length[r]; j++) {
                n[j] = n[j + 1], o[j] = o[j + 1];
                if (o[j] >= 0) slot_position[o[j]] = j;
            }
            length[r]--;
            close(r);
            int detour = travel(n[k - 1], site) + travel(site, n[k]) - edge(n, length[r], k);
            charge(person, day, -1, -(detour + in.slot_stay[s]), -in.slot_stay[s]);
            cost -= detour + person_cost(site, person, in.slot_stay[s]);
        }
        cost -= in.option_cost[option[site]] - in.unplaced[site];
        leave_day(site);
        option[site] = -1;
    }

    // Earliest and latest starts, and who reaches whom, of one day. False: a cycle, or too late somewhere.
    bool schedule(int day) {
        auto& list = of_day[day];
        int count = int(list.size()), used = (count + 63) / 64, done = 0;
        order.resize(count);
        for (int i = 0; i < count; i++) {
            int v = list[i];
            bit[v] = i, degree[v] = 0, est[v] = in.option_low[option[v]];
            for (int s = in.slot_ptr[v]; s < in.slot_ptr[v + 1]; s++) {
                int r = slot_route[s];
                if (slot_position[s] > 1) degree[v]++;
                else est[v] = std::max(est[v], in.route_open[r] + travel(in.route_office[r], v));
            }
        }
        for (int v : list)
            if (!degree[v]) order[done++] = v;
        for (int i = 0; i < done; i++) {
            int v = order[i];
            for (int s = in.slot_ptr[v]; s < in.slot_ptr[v + 1]; s++) {
                size_t cell = size_t(slot_route[s]) * in.stride + slot_position[s];
                ready[cell] = est[v] + in.slot_stay[s];
                int next = node[cell + 1];
                if (next >= in.sites) continue;
                est[next] = std::max(est[next], ready[cell] + travel(v, next));
                if (!--degree[next]) order[done++] = next;
            }
        }
        if (done < count) return false;
        bool fits = true;
        for (int i = count - 1; i >= 0; i--) {
            int v = order[i];
            lst[v] = in.option_high[option[v]];
            uint64_t* mine = &reach[size_t(v) * words];
            std::memset(mine, 0, sizeof(uint64_t) * used);
            mine[bit[v] >> 6] |= 1ull << (bit[v] & 63);
            for (int s = in.slot_ptr[v]; s < in.slot_ptr[v + 1]; s++) {
                size_t cell = size_t(slot_route[s]) * in.stride + slot_position[s];
                int next = node[cell + 1];
                lst[v] = std::min(lst[v], due[cell + 1] - travel(v, next) - in.slot_stay[s]);
                if (next >= in.sites) continue;
                const uint64_t* theirs = &reach[size_t(next) * words];
                for (int w = 0; w < used; w++) mine[w] |= theirs[w];
            }
            for (int s = in.slot_ptr[v]; s < in.slot_ptr[v + 1]; s++)
                due[size_t(slot_route[s]) * in.stride + slot_position[s]] = lst[v];
            fits &= est[v] <= lst[v];
        }
        return fits;
    }

    bool schedule_changed() {
        bool fits = true;
        for (int d = 0; d < in.days; d++)
            if (changed_day[d] == stamp) fits &= schedule(d);
        return fits;
    }

    void undo() {
        for (const auto& was : kept_sites)
            if (placed(was.site)) leave_day(was.site);
        for (const auto& was : kept_routes) restore(was);
        for (const auto& was : kept_sites) {
            option[was.site] = was.option;
            if (placed(was.site)) of_day[day_of(was.site)].push_back(was.site);
        }
        for (const auto& one : charges) apply(one, -1);
        cost = cost_before;
        schedule_changed();
    }

    Plan plan() const { return {option, length, node, slot, cost}; }

    // False when the plan does not hold; the schedule is empty then.
    bool load_plan(const Plan& plan) {
        clear();
        begin();
        option = plan.option, length = plan.length, node = plan.node, slot = plan.slot;
        for (int r = 0; r < in.routes; r++)
            for (int k = 1; k <= length[r]; k++) {
                size_t cell = size_t(r) * in.stride + k;
                int s = slot[cell], v = node[cell], person = in.route_person[r];
                slot_route[s] = r, slot_position[s] = k;
                cost += person_cost(v, person, in.slot_stay[s]);
                charge(person, in.route_day[r], 1, in.slot_stay[s], in.slot_stay[s]);
            }
        for (int r = 0; r < in.routes; r++)
            for (int k = 0; k <= length[r] && length[r]; k++) {
                size_t cell = size_t(r) * in.stride + k;
                int32_t leg = travel(node[cell], node[cell + 1]);
                cost += leg;
                work[size_t(in.route_person[r]) * in.days + in.route_day[r]] += leg;
            }
        bool fits = true;
        for (int v = 0; v < in.sites; v++)
            if (placed(v)) of_day[day_of(v)].push_back(v), cost += in.option_cost[option[v]] - in.unplaced[v];
        for (int r = 0; r < in.routes; r++) close(r);
        for (int d = 0; d < in.days; d++) fits &= schedule(d);
        for (int p = 0; p < in.persons; p++)
            for (int d = 0; d < in.days; d++) fits &= within(p, d, 0, 0);
        if (!fits) clear();
        return fits;
    }

    bool within(int person, int day, int more_visits, int more_work) const {
        size_t cell = size_t(person) * in.days + day;
        return visits[cell] + more_visits <= in.person_visits[cell] && work[cell] + more_work <= in.person_work[cell];
    }

    int32_t edge(const int32_t* n, int count, int k) const { return count ? travel(n[k - 1], n[k]) : 0; }

  private:
    struct KeptSite {
        int32_t site, option;
    };
    struct KeptRoute {
        int32_t route, length, first;  // `first`: where its cells begin in `cells`
    };
    struct Charge {
        int32_t person, day, visits, work, load;
    };
    std::vector<int32_t> degree, order, cells;
    std::vector<uint32_t> saved_route, saved_site, changed_day;
    std::vector<KeptSite> kept_sites;
    std::vector<KeptRoute> kept_routes;
    std::vector<Charge> charges;
    uint32_t stamp = 0;
    int64_t cost_before = 0;

    void empty(int r) {
        size_t cell = size_t(r) * in.stride;
        length[r] = 0;
        node[cell] = node[cell + 1] = in.route_office[r];
        slot[cell] = slot[cell + 1] = -1;
        ready[cell] = in.route_open[r], due[cell + 1] = in.route_close[r];
    }

    void close(int r) { due[size_t(r) * in.stride + length[r] + 1] = in.route_close[r]; }

    void apply(const Charge& one, int sign) {
        size_t cell = size_t(one.person) * in.days + one.day;
        visits[cell] += sign * one.visits, work[cell] += sign * one.work, load[one.person] += sign * one.load;
    }

    void charge(int person, int day, int more_visits, int more_work, int more_load) {
        charges.push_back({person, day, more_visits, more_work, more_load});
        apply(charges.back(), 1);
    }

    void leave_day(int site) {
        auto& list = of_day[day_of(site)];
        *std::find(list.begin(), list.end(), site) = list.back();
        list.pop_back();
    }

    void keep_site(int site) {
        if (placed(site)) changed_day[day_of(site)] = stamp;
        if (saved_site[site] == stamp) return;
        saved_site[site] = stamp;
        kept_sites.push_back({site, option[site]});
    }

    void keep_route(int r) {
        if (saved_route[r] == stamp) return;
        saved_route[r] = stamp;
        size_t cell = size_t(r) * in.stride;
        kept_routes.push_back({r, length[r], int32_t(cells.size())});
        cells.insert(cells.end(), node.begin() + cell, node.begin() + cell + length[r] + 2);
        cells.insert(cells.end(), slot.begin() + cell, slot.begin() + cell + length[r] + 2);
    }

    void restore(const KeptRoute& was) {
        size_t cell = size_t(was.route) * in.stride;
        length[was.route] = was.length;
        const int32_t *n = &cells[was.first], *o = n + was.length + 2;
        for (int k = 0; k <= was.length + 1; k++) {
            node[cell + k] = n[k], slot[cell + k] = o[k];
            if (o[k] >= 0) slot_route[o[k]] = was.route, slot_position[o[k]] = k;
        }
        close(was.route);
    }
};

}  // namespace inspections
