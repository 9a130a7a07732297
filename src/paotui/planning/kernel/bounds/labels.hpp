// Routes at reduced cost, by labels from the base on: ng-routes (Baldacci, Mingozzi & Roberti, Operations Research 2011).
//
// A client and step keeps at most `keep` labels. What is too much is merged into one that is at least as good as both
// (a relaxation of limited width, as in relaxed decision diagrams), or dropped where only good routes are wanted.
#pragma once
#include "completion.hpp"

namespace paotui::bounds {

struct Label {
    double cost;
    int32_t main, side, before, next;  // `before`: the label extended; `next`: in the same list; −1 none
    int32_t client;
    uint32_t memory;  // bit b: visited is the b-th of those the client remembers
    bool loose;       // merged, or extended from one that was: the route may break a rule
};

class Labels {
  public:
    explicit Labels(const Pricing& p) : p(p), arcs(p), completion(p, arcs), heads(static_cast<size_t>(p.steps) * p.n, -1), counts(heads.size(), 0), best(static_cast<size_t>(p.n) * ZONES, -1), closing(best.size(), 0.0) {
        remember();
        leave_base();
        for (int r = 0; r < p.steps; ++r)
            for (int c = 0; c < p.n; ++c)
                for (int at = heads[cell(r, c)]; at >= 0; at = labels[at].next) extend(at, completion.after_all(r + 1));
    }

    // The cheapest route, at most 0: a route not found costs nothing less.
    double least() const { return *std::min_element(closing.begin(), closing.end()); }

    // By last client and zone the cheapest route below zero, cheapest first.
    std::vector<Walk> walks(int most) const {
        std::vector<int> ends;
        for (size_t end = 0; end < best.size(); ++end)
            if (best[end] >= 0) ends.push_back(static_cast<int>(end));
        std::sort(ends.begin(), ends.end(), [&](int a, int b) { return closing[a] != closing[b] ? closing[a] < closing[b] : a < b; });
        if (static_cast<int>(ends.size()) > most) ends.resize(most);
        std::vector<Walk> found;
        for (const int end : ends) {
            Walk walk{closing[end], labels[best[end]].loose, {}};
            for (int at = best[end]; at >= 0; at = labels[at].before) walk.clients.push_back(labels[at].client);
            std::reverse(walk.clients.begin(), walk.clients.end());
            found.push_back(std::move(walk));
        }
        return found;
    }

    size_t size() const { return labels.size(); }

  private:
    static constexpr int ZONES = 4;  // of the main resource, so that short routes are found beside long ones
    const Pricing& p;
    Arcs arcs;
    Completion completion;
    std::vector<Label> labels;
    std::vector<int32_t> heads;
    std::vector<uint8_t> counts;
    std::vector<int32_t> best;      // by last client and zone the last label of the cheapest route
    std::vector<double> closing;    // and its cost
    std::vector<uint8_t> place;     // n × n: 1 + the place of b among those a remembers, 0 where it is not

    size_t cell(int step, int c) const { return static_cast<size_t>(step) * p.n + c; }
    uint8_t place_of(int a, int b) const { return place[static_cast<size_t>(a) * p.n + b]; }

    void remember() {
        place.assign(static_cast<size_t>(p.n) * p.n, 0);
        for (int c = 0; c < p.n; ++c)
            for (int b = 0; b < p.memory; ++b) {
                const int32_t other = p.near[static_cast<size_t>(c) * p.memory + b];
                if (other >= 0) place[static_cast<size_t>(c) * p.n + other] = static_cast<uint8_t>(b + 1);
            }
    }

    void leave_base() {
        for (int c = 0; c < p.n; ++c) {
            if (!(p.arc(p.n, c) < NEVER)) continue;
            const int32_t main = p.main.after(p.main.first[p.n], p.n, c, p.n + 1);
            const int32_t side = p.side.there() ? p.side.after(p.side.first[p.n], p.n, c, p.n + 1) : 0;
            if (main >= 0 && side >= 0) put({p.arc(p.n, c), main, side, -1, -1, c, own(c), false});
        }
    }

