#include <libpq-fe.h>

#include <charconv>

#include "base/ensure.h"
#include "pg/connection.h"

namespace rehome::pg {

namespace {

std::int64_t parse_integer(std::string_view text) {
  std::int64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, failure] = std::from_chars(text.data(), end, value);
  base::ensure(failure == std::errc() && rest == end, "a result column is an integer");
  return value;
}

}  // namespace

void Rows::Clear::operator()(PGresult* result) const { PQclear(result); }

Rows::Rows(PGresult* result) : result_(result) {}

int Rows::count() const { return PQntuples(result_.get()); }

int Rows::columns() const { return PQnfields(result_.get()); }

bool Rows::is_null(int row, int column) const {
  base::ensure(row >= 0 && row < count() && column >= 0 && column < columns(),
               "a result has the row and column that is read");
  return PQgetisnull(result_.get(), row, column) != 0;
}

std::string_view Rows::text(int row, int column) const {
  if (is_null(row, column)) return {};
  return {PQgetvalue(result_.get(), row, column),
          static_cast<std::size_t>(PQgetlength(result_.get(), row, column))};
}

std::int64_t Rows::integer(int row, int column) const { return parse_integer(text(row, column)); }

bool Rows::boolean(int row, int column) const { return text(row, column) == "t"; }

std::optional<std::string> Rows::optional_text(int row, int column) const {
  if (is_null(row, column)) return std::nullopt;
  return std::string(text(row, column));
}

std::int64_t Rows::affected() const {
  const std::string_view text = PQcmdTuples(result_.get());
  return text.empty() ? 0 : parse_integer(text);
}

std::string_view Rows::tag() const { return PQcmdStatus(result_.get()); }

std::vector<ColumnType> Rows::types() const {
  const PGresult* const result = result_.get();
  std::vector<ColumnType> types;
  for (int column = 0; column < columns(); ++column) {
    types.push_back({PQfname(result, column), PQftype(result, column), PQfmod(result, column)});
  }
  return types;
}

}  // namespace rehome::pg
