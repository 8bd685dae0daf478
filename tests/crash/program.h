// The real program as a child process that a test may freeze, wake and kill.
#pragma once

#include <sys/types.h>

#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace rehome::tests {

struct Ending {
  int exit_code = -1;  // -1: ended by a signal
  int signal = 0;
  std::string error_output;
};

// One thread. A program that a test leaves behind is killed.
class Program {
 public:
  // `environment`: set for the child beside what is set already. Standard output is dropped.
  Program(const std::vector<std::string>& arguments,
          const std::map<std::string, std::string>& environment);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  pid_t pid() const { return pid_; }
  // Waits until it is frozen by SIGSTOP; false when it ended instead.
  bool wait_until_frozen();
  void send(int signal) const;
  Ending wait();

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  pid_t pid_ = -1;
  bool ended_ = false;
  int status_ = 0;
  std::unique_ptr<std::FILE, Close> error_output_;
};

}  // namespace rehome::tests
