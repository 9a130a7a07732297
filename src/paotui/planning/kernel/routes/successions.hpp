// Lines and a price for leaving somebody for another than the one published as next.
#pragma once
#include "instance.hpp"

namespace paotui {

template <class Way>
struct PricedRow {
    Way way;
    const int32_t* leaving;  // by place, where the row leads to its place; else null
    int32_t rate, partner, own;
    [[gnu::always_inline]] int32_t operator()(int other) const {
        const int32_t cost = rate * way(other);
        if (other == partner) return cost;
        return cost + (leaving ? leaving[other] : own);
    }
};

// As money: rate × line, and `leaving` where b is not the partner of a. `away`: rows lead from their place, else to it.
template <class Metric>
struct PricedMetric {
    using Row = PricedRow<typename Metric::Row>;
    static constexpr bool OTHER_TIMES = true;
    Metric line;
    const int32_t *partner, *leaving;
    int32_t rate;
    bool away;
    const Metric& ways() const { return line; }
    Row row(int at) const { return {line.row(at), away ? nullptr : leaving, rate, partner[at], away ? leaving[at] : 0}; }
    int32_t operator()(int a, int b) const { return row(a)(b); }
};

// What the metrics of an instance with followers point to.
template <class Metric>
class Successions {
  public:
    Successions(const Instance& in, const Metric& ways, const Metric& times)
        : ways_(ways), times_(times), rate_(in.rate), after_(in.width, ALONE), before_(after_), none_(after_), leaving_(in.width, 0), free_(leaving_) {
        for (int c = 0; c < in.n; ++c) {
            if (in.follower[c] != ALONE) leaving_[c] = in.broken;
            if (in.follower[c] >= 0) after_[c] = in.follower[c], before_[in.follower[c]] = c;
        }
    }
    PricedMetric<Metric> to() const { return {ways_, after_.data(), leaving_.data(), rate_, true}; }
    PricedMetric<Metric> from() const { return {ways_, before_.data(), leaving_.data(), rate_, false}; }
    PricedMetric<Metric> time_to() const { return {times_, none_.data(), free_.data(), 1, true}; }

  private:
    const Metric ways_, times_;
    const int32_t rate_;
    std::vector<int32_t> after_, before_, none_, leaving_, free_;
};

}  // namespace paotui
