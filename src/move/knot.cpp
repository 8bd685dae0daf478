#include "move/knot.h"

#include <algorithm>

#include "ledger/key.h"
#include "ledger/leaving.h"
#include "move/careful_road.h"
#include "move/departures.h"
#include "move/patience.h"
#include "move/stream.h"
#include "pg/session.h"
#include "work/failpoint.h"

namespace rehome::move {

namespace {

// Nothing else is to be done meanwhile, so they are there at once.
std::shared_future<RefMaps> read_parents(pg::Connection& target, const plan::Plan& plan,
                                         const plan::Entity& entity) {
  std::promise<RefMaps> parents;
  parents.set_value(read_ref_maps(target, plan, entity));
  return parents.get_future().share();
}

}  // namespace

struct Knot::Side {
  Side(const Sessions& sessions, const KnotFacts& facts, const KnotMember& member,
       const Coming& coming)
      : mover_facts{facts.plan,
                    member.entity,
                    read_parents(sessions.target, facts.plan, member.entity),
                    member.losers,
                    facts.name_space,
                    facts.run_id,
                    member.breaker,
                    {},
                    facts.stopped,
                    nullptr,
                    &coming},
        mover(sessions, mover_facts) {}

  const RefMaps& parents() const { return mover_facts.parents.get(); }

