#include "run/sync.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <climits>
#include <future>
#include <map>
#include <thread>
#include <utility>

#include "ledger/found.h"
#include "ledger/key.h"
#include "ledger/quarantine.h"
#include "ledger/run.h"
#include "ledger/schema.h"
#include "move/adoption.h"
#include "move/departures.h"
#include "move/settle.h"
#include "pg/session.h"
#include "run/latest_changes.h"
#include "run/losing.h"
#include "run/preparation.h"
#include "run/rehearsal.h"
#include "run/snapshot.h"
#include "run/worker.h"
#include "work/failpoint.h"

namespace rehome::run {

namespace {

std::string host_name() {
  std::array<char, HOST_NAME_MAX + 1> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data()) : "unknown";
}

class Sync {
 public:
  Sync(const Compiled& compiled, const SyncOptions& options, events::EventSink& events,
       Interruption& interruption)
      : compiled_(compiled),
        rehearsed_(options.rehearses ? compile_on_stand_ins(compiled) : plan::Plan()),
        plan_(options.rehearses ? rehearsed_ : compiled.plan),
        options_(options),
        events_(events),
        interruption_(interruption),
        losing_(plan_),
        adoptions_(plan_),
        latest_changes_(plan_, options.thorough) {}

  SyncResult run() {
    open();
    try {
      prepare();
      move_all();
    } catch (...) {
      close_failed();
      throw;
    }
    return std::move(result_);
  }

 private:
  void open() {
    control_ = connect_target("rehome");
    if (options_.rehearses) begin_rehearsal(*control_, compiled_);
    ledger::install(*control_);
    ledger::RunFacts facts{plan_.name,
                           plan_.fingerprint,
                           options_.program_version,
                           host_name(),
                           static_cast<int>(getpid()),
                           options_.workers,
                           compiled_.source.system_identifier,
                           compiled_.source.database};
    run_id_ = ledger::open_run(*control_, facts);
    work::failpoint("run_opened");
  }

  std::shared_ptr<pg::Connection> connect_target(const std::string& application) const {
    auto connection = std::make_shared<pg::Connection>(
        pg::Side::target, compiled_.mapping.target.url.value, application);
    pg::prepare_target_session(*connection);
    return connection;
  }

  void prepare() {
    application_ = fmt::format("rehome run {}", run_id_);
    // The fence comes before the snapshot and before the ledger is read.
    const std::int64_t taken_over = ledger::take_over(*control_, run_id_);
    for (const plan::Entity& each : plan_.entities) {
      ledger::install_entity(*control_, plan_, each, run_id_);
      ledger::drop_found(*control_, each);  // of a run that was cut off
    }
    losing_.begin(*control_, run_id_);
    latest_changes_.begin(*control_);
    name_space_ = ledger::read_or_make_namespace(*control_, plan_.uuid_namespace);
    events_.on(events::RunStarted{told_run_id(), plan_.name, taken_over});
  }

  // Nobody will find the number of a rehearsal anywhere.
  int told_run_id() const { return options_.rehearses ? 0 : run_id_; }

  void move_all() {
    snapshot_ =
        std::make_unique<Snapshot>(compiled_.mapping.source.url.value, application_, plan_,
                                   [this](const char* reason) { interruption_.request(reason); });
    ledger::note_snapshot(*control_, run_id_, snapshot_->id(), snapshot_->sees());
    work::failpoint("snapshot_taken");
    hire_workers();
    move_entities();
    if (!interruption_.is_requested()) settle();
    if (!interruption_.is_requested()) remove_gone();
    if (!options_.rehearses) {
      move::advance_sequences(*control_, plan_, [this] { return interruption_.is_requested(); });
    }
    finish();
  }

  void hire_workers() {
    const WorkerPlace place{
        compiled_.mapping.source.url.value, application_, snapshot_->id(), host_name(),
        static_cast<int>(getpid()),         run_id_};
    const int workers = options_.rehearses ? 1 : options_.workers;
    for (int number = 0; number < workers; ++number) {
      workers_.push_back(std::make_unique<Worker>(
          place, plan_, options_.rehearses ? control_ : connect_target(application_)));
    }
    leaving_ = std::make_unique<Leaving>(
        LeavingFacts{plan_, *control_, *workers_.front(), events_, run_id_, options_.max_deletes,
                     [this] { return interruption_.is_requested(); }});
  }

  void move_entities() {
    Preparation preparation(snapshot_->keeper(), plan_, options_.workers, losing_);
    for (std::span<const plan::Entity> left = plan_.entities; !left.empty();) {
      if (interruption_.is_requested()) break;
      const auto together = left.first(plan::count_tied(left));
      std::vector<detect::Cut> cuts;
      for (const plan::Entity& each : together)
        source_rows_[each.name] = cuts.emplace_back(preparation.take()).source_rows;
      for (const plan::Entity& each : together) leaving_->note_absent(each);
      if (together.front().knot != 0 && workers_.front()->move_knot(order_knot(together)).left)
        left_in_knots_ = true;
      for (std::size_t index = 0; index < together.size(); ++index) {
        if (!interruption_.is_requested()) move_entity(together[index], cuts[index]);
      }
      left = left.subspan(together.size());
    }
    index_moved();
  }

