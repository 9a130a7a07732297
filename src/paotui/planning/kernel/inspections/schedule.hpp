// The schedule with what it costs: visits and slots put in and taken out, limits per person, and a log to undo from.
#pragma once
#include "starts.hpp"

namespace inspections {

struct Plan {  // what is needed to restore a schedule: per route its slots, one after the other
    std::vector<int32_t> option, length, slot;
    int64_t cost = 0;
};

struct Place {  // one slot of a visit, put behind `position` of a route
    int32_t route, position;
};

class Schedule : public Starts {
  public:
    std::vector<int32_t> visits, work, load;  // persons × days, persons × days, persons
    int64_t cost = 0;

    explicit Schedule(const Instance& instance) : Starts(instance) {
        saved_route.assign(in.routes, 0), saved_site.assign(in.sites, 0), changed_day.assign(in.days, 0);
        kept_days.resize(in.days), routes_of.resize(in.days);
        for (int r = 0; r < in.routes; r++) routes_of[in.route_day[r]].push_back(r);
        clear();
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
        slot_route.assign(in.slots, -1);
        for (int r = 0; r < in.routes; r++) empty(r);
        for (auto& day : of_day) day.clear();
        visits.assign(size_t(in.persons) * in.days, 0), work.assign(size_t(in.persons) * in.days, 0);
        load.assign(in.persons, 0);
    }

    // Everything since is taken back on `undo`.
    void begin() {
        stamp++;
        kept_sites.clear(), touched.clear(), charges.clear();
        cost_before = cost;
    }

    // Puts a site in and keeps the day scheduled.
    void insert(int site, int chosen, const Place* places) {
        keep_site(site);
        option[site] = chosen;
        cost += in.option_cost[chosen] - in.unplaced[site];
        int day = in.option_day[chosen];
        keep_day(day);
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
        for (int s = in.slot_ptr[site]; s < in.slot_ptr[site + 1]; s++)
            if (slot_route[s] >= 0) take_slot(site, s, day);
        cost -= in.option_cost[option[site]] - in.unplaced[site];
        leave_day(site);
        option[site] = -1;
    }

    // Fills one empty slot of a visit and keeps the day scheduled.
    void fill(int site, int s, Place place) {
        int day = day_of(site);
        keep_day(day);
        insert_slot(site, s, place.route, place.position + 1, day);
        tighten(site, day, s, s + 1);
    }

    // Empties one slot of a visit that stays; the day has to be scheduled again.
    void vacate(int site, int s) {
        int day = day_of(site);
        keep_day(day);
        take_slot(site, s, day);
    }

    bool schedule_changed() {
        bool fits = true;
        for (int d = 0; d < in.days; d++)
            if (changed_day[d] == stamp) fits &= reschedule(d);
        return fits;
    }

    void undo() {
        for (int d = 0; d < in.days; d++)
            if (changed_day[d] == stamp) restore(d);
        for (const auto& was : kept_sites) option[was.site] = was.option;
        for (int r : touched)
            for (const Cell *c = row(r) + 1, *end = c + length[r]; c < end; c++)
                slot_route[c->slot] = r, slot_position[c->slot] = int(c - row(r));
        for (const auto& one : charges) apply(one, -1);
        cost = cost_before;
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
                cost += int64_t(in.route_weight[r]) * c[k].edge;
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
    struct KeptVisit {
        int32_t site, est, lst, bit;
    };
    struct KeptDay {  // as it was, the cells of its routes one after the other
        std::vector<KeptVisit> visits;
        std::vector<uint64_t> reach;
        std::vector<int32_t> length;
        std::vector<Cell> cells;
    };
    struct Charge {
        int32_t person, day, visits, work, load;
    };
    std::vector<uint32_t> saved_route, saved_site, changed_day;
    std::vector<KeptSite> kept_sites;
    std::vector<KeptDay> kept_days;
    std::vector<std::vector<int32_t>> routes_of;  // by day
    std::vector<int32_t> touched;                 // routes whose sequence has changed
    std::vector<Charge> charges;
    uint32_t stamp = 0;
    int64_t cost_before = 0;

    void empty(int r) {
        Cell* c = row(r);
        length[r] = 0;
        c[0] = {in.route_office[r], -1, in.route_open[r], 0, 0};
        c[1] = {in.route_office[r], -1, 0, in.route_close[r], 0};
    }

    void insert_slot(int site, int s, int r, int k, int day) {
        int person = in.route_person[r], stay = in.slot_stay[s];
        touch(r);
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
        cost += int64_t(in.route_weight[r]) * detour + person_cost(site, person, stay);
        charge(person, day, 1, detour + stay, stay);
    }

    void take_slot(int site, int s, int day) {
        int r = slot_route[s], k = slot_position[s], person = in.route_person[r], stay = in.slot_stay[s];
        touch(r);
        Cell* c = row(r);
        int32_t direct = length[r] > 1 ? travel(c[k - 1].node, c[k + 1].node) : 0;
        int detour = c[k - 1].edge + c[k].edge - direct;
        for (int j = k; j <= length[r]; j++) {
            c[j] = c[j + 1];
            if (c[j].slot >= 0) slot_position[c[j].slot] = j;
        }
        c[k - 1].edge = direct;
        length[r]--;
        slot_route[s] = -1;
        charge(person, day, -1, -(detour + stay), -stay);
        cost -= int64_t(in.route_weight[r]) * detour + person_cost(site, person, stay);
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
        if (placed(site)) keep_day(day_of(site));
        if (saved_site[site] == stamp) return;
        saved_site[site] = stamp;
        kept_sites.push_back({site, option[site]});
    }

    void touch(int r) {
        if (saved_route[r] == stamp) return;
        saved_route[r] = stamp;
        touched.push_back(r);
    }

    // A copy of a whole day costs less than scheduling it once more, and most iterations are undone.
    void keep_day(int day) {
        if (changed_day[day] == stamp) return;
        changed_day[day] = stamp;
        KeptDay& kept = kept_days[day];
        size_t used = (of_day[day].size() + 63) / 64;
        kept.visits.clear(), kept.reach.clear(), kept.length.clear(), kept.cells.clear();
        for (int v : of_day[day]) {
            kept.visits.push_back({v, est[v], lst[v], bit[v]});
            const uint64_t* reached = &reach[size_t(v) * words];
            kept.reach.insert(kept.reach.end(), reached, reached + used);
        }
        for (int r : routes_of[day]) {
            kept.length.push_back(length[r]);
            kept.cells.insert(kept.cells.end(), row(r), row(r) + length[r] + 2);
        }
    }

    void restore(int day) {
        const KeptDay& kept = kept_days[day];
        size_t used = (kept.visits.size() + 63) / 64;
        const uint64_t* reached = kept.reach.data();
        of_day[day].clear();
        for (const KeptVisit& was : kept.visits) {
            of_day[day].push_back(was.site);
            est[was.site] = was.est, lst[was.site] = was.lst, bit[was.site] = was.bit;
            std::copy(reached, reached + used, &reach[size_t(was.site) * words]);
            reached += used;
        }
        const Cell* c = kept.cells.data();
        for (size_t i = 0; i < kept.length.size(); i++) {
            int r = routes_of[day][i];
            length[r] = kept.length[i];
            std::copy(c, c + length[r] + 2, row(r));
            c += length[r] + 2;
        }
    }
};

}  // namespace inspections
