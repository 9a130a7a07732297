// Shortest ways over a road network from many places to many places, exact, in two threads.
//
// A node is an arc of the road network (or an arc reached over the beginning of a turn restriction). Its label is the
// cost of being about to drive it; leaving it costs `cost[node]`. A cost is one number: milliseconds in the upper 32
// bits, centimetres in the lower, so that the shorter of two equally quick ways wins whatever the order of work.
//
// The network is first contracted: nodes in order of importance are taken out and replaced by shortcuts (contraction
// hierarchies: Geisberger, Sanders, Schultes, Delling, "Contraction Hierarchies", WEA 2008), until what is left is so
// dense that more of it would cost more than it saves: this core is searched as it is, forwards only. Each destination
// leaves its distances in buckets at the nodes above it, and each origin's search collects them (Knopp, Sanders,
// Schultes, Schulz, Wagner, "Computing Many-to-Many Shortest Paths Using Highway Hierarchies", ALENEX 2007).
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <limits>
#include <queue>
#include <thread>
#include <vector>

namespace {

using Cost = std::uint64_t;
using Node = std::int32_t;
constexpr Cost kNone = std::numeric_limits<Cost>::max();
// A node with more links than these is not taken out: it and all that are left are the core.
constexpr std::size_t kDensest = 72;

struct Link {
  Node to;
  Cost cost;
};

struct Entry {
  Cost cost;
  Node node;
  bool operator>(const Entry& other) const { return cost > other.cost || (cost == other.cost && node > other.node); }
};

using Queue = std::priority_queue<Entry, std::vector<Entry>, std::greater<Entry>>;
using Links = std::vector<std::vector<Link>>;

// Keeps the cheapest of parallel links.
void put(std::vector<Link>& links, Node to, Cost cost) {
  for (auto& link : links)
    if (link.to == to) {
      link.cost = std::min(link.cost, cost);
      return;
    }
  links.push_back({to, cost});
}

void drop(std::vector<Link>& links, Node to) {
  auto keep = std::remove_if(links.begin(), links.end(), [to](const Link& link) { return link.to == to; });
  links.erase(keep, links.end());
}

// Distances of one search, cleared by visiting only what was touched.
struct Labels {
  std::vector<Cost> cost;
  std::vector<Node> touched;
  explicit Labels(std::size_t count) : cost(count, kNone) {}
  bool better(Node node, Cost value) {
    if (value >= cost[node]) return false;
    if (cost[node] == kNone) touched.push_back(node);
    cost[node] = value;
    return true;
  }
  void clear() {
    for (Node node : touched) cost[node] = kNone;
    touched.clear();
  }
};

struct Hierarchy {
  std::vector<std::int32_t> up_first, down_first;
  std::vector<Link> up, down;  // links to more important nodes: forwards, and backwards (against the direction)
};

class Contraction {
 public:
  Contraction(Links out, Links in)
      : out_(std::move(out)), in_(std::move(in)), labels_(out_.size()), depth_(out_.size(), 0), gone_(out_.size(), 0) {}

  Hierarchy run() {
    const auto count = static_cast<Node>(out_.size());
    std::priority_queue<std::pair<std::int64_t, Node>, std::vector<std::pair<std::int64_t, Node>>, std::greater<>> queue;
    for (Node node = 0; node < count; ++node) queue.emplace(importance(node), node);
    Links up(count), down(count);
    while (!queue.empty()) {
      const Node node = queue.top().second;
      queue.pop();
      const auto now = importance(node);
      if (!queue.empty() && now > queue.top().first) {
        queue.emplace(now, node);
        continue;
      }
      if (in_[node].size() + out_[node].size() > kDensest) {
        // Searches from the destinations stop where they enter the core (no way on in `down`).
        for (Node left = 0; left < count; ++left)
          if (!gone_[left]) up[left] = out_[left];
        break;
      }
      take_out(node);
      up[node] = out_[node];
      down[node] = in_[node];
    }
    Hierarchy done;
    flatten(up, done.up_first, done.up);
    flatten(down, done.down_first, done.down);
    return done;
  }

 private:
  static void flatten(const Links& links, std::vector<std::int32_t>& first, std::vector<Link>& flat) {
    first.push_back(0);
    for (const auto& some : links) {
      flat.insert(flat.end(), some.begin(), some.end());
      first.push_back(static_cast<std::int32_t>(flat.size()));
    }
  }

  std::int64_t importance(Node node) {
    const auto added = shortcuts(node, false, 12);
    const auto removed = static_cast<std::int64_t>(in_[node].size() + out_[node].size());
    return 4 * added - 2 * removed + 2 * depth_[node];
  }