  KnotOrder order_knot(std::span<const plan::Entity> entities) {
    return {plan_,       entities,   losing_.searches(),
            name_space_, adoptions_, [this] { return interruption_.is_requested(); }};
  }

  void move_entity(const plan::Entity& entity, const detect::Cut& cut) {
    ledger::add_batches(*control_, run_id_, entity, cut.batches);
    work::failpoint("entity_cut");
    events_.on(events::EntityStarted{entity.name, cut.source_rows,
                                     static_cast<std::int64_t>(cut.batches.size())});
    move::Breaker breaker(entity.name);
    move_batches(entity, cut.batches.size(), breaker, Stage::compare);
    moved_ = &entity;
    if (!interruption_.is_requested()) follow_losers(entity, breaker);
    events_.on(events::EntityFinished{entity.name});
  }

  // Whether a row loses a unique value depends on others.
  void follow_losers(const plan::Entity& entity, move::Breaker& breaker) {
    const bool any_gone = ledger::read_counts(*control_, run_id_)[entity.name].gone > 0;
    const auto turned = losing_.read_turned(workers_.front()->sides(), entity, any_gone);
    retry(entity, turned, breaker, Stage::compare);
    if (!interruption_.is_requested()) losing_.note(*control_, entity);
  }

  // What is gone is known to the ledger only when all entities have been compared.
  enum class Stage { compare, settle };

  void move_batches(const plan::Entity& entity, std::size_t batches, move::Breaker& breaker,
                    Stage stage) {
    const bool first_load = ledger::is_empty(*control_, entity);
    const auto latest = latest_changes_.seen(*control_, entity);
    const auto read_parents = [&] { return move::read_ref_maps(*control_, plan_, entity); };
    // Read while the source begins; a later run may find nothing that needs them.
    const auto when = first_load ? std::launch::async : std::launch::deferred;
    const auto parents = std::async(when, read_parents).share();
    move::Departures departures(plan_, entity, parents);
    const auto finished = [&](const ledger::BatchCounts& counts) {
      events_.on(events::BatchFinished{entity.name, counts.source_rows, counts.inserted,
                                       counts.held, counts.bytes});
    };
    std::stop_token token;
    const auto stopped = [&token, this] {
      return token.stop_requested() || interruption_.is_requested();
    };
    const move::MoverFacts facts{plan_,
                                 entity,
                                 parents,
                                 losing_.searches().of(entity),
                                 name_space_,
                                 run_id_,
                                 breaker,
                                 finished,
                                 stopped,
                                 &adoptions_.of(entity),
                                 nullptr,
                                 refs_may_fill_,
                                 stage == Stage::compare ? &departures : nullptr};
    const auto use_control = [&] {
      if (first_load) parents.get();
      index_moved();
    };
    // Besides the batches, if the session is free then: no worker is to read the parents by it, and
    // it is not the rehearsal's only one.
    const bool besides = first_load && !options_.rehearses;
    if (!besides) use_control();
    work::Crew crew;  // after all that its threads use
    token = crew.token();
    const std::size_t hands = count_hands(entity, batches);
    for (std::size_t number = 0; number < hands; ++number) {
      crew.add([&facts, &latest, first_load, hands, this, number](const std::stop_token&) {
        workers_[number]->work(facts, first_load, static_cast<int>(hands) - 1, latest);
      });
    }
    if (besides) use_control();
    crew.join();
  }

  // Workers beyond the number of batches would only wait.
  std::size_t count_hands(const plan::Entity& entity, std::size_t batches) const {
    return entity.sequential_because.empty() ? std::min(batches, workers_.size()) : 1;
  }

  void index_moved() {
    if (moved_ != nullptr) ledger::index_entity(*control_, *std::exchange(moved_, nullptr));
  }

  void settle() {
    settle_until_still();
    refs_may_fill_ = false;
    if (decide_waiting()) settle_until_still();
  }

  // Rows of the target that nobody could compare while a parent was to come: it does not.
  bool decide_waiting() {
    bool moved = false;
    for (const plan::Entity& each : plan_.entities) {
      if (interruption_.is_requested()) return false;
      if (each.adoption.differs == mapping::Differs::quarantine) continue;
      move::Breaker breaker(each.name);
      moved = retry(each, ledger::read_awaiting(*control_, each), breaker) || moved;
    }
    return moved;
  }

