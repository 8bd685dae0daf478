// The program as its user sees it: verbs, flags, exit codes.
#pragma once

namespace rehome::cli {

int run(int argc, char** argv);

}  // namespace rehome::cli