  const MoverFacts mover_facts;
  Mover mover;
  std::unordered_map<std::string, Row> rows;  // by packed key
  // Of the transaction at hand.
  std::optional<ledger::Batch> batch;
  TargetKeys decided;
};

Knot::Knot(Sessions sessions, KnotFacts facts, std::vector<KnotMember> members)
    : sessions_(sessions), facts_(std::move(facts)), members_(std::move(members)) {
  for (const KnotMember& each : members_)
    sides_.push_back(std::make_unique<Side>(sessions_, facts_, each, coming_));
}

Knot::~Knot() = default;

std::int64_t Knot::move() {
  // What is held waits for rows that have been compared: those that are gone are known as such.
  if (facts_.counted != CountedAs::held) forget_departures();
  for (std::size_t member = 0; member < members_.size(); ++member) read_candidates(member);
  connect();
  refused_.resize(rows_.size());
  move_in_batches(graph_.order());
  return moved_;
}

// --- which rows could go

void Knot::forget_departures() {
  for (std::size_t member = 0; member < members_.size(); ++member) {
    if (members_[member].keys.empty()) continue;
    Departures(facts_.plan, members_.front().entity, sides_[member]->mover_facts.parents)
        .forget(sessions_.lookup);
  }
}

void Knot::read_candidates(std::size_t member) {
  const std::vector<plan::KeyText>& keys = members_[member].keys;
  const auto at_once = static_cast<std::size_t>(members_[member].entity.batch_rows);
  for (std::size_t first = 0; first < keys.size() && !facts_.stopped(); first += at_once) {
    const auto begin = keys.begin() + static_cast<std::ptrdiff_t>(first);
    const auto count = std::min(at_once, keys.size() - first);
    read_candidates(member, {begin, begin + static_cast<std::ptrdiff_t>(count)});
  }
}

// A row whose expressions fail is left out: its entity's own batch will hold it.
void Knot::read_candidates(std::size_t member, const std::vector<plan::KeyText>& keys) {
  std::vector<Candidate> found;
  try {
    const KnotMember& of = members_[member];
    const Coming all = Coming::all();
    Translator translator(of.entity, of.losers.losers(),
                          base::IdMaker(facts_.name_space, of.entity.name), &all);
    translator.look_up_in(sides_[member]->parents());
    if (of.entity.id_source == plan::IdSource::sequence) {
      draw_ids(sessions_.target, of.entity, keys.size(), translator.reserved_ids());
      translator.former_keys() =
          ledger::read_former_keys(sessions_.target, of.entity, listed(keys));
    }
    Stream stream(sessions_.source, of.entity, listed(keys), {});
    for (; stream.has_row(); stream.advance()) {
      if (!translator.translate(stream.row())) continue;
      found.push_back(make_candidate(member, stream.row()));
      found.back().target_key = translator.crossing().target_key;
    }
  } catch (const pg::Error& error) {
    const bool of_a_row =
        error.side() == pg::Side::source && pg::classify(error).action == pg::Action::refuse_row;
    if (!of_a_row) throw;
    if (keys.size() == 1) return;
    const auto middle = keys.begin() + static_cast<std::ptrdiff_t>(keys.size() / 2);
    read_candidates(member, {keys.begin(), middle});
    return read_candidates(member, {middle, keys.end()});
  }
  for (Candidate& each : found) add(std::move(each));
}

Knot::Candidate Knot::make_candidate(std::size_t member, std::span<const pg::Field> fields) {
  const plan::Entity& entity = members_[member].entity;
  Candidate candidate;
  candidate.member = member;
  candidate.key = ledger::pack_key(fields.first(entity.key.size()));
  for (const plan::Ref& ref : entity.refs) {
    if (!ref.knotted) continue;
    for (const plan::RefTarget& target : ref.targets) {
      const auto key = fields.subspan(target.first_field, target.field_count);
      if (std::any_of(key.begin(), key.end(), [](const pg::Field& each) { return !each; }))
        continue;
      const RefMap& here = *sides_[member]->parents().at({target.entity, target.column});
      if (here.find(key)) continue;
      const auto parent =
          std::find_if(members_.begin(), members_.end(),
                       [&](const KnotMember& each) { return each.entity.name == target.entity; });
      candidate.parents.emplace_back(parent - members_.begin(), ledger::pack_key(key));
    }
  }
  return candidate;
}

void Knot::add(Candidate candidate) {
  sides_[candidate.member]->rows.emplace(candidate.key, graph_.add_row());
  coming_.add(members_[candidate.member].entity.name, candidate.key, candidate.target_key.front());
  rows_.push_back(std::move(candidate));
}

void Knot::connect() {
  for (Row row = 0; row < rows_.size(); ++row) {
    for (const auto& [member, key] : rows_[row].parents) {
      const bool is_member = member < members_.size();
      const auto found = is_member ? sides_[member]->rows.find(key) : sides_[0]->rows.end();
      if (is_member && found != sides_[member]->rows.end()) {
        graph_.add_ref(row, found->second);
      } else {
        graph_.drop(row);
      }
    }
    rows_[row].parents = {};
  }
}

// --- moving them

void Knot::move_in_batches(const std::vector<std::vector<Row>>& groups) {
  const auto rows_max = static_cast<std::size_t>(members_.front().entity.batch_rows);
  std::size_t first = 0;
  std::size_t rows = 0;
  for (std::size_t next = 0; next < groups.size() && !facts_.stopped(); ++next) {
    rows += groups[next].size();
    if (rows < rows_max && next + 1 < groups.size()) continue;
    move_groups(Groups(groups).subspan(first, next + 1 - first));
    first = next + 1;
    rows = 0;
  }
}

// What the target refuses is found by halving; a group stands or falls as a whole.
void Knot::move_groups(Groups groups) {
  const std::vector<std::vector<Row>> possible = find_possible(groups);
  if (possible.empty() || facts_.stopped()) return;
  const auto refusal = try_groups(possible);
  if (!refusal) return;
  if (possible.size() == 1) return refuse(possible.front(), *refusal);
  const auto half = possible.size() / 2;
  move_groups(Groups(possible).first(half));
  move_groups(Groups(possible).subspan(half));
}

std::vector<std::vector<KnotGraph::Row>> Knot::find_possible(Groups groups) {
  std::vector<std::vector<Row>> possible;
  for (const std::vector<Row>& group : groups) {
    const bool stays = std::any_of(group.begin(), group.end(), [&](Row row) {
      const auto& parents = graph_.parents_of(row);
      return refused_[row] || std::any_of(parents.begin(), parents.end(),
                                          [&](Row parent) { return refused_[parent]; });
    });
    for (const Row row : group) refused_[row] = refused_[row] || stays;
    if (!stays) possible.push_back(group);
  }
  return possible;
}

std::optional<Knot::Refusal> Knot::try_groups(Groups groups) {
  Patience patience(sessions_.target, facts_.stopped);
  while (true) {
    begin_sides(groups);
    std::optional<Refusal> refusal;
    try {
      write_sides();
      return std::nullopt;
    } catch (const RowsDropped&) {
      sessions_.target.rollback();
      refusal.emplace();
      refusal->fields.message = "a trigger or rule of the target drops the row";
    } catch (const pg::CommitUnknown&) {
      throw;
    } catch (const pg::Error& error) {
      refusal = read_refusal(error, groups);
      sessions_.target.rollback();
      if (!refusal && !patience.waits_for(error)) throw;
    }
    close_sides();
    if (refusal || facts_.stopped()) return refusal;
  }
}

void Knot::begin_sides(Groups groups) {
  std::vector<std::vector<plan::KeyText>> keys(members_.size());
  for (const std::vector<Row>& group : groups) {
    for (const Row row : group) {
      const Candidate& each = rows_[row];
      keys[each.member].push_back(key_of(row));
      sides_[each.member]->decided[each.key] = each.target_key;
    }
  }
  for (std::size_t member = 0; member < members_.size(); ++member) {
    if (!keys[member].empty()) sides_[member]->batch = lease(member, keys[member]);
  }
}

void Knot::write_sides() {
  pg::begin_target(sessions_.target, facts_.plan.target_search_path);
  sessions_.target.execute({"let constraints wait", "SET CONSTRAINTS ALL DEFERRED"});
  for (const auto& side : sides_) {
    if (side->batch) side->mover.move_tied(*side->batch, side->decided, facts_.counted);
  }
  sessions_.target.execute({"check constraints", "SET CONSTRAINTS ALL IMMEDIATE"});
  work::failpoint("knot_before_commit");
  sessions_.target.commit();
  for (std::size_t member = 0; member < members_.size(); ++member) {
    Side& side = *sides_[member];
    const auto rows = static_cast<std::int64_t>(side.decided.size());
    if (rows > 0) members_[member].breaker.note_success(rows);
    moved_ += rows;
    side.batch.reset();
    side.decided.clear();
  }
}

// Their batches have moved nothing.
void Knot::close_sides() {
  for (const auto& side : sides_) {
    side->mover.forget_tied();
    if (side->batch) ledger::finish_batch(sessions_.target, *side->batch, {});
    side->batch.reset();
    side->decided.clear();
  }
}

std::optional<Knot::Refusal> Knot::read_refusal(const pg::Error& error, Groups groups) const {
  const bool refuses =
      error.side() == pg::Side::target && pg::classify(error).action == pg::Action::refuse_row;
  if (!refuses) return std::nullopt;
  Refusal refusal{error.fields(), std::nullopt};
  for (const std::vector<Row>& group : groups) {
    for (const Row row : group) {
      const auto named = sides_[rows_[row].member]->mover.find_tied(error);
      if (named && *named == key_of(row)) refusal.row = row;
    }
  }
  return refusal;
}

// Where the target names a row, the others only wait for it.
void Knot::refuse(const std::vector<Row>& group, const Refusal& refusal) {
  for (const Row row : group) refused_[row] = true;
  std::vector<std::vector<ledger::HeldRow>> held(members_.size());
  for (const Row row : group) {
    if (refusal.row && *refusal.row != row) continue;
    const std::size_t member = rows_[row].member;
    held[member].push_back(held_by_server(members_[member].entity, refusal.fields, key_of(row)));
  }
  for (std::size_t member = 0; member < members_.size(); ++member) {
    if (held[member].empty()) continue;
    std::vector<plan::KeyText> keys;
    for (const ledger::HeldRow& each : held[member]) keys.push_back(each.key);
    sides_[member]->mover.hold_tied(lease(member, keys), std::move(held[member]));
    members_[member].breaker.note_refusal(refusal.fields.sqlstate, refusal.fields.constraint);
  }
}

plan::KeyText Knot::key_of(Row row) const {
  return ledger::unpack_key(members_[rows_[row].member].entity, rows_[row].key);
}

// A knot is moved before its entities' batches are cut, or after them: no other batch waits.
ledger::Batch Knot::lease(std::size_t member, const std::vector<plan::KeyText>& keys) {
  const plan::Entity& entity = members_[member].entity;
  ledger::add_batches(sessions_.target, facts_.run_id, entity, {listed(keys)});
  return *ledger::lease(sessions_.target, facts_.run_id, entity, facts_.worker_id);
}

}  // namespace rehome::move
