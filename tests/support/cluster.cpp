#include "support/cluster.h"

#include <fcntl.h>
#include <libpq-fe.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace rehome::tests {
namespace {

using Connection = std::unique_ptr<PGconn, decltype(&PQfinish)>;
using Answer = std::unique_ptr<PGresult, decltype(&PQclear)>;

struct Pipe {
  int read_end = -1;
  int write_end = -1;
};

Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) {
    throw std::runtime_error("no pipe to the throwaway cluster");
  }
  return {ends[0], ends[1]};
}

// tests/support/throwaway: serves until the write end of its standard input closes, which the
// kernel does for us even when this process is killed.
class Throwaway {
 public:
  Throwaway() {
    const Pipe input = make_pipe();
    const Pipe output = make_pipe();
    child_ = fork();
    if (child_ == 0) {
      dup2(input.read_end, STDIN_FILENO);
      dup2(output.write_end, STDOUT_FILENO);
      execl(REHOME_SOURCE_DIR "/tests/support/throwaway", "throwaway", REHOME_BINARY_DIR,
            static_cast<char*>(nullptr));
      _exit(127);
    }
    close(input.read_end);
    close(output.write_end);
    lifeline_ = input.write_end;
    socket_directory_ = read_line(output.read_end);
    close(output.read_end);
    if (socket_directory_.empty()) {
      throw std::runtime_error("the throwaway cluster did not start, see above");
    }
  }

  ~Throwaway() {
    close(lifeline_);
    waitpid(child_, nullptr, 0);
  }

  Throwaway(const Throwaway&) = delete;
  Throwaway& operator=(const Throwaway&) = delete;

  const std::string& socket_directory() const { return socket_directory_; }

 private:
  static std::string read_line(int descriptor) {
    std::string line;
    char letter = 0;
    while (read(descriptor, &letter, 1) == 1 && letter != '\n') {
      line += letter;
    }
    return line;
  }

  pid_t child_ = -1;
  int lifeline_ = -1;
  std::string socket_directory_;
};

Connection connect_to(const std::string& url) {
  Connection connection(PQconnectdb(url.c_str()), &PQfinish);
  if (PQstatus(connection.get()) != CONNECTION_OK) {
    throw std::runtime_error(PQerrorMessage(connection.get()));
  }
  PQsetNoticeProcessor(
      connection.get(), [](void*, const char*) {}, nullptr);
  return connection;
}

Answer execute(PGconn* connection, const std::string& statements) {
  Answer answer(PQexec(connection, statements.c_str()), &PQclear);
  const ExecStatusType status = PQresultStatus(answer.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
    throw std::runtime_error(PQerrorMessage(connection) + ("in: " + statements));
  }
  return answer;
}

std::string make_name(std::string_view prefix) {
  static std::atomic<int> count{0};
  return std::string(prefix) + "_" + std::to_string(++count);
}

bool keeps_databases() {
  const char* wish = std::getenv("KEEP_DB");
  return wish != nullptr && *wish != '\0';
}

}  // namespace

const std::string& cluster_socket_directory() {
  static const Throwaway cluster;
  return cluster.socket_directory();
}

std::string make_url(std::string_view database, std::string_view user) {
  return "postgresql://" + std::string(user) + "@/" + std::string(database) +
         "?host=" + cluster_socket_directory() + "&port=5432";
}

Database::Database(std::string_view prefix, const std::string& options) : name_(make_name(prefix)) {
  const Connection server = connect_to(make_url("postgres"));
  execute(server.get(), "CREATE DATABASE \"" + name_ + "\" " + options);
  connection_.reset(connect_to(url()).release());
}

Database::~Database() {
  connection_.reset();
  if (keeps_databases()) {
    std::fprintf(stderr, "kept: psql '%s'\n", url().c_str());
    return;
  }
  try {
    const Connection server = connect_to(make_url("postgres"));
    execute(server.get(), "DROP DATABASE \"" + name_ + "\" WITH (FORCE)");
  } catch (const std::exception& error) {
    // A destructor has nobody to tell; the cluster goes anyway.
    std::fprintf(stderr, "could not drop %s: %s\n", name_.c_str(), error.what());
  }
}

std::string Database::url(std::string_view user) const { return make_url(name_, user); }

void Database::run(const std::string& statements) { execute(connection_.get(), statements); }

std::string Database::value(const std::string& query) {
  const Answer answer = execute(connection_.get(), query);
  return PQntuples(answer.get()) == 0 ? "" : PQgetvalue(answer.get(), 0, 0);
}

std::vector<std::vector<std::string>> Database::rows(const std::string& query) {
  const Answer answer = execute(connection_.get(), query);
  std::vector<std::vector<std::string>> all;
  for (int row = 0; row < PQntuples(answer.get()); ++row) {
    std::vector<std::string>& values = all.emplace_back();
    for (int column = 0; column < PQnfields(answer.get()); ++column) {
      const bool is_null = PQgetisnull(answer.get(), row, column) != 0;
      values.emplace_back(is_null ? "NULL" : PQgetvalue(answer.get(), row, column));
    }
  }
  return all;
}

void Database::Close::operator()(pg_conn* connection) const { PQfinish(connection); }

}  // namespace rehome::tests
