// Moves the new rows of a knot: entities that refer to each other by columns which may not be
// empty, so that no row can be the first. Rows that refer to each other in a circle come in one
// transaction, parents before children, as many as make a batch.
//
// What cannot go, because its parent cannot, and what is in the target already, is left as it is:
// the entities' own batches come afterwards, find what is here, and hold the rest with its reason.
// Only what the target refuses is held here, because the target would not say it again of one row
// alone.
//
// Threading: as the sessions given, which nobody else uses meanwhile.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "move/knot_graph.h"
#include "move/mover.h"

namespace rehome::move {

struct KnotMember {
  const plan::Entity& entity;
  LoserSearch& losers;
  Breaker& breaker;
  std::vector<plan::KeyText> keys;  // of rows that are not here: new ones, and those that wait
};

struct KnotFacts {
  const plan::Plan& plan;
  base::Uuid name_space;
  int run_id = 0;
  std::int64_t worker_id = 0;
  CountedAs counted = CountedAs::unchanged;
  std::function<bool()> stopped;
};

class Knot {
 public:
  // `members`: in the order of the plan.
  Knot(Sessions sessions, KnotFacts facts, std::vector<KnotMember> members);
  ~Knot();

  // Returns how many rows it moved.
  std::int64_t move();

 private:
  using Row = KnotGraph::Row;
  using Groups = std::span<const std::vector<Row>>;

  // A row that could go, if those that it refers to do.
  struct Candidate {
    std::size_t member = 0;
    std::string key;                                           // packed
    std::vector<std::string> target_key;                       // in the binary form
    std::vector<std::pair<std::size_t, std::string>> parents;  // member and packed key
  };
  struct Side;  // what one member needs to be moved

  // What the target says against rows that came together.
  struct Refusal {
    pg::ErrorFields fields;
    std::optional<Row> row;  // that it names
  };

  void forget_departures();
  void read_candidates(std::size_t member);
  void read_candidates(std::size_t member, const std::vector<plan::KeyText>& keys);
  Candidate make_candidate(std::size_t member, std::span<const pg::Field> fields);
  void add(Candidate candidate);
  void connect();

  void move_in_batches(const std::vector<std::vector<Row>>& groups);
  void move_groups(Groups groups);
  // Those whose parents have not been refused meanwhile.
  std::vector<std::vector<Row>> find_possible(Groups groups);
  std::optional<Refusal> try_groups(Groups groups);
  void begin_sides(Groups groups);
  void write_sides();
  void close_sides();
  std::optional<Refusal> read_refusal(const pg::Error& error, Groups groups) const;
  void refuse(const std::vector<Row>& group, const Refusal& refusal);

  plan::KeyText key_of(Row row) const;
  ledger::Batch lease(std::size_t member, const std::vector<plan::KeyText>& keys);

  Sessions sessions_;
  KnotFacts facts_;
  std::vector<KnotMember> members_;
  Coming coming_;
  std::vector<std::unique_ptr<Side>> sides_;
  std::vector<Candidate> rows_;  // by KnotGraph::Row
  KnotGraph graph_;
  std::vector<bool> refused_;
  std::int64_t moved_ = 0;
};

}  // namespace rehome::move