  void take_out(Node node) {
    shortcuts(node, true, 60);
    gone_[node] = 1;
    for (const auto& link : in_[node]) {
      drop(out_[link.to], node);
      depth_[link.to] = std::max(depth_[link.to], depth_[node] + 1);
    }
    for (const auto& link : out_[node]) {
      drop(in_[link.to], node);
      depth_[link.to] = std::max(depth_[link.to], depth_[node] + 1);
    }
  }

  // Counts, or adds, the links needed so that no shortest way through the node is lost.
  std::int64_t shortcuts(Node node, bool add, int settle_at_most) {
    std::int64_t found = 0;
    for (const auto& from : in_[node]) {
      if (from.to == node) continue;
      Cost farthest = 0;
      for (const auto& to : out_[node])
        if (to.to != from.to && to.to != node) farthest = std::max(farthest, from.cost + to.cost);
      if (farthest == 0) continue;
      witness(from.to, node, farthest, settle_at_most);
      needed_.clear();
      for (const auto& to : out_[node])
        if (to.to != from.to && to.to != node && labels_.cost[to.to] > from.cost + to.cost)
          needed_.push_back({to.to, from.cost + to.cost});
      labels_.clear();
      found += static_cast<std::int64_t>(needed_.size());
      if (!add) continue;
      const Node start = from.to;
      for (const auto& one : needed_) {
        put(out_[start], one.to, one.cost);
        put(in_[one.to], start, one.cost);
      }
    }
    return found;
  }

  void witness(Node start, Node without, Cost farthest, int settle_at_most) {
    Queue queue;
    labels_.better(start, 0);
    queue.push({0, start});
    while (!queue.empty() && settle_at_most-- > 0) {
      const auto [cost, node] = queue.top();
      if (cost > farthest) return;
      queue.pop();
      if (cost > labels_.cost[node]) continue;
      for (const auto& link : out_[node])
        if (link.to != without && labels_.better(link.to, cost + link.cost)) queue.push({cost + link.cost, link.to});
    }
  }

  Links out_, in_;
  Labels labels_;
  std::vector<std::int64_t> depth_;
  std::vector<char> gone_;
  std::vector<Link> needed_;
};

// Everything above the starting points, each with its cheapest label; labels that a better way down shows to be too
// dear are left out (stall on demand).
template <typename Visit>
void climb(const std::vector<std::int32_t>& first, const std::vector<Link>& links,
           const std::vector<std::int32_t>& other_first, const std::vector<Link>& other, Labels& labels, Queue& queue,
           const std::int32_t* nodes, const Cost* costs, std::int32_t count, Visit visit) {
  for (std::int32_t at = 0; at < count; ++at)
    if (labels.better(nodes[at], costs[at])) queue.push({costs[at], nodes[at]});
  while (!queue.empty()) {
    const auto [cost, node] = queue.top();
    queue.pop();
    if (cost > labels.cost[node]) continue;
    bool stalled = false;
    for (auto at = other_first[node]; at < other_first[node + 1] && !stalled; ++at) {
      const Cost above = labels.cost[other[at].to];
      stalled = above != kNone && above + other[at].cost < cost;
    }
    if (stalled) continue;
    visit(node, cost);
    for (auto at = first[node]; at < first[node + 1]; ++at)
      if (labels.better(links[at].to, cost + links[at].cost)) queue.push({cost + links[at].cost, links[at].to});
  }
  labels.clear();
}

struct Waiting {
  Node node;
  std::int32_t target;
  Cost cost;
};

template <typename Work>
void in_threads(int threads, Work work) {
  std::vector<std::thread> others;
  for (int one = 1; one < threads; ++one) others.emplace_back(work, one);
  work(0);
  for (auto& other : others) other.join();
}

Links links_of(std::int32_t nodes, const std::int32_t* first, const std::int32_t* next, const Cost* cost, bool turned) {
  Links links(nodes);
  for (Node node = 0; node < nodes; ++node)
    for (auto at = first[node]; at < first[node + 1]; ++at)
      if (next[at] != node) turned ? put(links[next[at]], node, cost[node]) : put(links[node], next[at], cost[node]);
  return links;
}

}  // namespace

