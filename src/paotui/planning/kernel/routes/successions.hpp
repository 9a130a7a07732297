// Straight lines and a price for leaving somebody for another than the one published as next.
#pragma once
#include "instance.hpp"

namespace paotui {

struct PricedRow {
    PlaneRow way;
    const int32_t* leaving;  // by place, where the row leads to its place; else null
    int32_t rate, partner, own;
    [[gnu::always_inline]] int32_t operator()(int other) const {
        const int32_t cost = rate * way(other);
        if (other == partner) return cost;
        return cost + (leaving ? leaving[other] : own);
    }
};

// As money: rate × line, and `leaving` where b is not the partner of a. `away`: rows lead from their place, else to it.
struct PricedMetric {
    using Row = PricedRow;
    static constexpr bool OTHER_TIMES = true;
    PlaneMetric plane;
    const int32_t *partner, *leaving;
    int32_t rate;
    bool away;
    const PlaneMetric& ways() const { return plane; }
    Row row(int at) const { return {plane.row(at), away ? nullptr : leaving, rate, partner[at], away ? leaving[at] : 0}; }
    int32_t operator()(int a, int b) const { return row(a)(b); }
};

// What the metrics of an instance with followers point to.
class Successions {
  public:
    explicit Successions(const Instance& in) : plane_(plane(in)), rate_(in.rate), after_(in.width, ALONE), before_(after_), none_(after_), leaving_(in.width, 0), free_(leaving_) {
        for (int c = 0; c < in.n; ++c) {
            if (in.follower[c] != ALONE) leaving_[c] = in.broken;
            if (in.follower[c] >= 0) after_[c] = in.follower[c], before_[in.follower[c]] = c;
        }
    }
    PricedMetric to() const { return {plane_, after_.data(), leaving_.data(), rate_, true}; }
    PricedMetric from() const { return {plane_, before_.data(), leaving_.data(), rate_, false}; }
    PricedMetric time_to() const { return {plane_, none_.data(), free_.data(), 1, true}; }

  private:
    const PlaneMetric plane_;
    const int32_t rate_;
    std::vector<int32_t> after_, before_, none_, leaving_, free_;
};

}  // namespace paotui
