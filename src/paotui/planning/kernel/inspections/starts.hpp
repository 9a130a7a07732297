// When visits start: every route a sequence of visits, every visit a node shared by the routes of its team.
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

constexpr int MOST_SLOTS = 96;  // of one site

struct Cell {      // one position of a route; the first and the last are the office
    int32_t node;
    int32_t slot;  // of all sites; -1 at the office
    int32_t ready; // when the inspector may go on from here
    int32_t due;   // when the inspector has to be here
    int32_t edge;  // travel to the next position
};

class Starts {
  public:
    const Instance& in;
    std::vector<Cell> cells;
    std::vector<int32_t> option, length, est, lst, bit;
    std::vector<int32_t> slot_route, slot_position;  // -1: nobody fills the slot
    std::vector<std::vector<int32_t>> of_day;
    std::vector<uint64_t> reach;
    int words;

    explicit Starts(const Instance& instance) : in(instance) {
        words = (in.sites + 63) / 64;
        option.assign(in.sites, -1);
        length.assign(in.routes, 0);
        cells.assign(size_t(in.routes) * in.stride, {});
        slot_route.assign(in.slots, -1), slot_position.assign(in.slots, 0);
        est.assign(in.sites, 0), lst.assign(in.sites, 0), bit.assign(in.sites, 0), degree.assign(in.sites, 0);
        reach.assign(size_t(in.sites) * words, 0);
        of_day.resize(in.days);
    }

    int32_t travel(int from, int to) const { return in.travel[size_t(from) * in.nodes + to]; }
    int day_of(int site) const { return in.option_day[option[site]]; }
    bool placed(int site) const { return option[site] >= 0; }
    bool is_site(int node) const { return node < in.sites; }
    Cell* row(int route) { return &cells[size_t(route) * in.stride]; }
    bool reaches(int from, int to) const {
        return reach[size_t(from) * words + (bit[to] >> 6)] >> (bit[to] & 63) & 1;
    }

    // Earliest and latest starts, and who reaches whom, of one day. False: a cycle, or too late somewhere.
    bool schedule(int day) { return sort_by_sequences(day) && spread(day); }

    // The same after visits or people were taken out: who came later then still does.
    bool reschedule(int day) {
        auto& list = of_day[day];
        for (size_t i = 1; i < list.size(); i++) {
            int v = list[i];
            size_t j = i;
            for (; j > 0 && est[list[j - 1]] > est[v]; j--) list[j] = list[j - 1];
            list[j] = v;
        }
        return spread(day);
    }

  protected:
    // Propagates what a new visit brings: earliest starts forward, latest ones backward, descendants to ancestors.
    void extend(int site, int day) {
        auto& list = of_day[day];
        int count = int(list.size()), used = (count + 63) / 64;
        uint64_t* mine = &reach[size_t(site) * words];
        std::memset(mine, 0, sizeof(uint64_t) * used);
        if (count % 64 == 1 && count > 1)  // a new word has begun
            for (int v : list) reach[size_t(v) * words + used - 1] = 0;
        mine[bit[site] >> 6] |= 1ull << (bit[site] & 63);
        est[site] = in.option_low[option[site]], lst[site] = in.option_high[option[site]];
        tighten(site, day, in.slot_ptr[site], in.slot_ptr[site + 1]);
    }

    // The same for slots [first, after) of a visit that is there already.
    void tighten(int site, int day, int first, int after) {
        auto& list = of_day[day];
        int used = (int(list.size()) + 63) / 64;
        uint64_t* mine = &reach[size_t(site) * words];
        mask.assign(used, 0);
        auto mark = [&](int v) { mask[bit[v] >> 6] |= 1ull << (bit[v] & 63); };
        int32_t earliest = est[site], latest = lst[site];
        mark(site);
        for (int s = first; s < after; s++) {
            const Cell* c = row(slot_route[s]) + slot_position[s];
            earliest = std::max(earliest, c[-1].ready + c[-1].edge);
            latest = std::min(latest, c[1].due - c->edge - in.slot_stay[s]);
            if (is_site(c[-1].node)) mark(c[-1].node);
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

  private:
    std::vector<int32_t> degree, order;
    std::vector<uint64_t> mask;

    int filled(int v, Cell** found) {
        int count = 0;
        for (int s = in.slot_ptr[v]; s < in.slot_ptr[v + 1]; s++)
            if (slot_route[s] >= 0) found[count++] = row(slot_route[s]) + slot_position[s];
        return count;
    }

    // Brings a day's visits into an order in which everyone comes after those who precede; false where there is none.
    bool sort_by_sequences(int day) {
        auto& list = of_day[day];
        order.clear();
        Cell* mine[MOST_SLOTS];
        for (int v : list) {
            degree[v] = 0;
            for (int i = filled(v, mine); i-- > 0;) degree[v] += is_site(mine[i][-1].node);
            if (!degree[v]) order.push_back(v);
        }
        for (size_t i = 0; i < order.size(); i++)
            for (int j = filled(order[i], mine); j-- > 0;)
                if (int next = mine[j][1].node; is_site(next) && !--degree[next]) order.push_back(next);
        if (order.size() < list.size()) return false;
        list = order;
        return true;
    }

    // Earliest starts forward, latest ones and descendants backward, through visits in such an order.
    bool spread(int day) {
        const auto& list = of_day[day];
        int count = int(list.size()), used = (count + 63) / 64;
        Cell* mine[MOST_SLOTS];
        for (int i = 0; i < count; i++) {
            int v = list[i], cells = filled(v, mine);
            int32_t earliest = in.option_low[option[v]];
            for (int j = 0; j < cells; j++) earliest = std::max(earliest, mine[j][-1].ready + mine[j][-1].edge);
            for (int j = 0; j < cells; j++) mine[j]->ready = earliest + in.slot_stay[mine[j]->slot];
            bit[v] = i, est[v] = earliest;
        }
        bool fits = true;
        for (int i = count - 1; i >= 0; i--) {
            int v = list[i], cells = filled(v, mine);
            int32_t latest = in.option_high[option[v]];
            uint64_t* reached = &reach[size_t(v) * words];
            std::memset(reached, 0, sizeof(uint64_t) * (used + (used < words)));
            reached[i >> 6] |= 1ull << (i & 63);
            for (int j = 0; j < cells; j++) {
                const Cell* c = mine[j];
                latest = std::min(latest, c[1].due - c->edge - in.slot_stay[c->slot]);
                if (!is_site(c[1].node)) continue;
                const uint64_t* theirs = &reach[size_t(c[1].node) * words];
                for (int w = 0; w < used; w++) reached[w] |= theirs[w];
            }
            lst[v] = latest;
            for (int j = 0; j < cells; j++) mine[j]->due = latest;
            fits &= est[v] <= latest;
        }
        return fits;
    }

    void set_latest(int v, int32_t latest) {
        lst[v] = latest;
        for (int s = in.slot_ptr[v]; s < in.slot_ptr[v + 1]; s++)
            if (slot_route[s] >= 0) row(slot_route[s])[slot_position[s]].due = latest;
    }

    void forward(int v) {
        for (int s = in.slot_ptr[v]; s < in.slot_ptr[v + 1]; s++) {
            if (slot_route[s] < 0) continue;
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
            if (slot_route[s] < 0) continue;
            const Cell* c = row(slot_route[s]) + slot_position[s];
            int before = c[-1].node;
            if (!is_site(before)) continue;
            int32_t latest = lst[v] - c[-1].edge - in.slot_stay[c[-1].slot];
            if (lst[before] <= latest) continue;
            set_latest(before, latest);
            order.push_back(before);
        }
    }
};

}  // namespace inspections
