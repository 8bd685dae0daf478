#include "cli/application.h"

int main(int argc, char** argv) { return rehome::cli::run(argc, argv); }
