#include "pg/connect.h"

#include <libpq-fe.h>

#include <chrono>
#include <cstdlib>
#include <memory>
#include <regex>
#include <vector>

namespace rehome::pg {

namespace {

// Keyword and value, in the order in which libpq reads them: what comes later wins.
class Settings {
 public:
  void add(const char* keyword, const char* value) {
    keywords_.push_back(keyword);
    values_.push_back(value);
  }

  PGconn* connect() {
    add(nullptr, nullptr);
    constexpr int k_expand_dbname = 1;
    return PQconnectdbParams(keywords_.data(), values_.data(), k_expand_dbname);
  }

 private:
  std::vector<const char*> keywords_;
  std::vector<const char*> values_;
};

struct FreeOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};
using Options = std::unique_ptr<PQconninfoOption, FreeOptions>;

std::string find_option(const PQconninfoOption* options, std::string_view keyword) {
  if (options == nullptr) return {};
  for (const PQconninfoOption* option = options; option->keyword != nullptr; ++option) {
    if (option->keyword == keyword && option->val != nullptr) return option->val;
  }
  return {};
}

// Our waiting time must not beat one that the user set in the environment or in a service file.
bool user_may_have_set_timeout(const PQconninfoOption* url) {
  return std::getenv("PGCONNECT_TIMEOUT") != nullptr || std::getenv("PGSERVICE") != nullptr ||
         !find_option(url, "service").empty();
}

std::string replace_all(std::string text, std::string_view piece, std::string_view by) {
  if (piece.empty()) return text;
  for (std::size_t at = text.find(piece); at != std::string::npos;
       at = text.find(piece, at + by.size())) {
    text.replace(at, piece.size(), by);
  }
  return text;
}

// False when the fault is in the URL, the environment or a service file: trying again cannot help.
bool reached_the_network(const std::string& message) {
  return message.rfind("connection to server", 0) == 0 ||
         message.rfind("could not translate host name", 0) == 0;
}

// True for words about the parameters or the host of a URL whose password, if it has one, is whole
// between a ':' and the only '@': what they quote is then no part of it.
bool quotes_no_password(const std::string& message, const std::string& url) {
  static const std::regex k_harmless(
      "^(invalid URI query parameter|invalid sslmode value|could not translate host name)");
  static const std::regex k_uri("postgres(ql)?://([^:/?#@]*(:[^/?#@]*)?@)?[^@]*");
  return std::regex_search(message, k_harmless) && std::regex_match(url, k_uri) &&
         url.find("password") == std::string::npos;
}

std::string written_password(const std::string& url) {
  static const std::regex k_password("://[^:/?#@]*:([^/?#@]*)@");
  std::smatch match;
  return std::regex_search(url, match, k_password) ? match[1].str() : std::string();
}

// libpq quotes the part of a URL that it cannot use; a password with a stray '@', '/' or blank is
// part of it.
std::string remove_secrets(std::string message, const PGconn* connection, const std::string& url) {
  static const std::regex k_quoted("\"[^\"]*\"");
  static const std::regex k_quoted_with_at("\"[^\"]*@[^\"]*\"");
  const bool reached_a_server = message.rfind("connection to server", 0) == 0;
  const bool is_plain = reached_a_server || quotes_no_password(message, url);
  message = std::regex_replace(message, is_plain ? k_quoted_with_at : k_quoted, "\"…\"");
  message = replace_all(std::move(message), written_password(url), "…");
  const char* password = PQpass(connection);
  return replace_all(std::move(message), password == nullptr ? "" : password, "…");
}

// The verbose form of a refusal: `connection to server … failed: FATAL:  28P01: password
// …\nLOCATION:  …`.
ErrorFields parse_refusal(std::string message, const PGconn* connection, const std::string& url) {
  static const std::regex k_code("[:] {2}([0-9A-Z]{5}): ");
  static const std::regex k_location("\n?LOCATION: [^\n]*");
  ErrorFields fields;
  std::smatch match;
  if (std::regex_search(message, match, k_code)) {
    fields.sqlstate = match[1].str();
    message = std::regex_replace(message, k_code, ": ");
    message = std::regex_replace(message, k_location, "");
  } else if (PQconnectionNeedsPassword(connection) == 1) {
    fields.sqlstate = "28P01";  // libpq gives up by itself where there is none to send
  } else if (!reached_the_network(message)) {
    fields.sqlstate = "F0000";  // config_file_error
  }
  fields.message = remove_secrets(std::move(message), connection, url);
  while (!fields.message.empty() && fields.message.back() == '\n') fields.message.pop_back();
  return fields;
}

void ignore_notice(void* /*argument*/, const char* /*message*/) {}

}  // namespace

PGconn* open_connection(Side side, const std::string& url, const std::string& application) {
  const Options parsed(PQconninfoParse(url.c_str(), nullptr));
  Settings settings;
  if (!user_may_have_set_timeout(parsed.get())) settings.add("connect_timeout", "10");
  // A dead network is noticed after about a minute, not after libpq's default of two hours.
  settings.add("keepalives_idle", "30");
  settings.add("keepalives_interval", "10");
  settings.add("keepalives_count", "3");
  settings.add("application_name", application.c_str());
  settings.add("dbname", url.c_str());
  settings.add("client_encoding", "UTF8");

  using Clock = std::chrono::steady_clock;
  const Clock::time_point start = Clock::now();
  PGconn* connection = settings.connect();
  if (connection == nullptr) throw std::bad_alloc();
  // libpq tells the server's code only in its verbose texts, which cannot be asked for before the
  // first attempt. So a quick failure is tried again, and a slow one (nobody answers) is not.
  constexpr std::chrono::seconds k_quick(2);
  const std::string first_message = PQerrorMessage(connection);  // empty when all is well
  if (PQstatus(connection) != CONNECTION_OK && Clock::now() - start < k_quick) {
    PQsetErrorVerbosity(connection, PQERRORS_VERBOSE);
    PQreset(connection);
    PQsetErrorVerbosity(connection, PQERRORS_DEFAULT);
  }
  if (PQstatus(connection) != CONNECTION_OK) {
    // A second attempt on a url that libpq cannot use fails without a word.
    std::string message = PQerrorMessage(connection);
    if (message.empty()) message = first_message;
    ErrorFields fields = parse_refusal(std::move(message), connection, url);
    PQfinish(connection);
    throw Error(side, "connect", std::move(fields));
  }
  PQsetNoticeProcessor(connection, ignore_notice, nullptr);
  return connection;
}

}  // namespace rehome::pg
