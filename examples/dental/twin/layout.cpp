#include "layout.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "random.h"

namespace dental {
namespace {

// The number whose product with `factor` leaves 1 modulo `modulus`; both have no common divisor.
std::uint64_t invert(std::uint64_t factor, std::uint64_t modulus) {
  std::int64_t old_rest = static_cast<std::int64_t>(factor);
  std::int64_t rest = static_cast<std::int64_t>(modulus);
  std::int64_t old_share = 1;
  std::int64_t share = 0;
  while (rest != 0) {
    const std::int64_t quotient = old_rest / rest;
    old_rest = std::exchange(rest, old_rest - quotient * rest);
    old_share = std::exchange(share, old_share - quotient * share);
  }
  const std::int64_t limit = static_cast<std::int64_t>(modulus);
  return static_cast<std::uint64_t>(((old_share % limit) + limit) % limit);
}

}  // namespace

std::string_view name_of(Disposition disposition) {
  switch (disposition) {
    case Disposition::inserted:
      return "inserted";
    case Disposition::held:
      return "held";
    case Disposition::excluded:
      return "excluded";
    case Disposition::unlinked:
      return "unlinked";
  }
  return "";
}

Layout::Layout(std::string_view table, IdRule ids, std::uint64_t seed, std::vector<Group> groups)
    : table_(table), ids_(ids), seed_(seed), groups_(std::move(groups)) {
  first_rank_.reserve(groups_.size());
  for (const Group& group : groups_) {
    first_rank_.push_back(rows_);
    rows_ += group.count;
  }
  if (rows_ < 2) {
    return;
  }
  factor_ = std::max<std::uint64_t>(1, rows_ * 61803 / 100000);
  while (std::gcd(factor_, rows_) != 1) {
    ++factor_;
  }
  inverse_ = invert(factor_, rows_);
  offset_ = Draw(seed, table, "offset", 0).below(rows_);
}

std::uint64_t Layout::rank_at(std::uint64_t index) const {
  return (index + rows_ - offset_) % rows_ * inverse_ % rows_;
}

std::uint64_t Layout::index_of_rank(std::uint64_t rank) const {
  return (rank * factor_ + offset_) % rows_;
}

Place Layout::place_of_rank(std::uint64_t rank) const {
  // The last group that starts at or before the rank; empty groups start where the next one does.
  const auto after = std::upper_bound(first_rank_.begin(), first_rank_.end(), rank);
  const auto group = static_cast<std::size_t>(after - first_rank_.begin()) - 1;
  return {group, rank - first_rank_[group]};
}

std::uint64_t Layout::rank_of(std::size_t group, std::uint64_t ordinal) const {
  return first_rank_.at(group) + ordinal;
}

std::uint64_t Layout::index_of(std::size_t group, std::uint64_t ordinal) const {
  return index_of_rank(rank_of(group, ordinal));
}

std::int64_t Layout::id_at(std::uint64_t index) const {
  if (zero_group_ < groups_.size() && place_at(index).group == zero_group_) {
    return 0;
  }
  const std::int64_t slot = ids_.first + ids_.stride * static_cast<std::int64_t>(index);
  if (ids_.stride < 3) {
    return slot;
  }
  const auto room = static_cast<std::uint64_t>(ids_.stride) - 1;
  return slot + static_cast<std::int64_t>(Draw(seed_, table_, "id", index).below(room));
}

std::int64_t Layout::id_of(std::size_t group, std::uint64_t ordinal) const {
  return id_at(index_of(group, ordinal));
}

std::int64_t Layout::deleted_id(std::uint64_t number) const {
  const auto index = static_cast<std::int64_t>(splitmix64(seed_ ^ 0xDE1E7ED) % rows_);
  const auto slot = (static_cast<std::uint64_t>(index) + number * 7) % rows_;
  // The last id of a slot is never given to a row.
  return ids_.first + ids_.stride * static_cast<std::int64_t>(slot) + ids_.stride - 1;
}

std::int64_t Layout::pick_id(std::size_t first, std::size_t last, std::uint64_t number) const {
  const std::uint64_t begin = first_rank_.at(first);
  const std::uint64_t end = first_rank_.at(last) + groups_.at(last).count;
  return id_at(index_of_rank(begin + number % (end - begin)));
}

}  // namespace dental