extern "C" {

#define EXPORT __attribute__((visibility("default")))

// Contracts a network; free with roads_free.
EXPORT void* roads_contract(std::int32_t nodes, const std::int32_t* first, const std::int32_t* next, const Cost* cost) {
  Contraction contraction(links_of(nodes, first, next, cost, false), links_of(nodes, first, next, cost, true));
  return new Hierarchy(contraction.run());
}

EXPORT void roads_free(void* hierarchy) { delete static_cast<Hierarchy*>(hierarchy); }

// Links of a hierarchy upwards and downwards, for keeping it on disk.
EXPORT void roads_sizes(const void* handle, std::int64_t* up, std::int64_t* down) {
  const auto& h = *static_cast<const Hierarchy*>(handle);
  *up = static_cast<std::int64_t>(h.up.size());
  *down = static_cast<std::int64_t>(h.down.size());
}

EXPORT void roads_save(const void* handle, std::int32_t* up_first, std::int32_t* up_to, Cost* up_cost,
                       std::int32_t* down_first, std::int32_t* down_to, Cost* down_cost) {
  const auto& h = *static_cast<const Hierarchy*>(handle);
  std::copy(h.up_first.begin(), h.up_first.end(), up_first);
  std::copy(h.down_first.begin(), h.down_first.end(), down_first);
  for (std::size_t at = 0; at < h.up.size(); ++at) up_to[at] = h.up[at].to, up_cost[at] = h.up[at].cost;
  for (std::size_t at = 0; at < h.down.size(); ++at) down_to[at] = h.down[at].to, down_cost[at] = h.down[at].cost;
}

EXPORT void* roads_load(std::int32_t nodes, const std::int32_t* up_first, const std::int32_t* up_to,
                        const Cost* up_cost, const std::int32_t* down_first, const std::int32_t* down_to,
                        const Cost* down_cost) {
  auto* h = new Hierarchy;
  h->up_first.assign(up_first, up_first + nodes + 1);
  h->down_first.assign(down_first, down_first + nodes + 1);
  for (std::int32_t at = 0; at < up_first[nodes]; ++at) h->up.push_back({up_to[at], up_cost[at]});
  for (std::int32_t at = 0; at < down_first[nodes]; ++at) h->down.push_back({down_to[at], down_cost[at]});
  return h;
}

// out[origin * targets + target] = min(itself, cheapest way). Origins start at nodes with a cost each, targets end at
// nodes with a cost each: `*_first` give the range of origin or target i.
EXPORT void roads_matrix(const void* handle, std::int32_t origins, const std::int32_t* origin_first,
                         const std::int32_t* origin_node, const Cost* origin_cost, std::int32_t targets,
                         const std::int32_t* target_first, const std::int32_t* target_node, const Cost* target_cost,
                         Cost* out, std::int32_t threads) {
  const auto& h = *static_cast<const Hierarchy*>(handle);
  const auto nodes = h.up_first.size() - 1;
  std::vector<std::vector<Waiting>> found(threads);
  std::atomic<std::int32_t> next_target{0};
  in_threads(threads, [&](int thread) {
    Labels labels(nodes);
    Queue queue;
    for (std::int32_t target; (target = next_target++) < targets;) {
      const auto from = target_first[target];
      climb(h.down_first, h.down, h.up_first, h.up, labels, queue, target_node + from, target_cost + from,
            target_first[target + 1] - from,
            [&](Node node, Cost cost) { found[thread].push_back({node, target, cost}); });
    }
  });
  std::vector<std::int32_t> bucket_first(nodes + 1, 0);
  for (const auto& some : found)
    for (const auto& one : some) ++bucket_first[one.node + 1];
  for (std::size_t node = 0; node < nodes; ++node) bucket_first[node + 1] += bucket_first[node];
  std::vector<std::pair<std::int32_t, Cost>> buckets(bucket_first[nodes]);
  auto fill = bucket_first;
  for (const auto& some : found)
    for (const auto& one : some) buckets[fill[one.node]++] = {one.target, one.cost};
  std::atomic<std::int32_t> next_origin{0};
  in_threads(threads, [&](int) {
    Labels labels(nodes);
    Queue queue;
    for (std::int32_t origin; (origin = next_origin++) < origins;) {
      Cost* row = out + static_cast<std::int64_t>(origin) * targets;
      const auto from = origin_first[origin];
      climb(h.up_first, h.up, h.down_first, h.down, labels, queue, origin_node + from, origin_cost + from,
            origin_first[origin + 1] - from, [&](Node node, Cost cost) {
              for (auto at = bucket_first[node]; at < bucket_first[node + 1]; ++at) {
                const Cost whole = cost + buckets[at].second;
                if (whole < row[buckets[at].first]) row[buckets[at].first] = whole;
              }
            });
    }
  });
}
}
