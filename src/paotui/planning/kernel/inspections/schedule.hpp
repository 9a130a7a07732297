// The schedule: every route a sequence of visits, every visit a node shared by the routes of its team.
// Starts obey difference constraints over the graph of all sequences of a day. `est` and `lst` are the earliest and
// latest start of each visit, `reach` its descendants as bits, so that an insertion is judged in constant time:
// it fits when earliest ≤ latest and no successor reaches a predecessor. That test is exact where travel obeys the
// triangle inequality, and never wrong on the unsafe side.
#pragma once
#include <algorithm>
#include <cstring>
#include <vector>

#include "instance.hpp"

namespace inspections {

struct Plan {  // what is needed to restore a schedule: per route its slots, one after the other
    std::vector<int32_t> option, length, slot;
    int64_t cost = 0;
};

struct Place {  // one slot of a visit, put behind `position` of a route
    int32_t route, position;
};

struct Cell {      // one position of a route; the first and the last are the office
    int32_t node;
    int32_t slot;  // of all sites; -1 at the office
    int32_t ready; // when the inspector may go on from here
    int32_t due;   // when the inspector has to be here
    int32_t edge;  // travel to the next position
};

class Schedule {
  public:
    const Instance& in;
    std::vector<Cell> cells;
    std::vector<int32_t> option, length, slot_route, slot_position, est, lst, bit;
    std::vector<int32_t> visits, work, load;  // persons × days, persons × days, persons
    std::vector<std::vector<int32_t>> of_day;
    std::vector<uint64_t> reach;
    int words;
    int64_t cost = 0;

