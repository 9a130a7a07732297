// Links between stops: the seconds a stop may start in so that what it is tied to can keep its own.
#pragma once
#include "chains.hpp"
#include "solution.hpp"

namespace rich {

class Agreement {
    Solution& s;
    const RichProblem& q;
    int only = -1;               // the one vehicle allowed, -1 = any
    std::vector<int32_t> apart;  // vehicles not allowed
    const std::vector<int32_t> latest;  // by stop: leaves what has to follow its windows

  public:
    bool foresee = true;  // start in time for what has to follow

    explicit Agreement(Solution& solution) : s(solution), q(solution.q), latest(latest_starts(q)) {}

    // May this vehicle serve the stop last agreed on?
    bool allows(int v) const { return (only < 0 || v == only) && std::find(apart.begin(), apart.end(), v) == apart.end(); }
    // What the links of j leave it: its seconds and vehicles; false where that is nothing.
    bool agree(int j) {
        only = -1;
        apart.clear();
        if (!s.linked(j)) return true;
        int32_t low = 0, high = BIG;
        for (int k : s.links_of[j]) {
            const bool is_b = q.link_b[k] == j;
            const int i = s.partner(k, j), flags = q.link_flags[k];
            if (!s.served(i)) {
                if (flags & NEEDS && is_b) return false;
                continue;
            }
            if (!s.own[i]) {
                low = std::max(low, is_b ? s.pins[k].b_low : s.pins[k].a_low);
                high = std::min(high, is_b ? s.pins[k].b_high : s.pins[k].a_high);
                continue;
            }
            const Place& p = s.at(i);
            const int64_t start = p.start, latest_start = p.latest_start, gap = q.link_low[k], most = q.link_high[k];
            low = static_cast<int32_t>(std::max<int64_t>(low, is_b ? start + gap : start - most));
            high = static_cast<int32_t>(std::min<int64_t>(high, is_b ? latest_start + most : latest_start - gap));
            if (flags & SAME) {
                if (only >= 0 && only != s.route_of[i]) return false;
                only = s.route_of[i];
            }
            if (flags & APART) apart.push_back(s.route_of[i]);
        }
        const int32_t early = foresee ? std::min(high, latest[j]) : high;  // not where that leaves nothing
        s.clock.not_before[j] = low, s.clock.not_after[j] = early < std::max(low, q.window[2 * q.window_at[j]]) ? high : early;
        return low <= high;
    }
    // After j has its time: fix what linked stops may still do, and time their routes anew.
    bool settle(int j) {
        if (!s.linked(j)) return true;
        std::vector<int> again{s.route_of[j]};
        for (int k : s.links_of[j]) {
            const int i = s.partner(k, j);
            if (!s.served(i) || s.pins[k].held) continue;
            Pin pin;
            if (!split(k, j, i, &pin)) return false;
            s.hold_pin(k, pin);
            if (std::find(again.begin(), again.end(), s.route_of[i]) == again.end()) again.push_back(s.route_of[i]);
        }
        s.narrow(j);
        for (int v : again) {
            s.touch(v);
            if (!s.retime(v)) return false;
        }
        return true;
    }
    // Make the times of a link whose two stops are placed agree; false where they cannot.
    bool tie(int k) {
        const int a = q.link_a[k], b = q.link_b[k], flags = q.link_flags[k];
        if (!s.served(a)) return false;
        const int va = s.route_of[a], vb = s.route_of[b];
        if ((flags & SAME && va != vb) || (flags & APART && va == vb)) return false;
        const Place &pa = s.at(a), &pb = s.at(b);
        const int64_t low = q.link_low[k], high = q.link_high[k];
        const int32_t* w;
        int64_t at = pa.start;
        const int32_t bt = s.clock.next(b, clip(std::max<int64_t>(pb.start, at + low)), &w);
        if (bt < 0) return false;
        if (bt - at > high) at = s.clock.next(a, clip(bt - high), &w);
        if (at < 0 || bt - at < low) return false;
        s.hold_pin(k, between(at, bt, low, high, s.timing.timed[va]));
        s.touch(va), s.touch(vb);
        if (s.refresh(va) && s.refresh(vb)) return true;
        s.release_pin(k);
        s.refresh(va), s.refresh(vb);
        return false;
    }

    // Hold a link at the times its stops had; not where these broke it.
    void keep(int k, int64_t a, int64_t b, int va, int vb) {
        const int flags = q.link_flags[k];
        if ((flags & SAME && va != vb) || (flags & APART && va == vb)) return;
        if (b - a < q.link_low[k] || b - a > q.link_high[k]) return;
        s.hold_pin(k, between(a, b, q.link_low[k], q.link_high[k], s.timing.timed[va]));
    }

  private:
    bool split(int k, int j, int i, Pin* pin) const {
        const bool is_b = q.link_b[k] == j;
        const Place &pj = s.at(j), &pi = s.at(i);
        const int64_t low = q.link_low[k], high = q.link_high[k];
        const int64_t first = is_b ? pj.start - high : pj.start + low, last = is_b ? pj.start - low : pj.start + high;
        const int32_t* w;
        const int32_t at = s.clock.next(i, static_cast<int32_t>(std::max<int64_t>(pi.start, first)), &w);
        if (at < 0 || at > last || at > pi.latest_start) return false;
        const int64_t a = is_b ? at : pj.start, b = is_b ? pj.start : at;
        *pin = between(a, b, low, high, s.timing.timed[is_b ? s.route_of[i] : s.route_of[j]]);
        return true;
    }
    // Parts for a and b around their times, so that any two seconds of them keep the link; slack is halved, or all left
    // to a whose route gains by leaving later.
    static Pin between(int64_t a, int64_t b, int64_t low, int64_t high, bool to_a) {
        const int64_t spare = b - a - low, more = high - (b - a), lead = to_a ? spare : spare / 2;
        Pin pin;
        pin.held = true;
        pin.a_high = clip(a + lead), pin.b_low = clip(b - (spare - lead));
        pin.a_low = high >= BIG ? 0 : clip(a - more / 2), pin.b_high = high >= BIG ? BIG : clip(b + (more - more / 2));
        return pin;
    }
};

}  // namespace rich