  // Fills open refs, and takes rows again whose parent has come or whose unique value is free,
  // until nothing moves.
  void settle_until_still() {
    bool moved = true;
    while (moved && !interruption_.is_requested()) {
      moved = move::fill_open_refs(*control_, plan_, run_id_,
                                   [this] { return interruption_.is_requested(); }) > 0;
      work::failpoint("refs_filled");
      bool tried = std::exchange(left_in_knots_, false) || moved;
      for (const plan::Entity& each : plan_.entities) {
        move::Breaker breaker(each.name);
        const auto released = ledger::read_released(*control_, each, plan_);
        moved = retry(each, released, breaker) || moved;
        move::Breaker refused_before(each.name, false);
        const auto refused = ledger::read_refused_unique(*control_, each);
        moved = retry(each, refused, refused_before) || moved;
        tried = tried || !released.empty() || !refused.empty();
      }
      if (tried) moved = move_waiting() > 0 || moved;
    }
  }

  // Rows of a knot that wait for each other, and of whom none is held for anything else now.
  std::int64_t move_waiting() {
    std::int64_t rows = 0;
    for (std::span<const plan::Entity> left = plan_.entities; !left.empty();) {
      const auto together = left.first(plan::count_tied(left));
      if (together.front().knot != 0)
        rows += workers_.front()->move_waiting(order_knot(together)).rows;
      left = left.subspan(together.size());
    }
    return rows;
  }

  // What a deleted row lets go, a unique value, another may have been held for.
  void remove_gone() {
    leaving_->apply_brakes();
    while (!interruption_.is_requested() && leaving_->remove_gone() > 0) settle();
  }

  bool retry(const plan::Entity& entity, const std::vector<plan::KeyText>& keys,
             move::Breaker& breaker, Stage stage = Stage::settle) {
    if (keys.empty()) return false;
    const std::int64_t before = count_moved(entity);
    plan::KeySet again;
    again.listed = true;
    again.keys = keys;
    ledger::add_batches(*control_, run_id_, entity, {again});
    move_batches(entity, 1, breaker, stage);
    return count_moved(entity) > before;
  }

  std::int64_t count_moved(const plan::Entity& entity) {
    const ledger::BatchCounts counts = ledger::read_counts(*control_, run_id_)[entity.name];
    return counts.inserted + counts.updated + counts.adopted + counts.kept;
  }

  void finish() {
    if (interruption_.is_requested()) {
      result_.exit_code = ExitCode::interrupted;
      result_.stopped_because = interruption_.reason();
      return close("interrupted", result_.exit_code, "");
    }
    work::failpoint("all_moved");
    std::vector<BothSides> sessions = {{snapshot_->keeper(), *control_}};
    if (!options_.rehearses) {
      for (const auto& each : workers_) sessions.push_back(each->sides());
    }
    result_.account = read_account(sessions, plan_, run_id_, source_rows_);
    if (note_excluded(result_.account, sessions.front(), plan_, run_id_))
      result_.account = read_account(sessions, plan_, run_id_, source_rows_);
    for (const plan::Entity& each : plan_.entities) ledger::drop_found(*control_, each);
    result_.account.run_id = told_run_id();
    result_.held = ledger::read_held_groups(*control_, "");
    leaving_->note_braked(result_.account);
    result_.exit_code = !result_.account.closed()   ? ExitCode::error
                        : result_.account.is_open() ? ExitCode::open
                                                    : ExitCode::done;
    if (result_.account.closed()) latest_changes_.note(*control_, snapshot_->keeper());
    work::failpoint("account_read");
    close(result_.account.closed() ? "done" : "failed", result_.exit_code,
          ledger::write_json(result_.account));
  }

  // What failed first is what the user must hear of.
  void close_failed() {
    try {
      close("failed", ExitCode::error, "");
    } catch (const pg::Error&) {
      // The target is gone too; the next run marks this one abandoned.
    }
  }

  // A run that cannot even be closed is marked abandoned by the next one.
  void close(const std::string& state, ExitCode code, const std::string& accounting) {
    leaving_.reset();
    workers_.clear();
    snapshot_.reset();
    if (options_.rehearses) return control_.reset();  // with all that it has written
    if (control_->is_alive())
      ledger::close_run(*control_, run_id_, state, static_cast<int>(code), accounting);
  }

  const Compiled& compiled_;
  const plan::Plan rehearsed_;  // on stand-ins, if it is that
  const plan::Plan& plan_;
  const SyncOptions& options_;
  events::EventSink& events_;
  Interruption& interruption_;
  std::shared_ptr<pg::Connection> control_;
  std::unique_ptr<Snapshot> snapshot_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::unique_ptr<Leaving> leaving_;  // uses the first of them
  std::string application_;
  std::map<std::string, std::int64_t> source_rows_;  // in the snapshot
  Losing losing_;
  move::Adoptions adoptions_;
  const LatestChanges latest_changes_;
  bool left_in_knots_ = false;  // rows to be adopted: others may refer to them, and go afterwards
  const plan::Entity* moved_ = nullptr;  // the last one, until its ledger table is indexed
  bool refs_may_fill_ = true;
  base::Uuid name_space_{};
  int run_id_ = 0;
  SyncResult result_;
};

}  // namespace

SyncResult sync(const Compiled& compiled, const SyncOptions& options, events::EventSink& events,
                Interruption& interruption) {
  return Sync(compiled, options, events, interruption).run();
}

}  // namespace rehome::run
