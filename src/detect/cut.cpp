#include "detect/cut.h"

#include <algorithm>

#include "ledger/key.h"

namespace rehome::detect {

namespace {

// Each bucket scans the whole table once, so there are few: the mover cuts a long one by stream
// position.
constexpr std::int64_t k_buckets_max = 8;
constexpr std::int64_t k_batches_per_bucket = 8;

// Rows that are worth a transaction of their own when a worker has nothing else to do.
constexpr std::int64_t k_rows_per_worker_min = 2000;

std::int64_t count_per_range(std::int64_t rows, const plan::Entity& entity, int workers) {
  const std::int64_t needed = (rows + entity.batch_rows - 1) / entity.batch_rows;
  const std::int64_t useful = std::min<std::int64_t>(workers, rows / k_rows_per_worker_min);
  const std::int64_t ranges = std::max<std::int64_t>({needed, useful, 1});
  return std::max<std::int64_t>((rows + ranges - 1) / ranges, 1);
}

// Range by range, each by as much of the index as it takes: to number all keys costs four times as
// much.
std::vector<plan::KeySet> make_ranges(pg::Connection& source, const plan::Entity& entity,
                                      std::int64_t source_rows, int workers) {
  const std::int64_t per_range = count_per_range(source_rows, entity, workers);
  std::vector<plan::KeySet> ranges(1);
  for (std::int64_t cut = per_range; cut < source_rows; cut += per_range) {
    const auto rows =
        source.execute({"cut ranges", plan::cut_statement(entity, ranges.back(), per_range)});
    if (rows.count() == 0) break;
    const plan::KeyText end = ledger::read_key(rows, 0, entity.key.size());
    ranges.back().upto = end;
    ranges.emplace_back();
    ranges.back().after = end;
  }
  return ranges;
}

std::vector<plan::KeySet> make_buckets(std::int64_t rows, const plan::Entity& entity) {
  const std::int64_t wanted = rows / (k_batches_per_bucket * entity.batch_rows) + 1;
  const int count = static_cast<int>(std::clamp<std::int64_t>(wanted, 1, k_buckets_max));
  std::vector<plan::KeySet> buckets(static_cast<std::size_t>(count));
  for (int bucket = 0; bucket < count && count > 1; ++bucket) {
    buckets[static_cast<std::size_t>(bucket)].bucket = bucket;
    buckets[static_cast<std::size_t>(bucket)].buckets = count;
  }
  return buckets;
}

}  // namespace

Cut cut(pg::Connection& source, const plan::Entity& entity, int workers) {
  Cut result;
  const std::string count = plan::source_count_statement(entity);
  result.source_rows = source.execute({"count source rows", count}).integer(0, 0);
  result.batches = entity.ranged ? make_ranges(source, entity, result.source_rows, workers)
                                 : make_buckets(result.source_rows, entity);
  if (entity.may_lack_key()) result.batches.emplace_back().without_key = true;
  return result;
}

}  // namespace rehome::detect