    uint32_t own(int c) const { return place_of(c, c) ? uint32_t{1} << (place_of(c, c) - 1) : 0; }

    void extend(int at, double rest) {
        const Label from = labels[at];
        close(at, from.cost + p.arc(from.client, p.n));
        for (const Arc* arc = arcs.begin(from.client); arc != arcs.end(from.client); ++arc) {
            const double cost = from.cost + arc->cost;
            if (cost + rest >= 0) return;
            const int k = arc->to;
            const int32_t main = p.main.after(from.main, from.client, k, p.n + 1);
            if (main < 0 || cost + completion.after(k, main) >= 0) continue;
            const uint8_t bit = place_of(from.client, k);
            if (bit && (from.memory >> (bit - 1) & 1)) continue;
            const int32_t side = p.side.there() ? p.side.after(from.side, from.client, k, p.n + 1) : 0;
            if (side >= 0) put({cost, main, side, at, -1, k, carried(from, k), from.loose});
        }
    }

    uint32_t carried(const Label& from, int k) const {
        uint32_t memory = own(k);
        for (uint32_t left = from.memory; left; left &= left - 1) {
            const int32_t visited = p.near[static_cast<size_t>(from.client) * p.memory + __builtin_ctz(left)];
            if (const uint8_t bit = place_of(k, visited)) memory |= uint32_t{1} << (bit - 1);
        }
        return memory;
    }

    void close(int at, double cost) {
        const Label& last = labels[at];
        const size_t end = static_cast<size_t>(last.client) * ZONES + static_cast<size_t>(p.at(last.main)) * ZONES / p.steps;
        if (!(cost < closing[end])) return;
        if (p.main.after(last.main, last.client, p.n, p.n + 1) < 0) return;
        if (p.side.there() && p.side.after(last.side, last.client, p.n, p.n + 1) < 0) return;
        closing[end] = cost, best[end] = at;
    }

    static bool dominates(const Label& a, const Label& b) {
        return a.cost <= b.cost && a.main <= b.main && a.side <= b.side && (a.memory & ~b.memory) == 0;
    }

    void put(const Label& made) {
        if (made.cost + completion.after(made.client, made.main) >= 0) return;
        const size_t in = cell(p.at(made.main), made.client);
        int32_t* link = &heads[in];
        while (*link >= 0) {
            const Label& there = labels[*link];
            if (dominates(there, made)) return;
            if (dominates(made, there)) {
                *link = there.next, --counts[in];
                continue;
            }
            link = &labels[*link].next;
        }
        if (counts[in] < p.keep) return append(in, made);
        overfull(in, made);
    }

    void append(size_t in, Label made) {
        made.next = heads[in];
        heads[in] = static_cast<int32_t>(labels.size());
        labels.push_back(made);
        ++counts[in];
    }

    // The dearest of the list and the new one make room: merged with the next dearest, or dropped.
    void overfull(size_t in, const Label& made) {
        int32_t dearest = heads[in], second = -1;
        for (int32_t at = labels[dearest].next; at >= 0; at = labels[at].next) {
            if (labels[at].cost > labels[dearest].cost) second = dearest, dearest = at;
            else if (second < 0 || labels[at].cost > labels[second].cost) second = at;
        }
        Label& out = labels[dearest];
        if (!p.exact) {
            if (made.cost < out.cost) replace(out, made);
            return;
        }
        if (second >= 0 && made.cost < labels[second].cost) {
            merge(labels[second], out);
            replace(out, made);
        } else {
            merge(out, made);
        }
    }

    static void replace(Label& out, Label made) {
        made.next = out.next;
        out = made;
    }

    // Into one that is as cheap, as early, as empty and as forgetful as either.
    static void merge(Label& into, const Label& other) {
        const Label both = into.cost <= other.cost ? into : other;
        const int32_t next = into.next, main = std::min(into.main, other.main), side = std::min(into.side, other.side);
        const uint32_t memory = into.memory & other.memory;
        into = both;
        into.next = next, into.main = main, into.side = side, into.memory = memory, into.loose = true;
    }
};

}  // namespace paotui::bounds