    explicit Schedule(const Instance& instance) : in(instance) {
        words = (in.sites + 63) / 64;
        option.assign(in.sites, -1);
        length.assign(in.routes, 0);
        cells.assign(size_t(in.routes) * in.stride, {});
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
    bool is_site(int node) const { return node < in.sites; }
    Cell* row(int route) { return &cells[size_t(route) * in.stride]; }
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
    bool within(int person, int day, int more_visits, int more_work) const {
        size_t cell = size_t(person) * in.days + day;
        return visits[cell] + more_visits <= in.person_visits[cell] && work[cell] + more_work <= in.person_work[cell];
    }

    void clear() {
        cost = 0;
        for (int s = 0; s < in.sites; s++) option[s] = -1, cost += in.unplaced[s];
        for (int r = 0; r < in.routes; r++) empty(r);
        for (auto& day : of_day) day.clear();
        visits.assign(size_t(in.persons) * in.days, 0), work.assign(size_t(in.persons) * in.days, 0);
        load.assign(in.persons, 0);
    }

    // Everything since is taken back on `undo`.
    void begin() {
        stamp++;
        kept_sites.clear(), kept_routes.clear(), charges.clear(), kept_cells.clear();
        cost_before = cost;
    }

    // Puts a site in and keeps the day scheduled.
    void insert(int site, int chosen, const Place* places) {
        keep_site(site);
        option[site] = chosen;
        cost += in.option_cost[chosen] - in.unplaced[site];
        int day = in.option_day[chosen];
        changed_day[day] = stamp;
        for (int s = in.slot_ptr[site], i = 0; s < in.slot_ptr[site + 1]; s++, i++)
            insert_slot(site, s, places[i].route, places[i].position + 1, day);
        bit[site] = int(of_day[day].size());
        of_day[day].push_back(site);
        extend(site, day);
    }

    // Takes a site out; the day has to be scheduled again.
    void remove(int site) {
        keep_site(site);
        int day = day_of(site);
        for (int s = in.slot_ptr[site]; s < in.slot_ptr[site + 1]; s++) {
            int r = slot_route[s], k = slot_position[s], person = in.route_person[r];
            keep_route(r);
            Cell* c = row(r);
            int32_t direct = length[r] > 1 ? travel(c[k - 1].node, c[k + 1].node) : 0;
            int detour = c[k - 1].edge + c[k].edge - direct;
            for (int j = k; j <= length[r]; j++) {
                c[j] = c[j + 1];
                if (c[j].slot >= 0) slot_position[c[j].slot] = j;
            }
            c[k - 1].edge = direct;
            length[r]--;
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
                if (slot_position[s] > 1) degree[v]++;
                else {
                    const Cell* c = row(slot_route[s]);
                    est[v] = std::max(est[v], c->ready + c->edge);
                }
            }
            if (!degree[v]) order[done++] = v;
        }
        for (int i = 0; i < done; i++) {
            int v = order[i];
            for (int s = in.slot_ptr[v]; s < in.slot_ptr[v + 1]; s++) {
                Cell* c = row(slot_route[s]) + slot_position[s];
                c->ready = est[v] + in.slot_stay[s];
                int next = c[1].node;
                if (!is_site(next)) continue;
                est[next] = std::max(est[next], c->ready + c->edge);
                if (!--degree[next]) order[done++] = next;
            }
        }
        if (done < count) return false;
        bool fits = true;
        for (int i = count - 1; i >= 0; i--) {
            int v = order[i];
            int32_t latest = in.option_high[option[v]];
            uint64_t* mine = &reach[size_t(v) * words];
            std::memset(mine, 0, sizeof(uint64_t) * (used + (used < words)));
            mine[bit[v] >> 6] |= 1ull << (bit[v] & 63);
            for (int s = in.slot_ptr[v]; s < in.slot_ptr[v + 1]; s++) {
                const Cell* c = row(slot_route[s]) + slot_position[s];
                latest = std::min(latest, c[1].due - c->edge - in.slot_stay[s]);
                int next = c[1].node;
                if (!is_site(next)) continue;
                const uint64_t* theirs = &reach[size_t(next) * words];
                for (int w = 0; w < used; w++) mine[w] |= theirs[w];
            }
            set_latest(v, latest);
            fits &= est[v] <= latest;
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

    void save(Plan& plan) const {
        plan.option = option, plan.length = length, plan.cost = cost;
        plan.slot.clear();
        for (int r = 0; r < in.routes; r++)
            for (int k = 1; k <= length[r]; k++) plan.slot.push_back(cells[size_t(r) * in.stride + k].slot);
    }

    // False when the plan does not hold; the schedule is empty then.
    bool load_plan(const Plan& plan, const std::vector<int32_t>& site_of) {
        clear();
        begin();
        option = plan.option;
        size_t at = 0;
        for (int r = 0; r < in.routes; r++) {
            Cell* c = row(r);
            int person = in.route_person[r], day = in.route_day[r];
            length[r] = plan.length[r];
            for (int k = 1; k <= length[r]; k++) {
                int s = plan.slot[at++], v = site_of[s];
                c[k] = {v, s, 0, 0, 0};
                slot_route[s] = r, slot_position[s] = k;
                cost += person_cost(v, person, in.slot_stay[s]);
                charge(person, day, 1, in.slot_stay[s], in.slot_stay[s]);
            }
            if (length[r]) c[length[r] + 1] = {in.route_office[r], -1, 0, in.route_close[r], 0};
            for (int k = 0; k <= length[r] && length[r]; k++) {
                c[k].edge = travel(c[k].node, c[k + 1].node);
                cost += c[k].edge;
                charge(person, day, 0, c[k].edge, 0);
            }
        }
        for (int v = 0; v < in.sites; v++)
            if (placed(v)) of_day[day_of(v)].push_back(v), cost += in.option_cost[option[v]] - in.unplaced[v];
        bool fits = true;
        for (int d = 0; d < in.days; d++) fits &= schedule(d);
        for (int p = 0; p < in.persons; p++)
            for (int d = 0; d < in.days; d++) fits &= within(p, d, 0, 0);
        if (!fits) clear();
        return fits;
    }

  private:
    struct KeptSite {
        int32_t site, option;
    };
    struct KeptRoute {
        int32_t route, length, first;  // `first`: where its cells begin in `kept_cells`
    };
    struct Charge {
        int32_t person, day, visits, work, load;
    };
    std::vector<int32_t> degree, order;
    std::vector<uint32_t> saved_route, saved_site, changed_day;
    std::vector<KeptSite> kept_sites;
    std::vector<KeptRoute> kept_routes;
    std::vector<Cell> kept_cells;
    std::vector<Charge> charges;
    std::vector<uint64_t> mask;
    uint32_t stamp = 0;
    int64_t cost_before = 0;

    void empty(int r) {
        Cell* c = row(r);
        length[r] = 0;
        c[0] = {in.route_office[r], -1, in.route_open[r], 0, 0};
        c[1] = {in.route_office[r], -1, 0, in.route_close[r], 0};
    }

    void set_latest(int v, int32_t latest) {
        lst[v] = latest;
        for (int s = in.slot_ptr[v]; s < in.slot_ptr[v + 1]; s++) row(slot_route[s])[slot_position[s]].due = latest;
    }

    void insert_slot(int site, int s, int r, int k, int day) {
        int person = in.route_person[r], stay = in.slot_stay[s];
        keep_route(r);
        Cell* c = row(r);
        int32_t to = travel(c[k - 1].node, site), from = travel(site, c[k].node);
        int detour = to + from - c[k - 1].edge;
        for (int j = length[r] + 1; j >= k; j--) {
            c[j + 1] = c[j];
            if (c[j].slot >= 0) slot_position[c[j].slot] = j + 1;
        }
        c[k - 1].edge = to;
        c[k] = {site, s, 0, 0, from};
        slot_route[s] = r, slot_position[s] = k;
        length[r]++;
        cost += detour + person_cost(site, person, stay);
        charge(person, day, 1, detour + stay, stay);
    }

    // Propagates what a new visit brings: earliest starts forward, latest ones backward, descendants to ancestors.
    void extend(int site, int day) {
        auto& list = of_day[day];
        int count = int(list.size()), used = (count + 63) / 64;
        uint64_t* mine = &reach[size_t(site) * words];
        std::memset(mine, 0, sizeof(uint64_t) * used);
        if (count % 64 == 1 && count > 1)  // a new word has begun
            for (int v : list) reach[size_t(v) * words + used - 1] = 0;
        mine[bit[site] >> 6] |= 1ull << (bit[site] & 63);
        mask.assign(used, 0);
        int32_t earliest = in.option_low[option[site]], latest = in.option_high[option[site]];
        for (int s = in.slot_ptr[site]; s < in.slot_ptr[site + 1]; s++) {
            const Cell* c = row(slot_route[s]) + slot_position[s];
            earliest = std::max(earliest, c[-1].ready + c[-1].edge);
            latest = std::min(latest, c[1].due - c->edge - in.slot_stay[s]);
            if (is_site(c[-1].node)) mask[bit[c[-1].node] >> 6] |= 1ull << (bit[c[-1].node] & 63);
            if (!is_site(c[1].node)) continue;
            const uint64_t* theirs = &reach[size_t(c[1].node) * words];
            for (int w = 0; w < used; w++) mine[w] |= theirs[w];
        }
        for (int v : list) {
            uint64_t* theirs = &reach[size_t(v) * words];
            uint64_t hit = 0;
            for (int w = 0; w < used; w++) hit |= theirs[w] & mask[w];
            if (hit)
                for (int w = 0; w < used; w++) theirs[w] |= mine[w];
        }
        order.clear();
        est[site] = earliest;
        order.push_back(site);
        for (size_t i = 0; i < order.size(); i++) forward(order[i]);
        order.clear();
        set_latest(site, latest);
        order.push_back(site);
        for (size_t i = 0; i < order.size(); i++) backward(order[i]);
    }

    void forward(int v) {
        for (int s = in.slot_ptr[v]; s < in.slot_ptr[v + 1]; s++) {
            Cell* c = row(slot_route[s]) + slot_position[s];
            c->ready = est[v] + in.slot_stay[s];
            int next = c[1].node;
            if (!is_site(next) || est[next] >= c->ready + c->edge) continue;
            est[next] = c->ready + c->edge;
            order.push_back(next);
        }
    }

    void backward(int v) {
        for (int s = in.slot_ptr[v]; s < in.slot_ptr[v + 1]; s++) {
            const Cell* c = row(slot_route[s]) + slot_position[s];
            int before = c[-1].node;
            if (!is_site(before)) continue;
            int32_t latest = lst[v] - c[-1].edge - in.slot_stay[c[-1].slot];
            if (lst[before] <= latest) continue;
            set_latest(before, latest);
            order.push_back(before);
        }
    }

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
        const Cell* c = row(r);
        kept_routes.push_back({r, length[r], int32_t(kept_cells.size())});
        kept_cells.insert(kept_cells.end(), c, c + length[r] + 2);
    }

    void restore(const KeptRoute& was) {
        length[was.route] = was.length;
        Cell* c = row(was.route);
        for (int k = 0; k <= was.length + 1; k++) {
            c[k] = kept_cells[was.first + k];
            if (c[k].slot >= 0) slot_route[c[k].slot] = was.route, slot_position[c[k].slot] = k;
        }
    }
};

}  // namespace inspections
