#pragma once
// Where every row of a table is: its id, and the group (a plant, a role, or plain rows) it belongs
// to. Groups own consecutive ranks; a fixed shuffle spreads the ranks over the table. Both ways are
// arithmetic, so a layout of any size takes the memory of its groups. Immutable; thread-safe.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dental {

enum class Disposition { inserted, held, excluded, unlinked };

std::string_view name_of(Disposition disposition);

// Which legacy key the manifest names: the row's own, or that of the patient's user.
enum class KeyOf { own, user };

// What must become of an entity's row because of the group.
struct Effect {
  std::string_view entity;
  Disposition disposition = Disposition::inserted;
  std::string_view column;
  std::string_view reason;
  KeyOf key = KeyOf::own;
};

struct Group {
  std::string_view defect;
  std::uint64_t count = 0;
  std::vector<Effect> effects;
};

struct Place {
  std::size_t group = 0;
  std::uint64_t ordinal = 0;
};

struct IdRule {
  std::int64_t first = 1;
  std::int64_t stride = 2;
};

class Layout {
 public:
  Layout() = default;
  Layout(std::string_view table, IdRule ids, std::uint64_t seed, std::vector<Group> groups);

  std::uint64_t rows() const { return rows_; }
  std::string_view table() const { return table_; }
  const std::vector<Group>& groups() const { return groups_; }
  std::uint64_t count(std::size_t group) const { return groups_.at(group).count; }

  Place place_at(std::uint64_t index) const { return place_of_rank(rank_at(index)); }
  Place place_of_rank(std::uint64_t rank) const;
  std::uint64_t rank_of(std::size_t group, std::uint64_t ordinal) const;
  std::uint64_t index_of(std::size_t group, std::uint64_t ordinal) const;

  std::int64_t id_at(std::uint64_t index) const;
  std::int64_t id_of(std::size_t group, std::uint64_t ordinal) const;
  // An id that no row has: the row that had it was deleted.
  std::int64_t deleted_id(std::uint64_t number) const;
  // The id of a row of the groups first…last, chosen by `number`.
  std::int64_t pick_id(std::size_t first, std::size_t last, std::uint64_t number) const;

  // The one row of the group whose id is 0, against all rules.
  void give_zero(std::size_t group) { zero_group_ = group; }

 private:
  std::uint64_t rank_at(std::uint64_t index) const;
  std::uint64_t index_of_rank(std::uint64_t rank) const;

  std::string_view table_;
  IdRule ids_;
  std::uint64_t seed_ = 0;
  std::vector<Group> groups_;
  std::vector<std::uint64_t> first_rank_;
  std::uint64_t rows_ = 0;
  std::uint64_t factor_ = 1;
  std::uint64_t inverse_ = 1;
  std::uint64_t offset_ = 0;
  std::size_t zero_group_ = static_cast<std::size_t>(-1);
};

}  // namespace dental
