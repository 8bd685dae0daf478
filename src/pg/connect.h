// Opening a connection by libpq's rules. Inside this room only.
#pragma once

#include <string>

#include "pg/connection.h"

namespace rehome::pg {

// Never null. Throws Error, with the server's code when it refused us, and never with a part of the
// password.
PGconn* open_connection(Side side, const std::string& url, const std::string& application);

}  // namespace rehome::pg
