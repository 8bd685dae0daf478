// What libpq answers to a statement, and from its report of a failure to our Error. Inside this
// room only. The connection's thread.
#pragma once

#include <cstdint>
#include <string_view>

#include "pg/connection.h"

namespace rehome::pg {

// What the server said in `result`, or, when it said nothing, what libpq has to say about the
// connection.
ErrorFields read_failure(const PGconn* connection, const PGresult* result);

// Throws it as Error. Does not clear `result`.
[[noreturn]] void throw_failure(Side side, std::string_view statement, const PGconn* connection,
                                const PGresult* result);

// The outcome of the statement that was sent: its first error, else its last result, or the start
// of a COPY. Nothing when the connection is gone without a word. The caller owns it. `results`
// grows by the number of statements answered.
PGresult* await_result(PGconn* connection, std::int64_t& results);

// Reads and drops what is left of the current statement, ending a COPY that still waits for rows.
void drain(PGconn* connection) noexcept;

}  // namespace rehome::pg
