#include "work/failpoint.h"

#if REHOME_FAILPOINTS

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>

namespace rehome::work {

namespace {

struct Failpoint {
  std::string action;
  long hit = 0;  // 0: every hit
  long hits = 0;
};

std::map<std::string, Failpoint, std::less<>> parse(std::string_view text) {
  std::map<std::string, Failpoint, std::less<>> failpoints;
  while (!text.empty()) {
    const std::string_view item = text.substr(0, text.find(','));
    text.remove_prefix(item.size() < text.size() ? item.size() + 1 : item.size());
    const auto equals = item.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view rest = item.substr(equals + 1);
    const auto at = rest.find('@');
    Failpoint failpoint;
    failpoint.action = std::string(rest.substr(0, at));
    if (at != std::string_view::npos) failpoint.hit = std::stol(std::string(rest.substr(at + 1)));
    failpoints.emplace(std::string(item.substr(0, equals)), failpoint);
  }
  return failpoints;
}

}  // namespace

bool failpoint(std::string_view name) {
  static std::mutex mutex;
  static auto failpoints = [] {
    const char* text = std::getenv("REHOME_FAILPOINTS");
    return parse(text == nullptr ? "" : text);
  }();
  std::string action;
  {
    const std::lock_guard lock(mutex);
    const auto found = failpoints.find(name);
    if (found == failpoints.end()) return false;
    Failpoint& failpoint = found->second;
    if (++failpoint.hits != failpoint.hit && failpoint.hit != 0) return false;
    action = failpoint.action;
  }
  if (action == "kill") std::raise(SIGKILL);
  if (action == "stop") std::raise(SIGSTOP);
  if (action == "tell")
    std::fprintf(stderr, "failpoint %.*s\n", static_cast<int>(name.size()), name.data());
  if (action.starts_with("sleep"))
    std::this_thread::sleep_for(std::chrono::seconds(std::stol(action.substr(5))));
  if (action == "error") throw std::runtime_error("failpoint " + std::string(name));
  return action == "do";
}

}  // namespace rehome::work

#endif
