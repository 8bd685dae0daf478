#include "detect/cut.h"

#include <algorithm>

namespace rehome::detect {

namespace {

// Each bucket scans the whole table once, so there are few: the mover cuts a long one by stream
// position.
constexpr std::int64_t k_buckets_max = 8;
constexpr std::int64_t k_batches_per_bucket = 8;

// A row that came after the check, and that no range can hold: the sum at the end will not close.
bool lacks_key(const pg::Rows& rows, int row) {
  for (int part = 0; part < rows.columns(); ++part) {
    if (rows.is_null(row, part)) return true;
  }
  return false;
}

std::vector<plan::KeySet> make_ranges(pg::Connection& source, const plan::Entity& entity) {
  const std::string statement = plan::cut_statement(entity, entity.batch_rows);
  const auto rows = source.execute({"cut ranges", statement});
  std::vector<plan::KeySet> ranges(1);
  for (int row = 0; row < rows.count(); ++row) {
    if (lacks_key(rows, row)) continue;
    plan::KeyText end;
    for (int part = 0; part < rows.columns(); ++part) end.emplace_back(rows.text(row, part));
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

Cut cut(pg::Connection& source, const plan::Entity& entity) {
  Cut result;
  const std::string count = plan::driving_count_statement(entity);
  result.driving_rows = source.execute({"count driving rows", count}).integer(0, 0);
  result.batches =
      entity.ranged ? make_ranges(source, entity) : make_buckets(result.driving_rows, entity);
  return result;
}

}  // namespace rehome::detect
