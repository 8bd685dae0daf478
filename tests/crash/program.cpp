#include "crash/program.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <stdexcept>

namespace rehome::tests {

namespace {

[[noreturn]] void become(const std::vector<std::string>& arguments,
                         const std::map<std::string, std::string>& environment, int error_output) {
  dup2(error_output, STDERR_FILENO);
  dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDOUT_FILENO);
  for (const auto& [name, value] : environment) setenv(name.c_str(), value.c_str(), 1);
  std::string program = REHOME_PROGRAM;
  std::vector<std::string> words = arguments;
  std::vector<char*> pointers = {program.data()};
  for (std::string& each : words) pointers.push_back(each.data());
  pointers.push_back(nullptr);
  execv(program.c_str(), pointers.data());
  _exit(127);
}

}  // namespace

Program::Program(const std::vector<std::string>& arguments,
                 const std::map<std::string, std::string>& environment)
    : error_output_(std::tmpfile()) {
  if (!error_output_) throw std::runtime_error("no temporary file");
  pid_ = fork();
  if (pid_ < 0) throw std::runtime_error("no child process");
  if (pid_ == 0) become(arguments, environment, fileno(error_output_.get()));
}

Program::~Program() {
  if (ended_) return;
  send(SIGKILL);
  waitpid(pid_, nullptr, 0);
}

void Program::send(int signal) const { kill(pid_, signal); }

bool Program::wait_until_frozen() {
  waitpid(pid_, &status_, WUNTRACED);
  ended_ = !WIFSTOPPED(status_);
  return !ended_;
}

Ending Program::wait() {
  if (!ended_) waitpid(pid_, &status_, 0);
  ended_ = true;
  Ending ending;
  if (WIFEXITED(status_)) ending.exit_code = WEXITSTATUS(status_);
  if (WIFSIGNALED(status_)) ending.signal = WTERMSIG(status_);
  std::rewind(error_output_.get());
  for (int letter = 0; (letter = std::fgetc(error_output_.get())) != EOF;) {
    ending.error_output += static_cast<char>(letter);
  }
  return ending;
}

}  // namespace rehome::tests
