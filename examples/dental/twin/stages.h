#pragma once
// The three stages of the twin. t0: the target as earlier scripts left it. t1: the source on the
// day of the report. t2: what happens to the source after that day. One caller at a time; each
// function that takes a url opens a connection of its own.

#include <string>
#include <string_view>
#include <vector>

#include "copy.h"
#include "world.h"

namespace dental {

// All legacy tables, in an order that parents come first.
void write_tables(const World& world, Destination& destination);

// The part of source.sql that makes the tables, without what comes after the load.
std::string_view source_tables_sql();

// t1: makes the legacy tables where there are none, and fills them.
void fill_source(const World& world, const std::string& url, bool foreign_keys);

// t0: fills the tables of target.sql, which must be there and empty. Returns the manifest.
std::string fill_target(const World& world, const std::string& url);

// One transaction of the drift.
struct Step {
  int number = 0;
  std::string_view what;
  std::string changes;  // BEGIN and what follows
  std::string end;      // COMMIT, and what comes before
  bool late = false;    // by a second session, which commits after the next step
};

// t2: the steps in the order they must be played.
std::vector<Step> list_steps(const World& world);
// The same as one file for psql.
std::string make_script(const World& world);
// Plays the steps first…last on a source of stage t1, with a pause before each but the first. The
// late step commits after the next one if that is played too.
void play_steps(const World& world, const std::string& url, int first, int last, int pause_ms);

}  // namespace dental
