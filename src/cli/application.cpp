#include "cli/application.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "base/suggestion.h"
#include "cli/delete_limit.h"
#include "cli/failure.h"
#include "cli/options.h"

namespace rehome::cli {

namespace {

using Verb = run::ExitCode (*)(const Options&);

constexpr const char* k_description =
    "Moves a live PostgreSQL database into a different schema, again and again, and knows where "
    "every row is.";
constexpr const char* k_footer =
    "Connections follow libpq: PG* variables, ~/.pgpass, service files. Secrets belong in "
    "${VARIABLES}, not in the mapping.\n"
    "Exit codes: 0 done · 1 error · 2 usage or mapping · 3 finished, something open · 4 "
    "differences "
    "(plan --exit-code) ·\n"
    "            5 interrupted, run again · 6 database unreachable · 7 privilege missing · 70 bug";

class CommandLine {
 public:
  CommandLine() : application_(k_description, "rehome") {
    if (const char* mapping = std::getenv("REHOME_MAPPING")) options_.mapping = mapping;
    application_.require_subcommand(1);
    application_.footer(k_footer);
    application_.set_version_flag("--version", write_version());
    add("check", "Says before any row moves what would go wrong, and what to do about it", check);
    CLI::App* plan_verb =
        add("plan", "Shows what each entity becomes, and what a run would do now; writes nothing",
            plan);
    plan_verb->add_flag("--sql", options_.sql, "Every statement instead")
        ->excludes(plan_verb->get_option("--json"));
    add_thorough(*plan_verb);
    plan_verb->add_flag("--exit-code", options_.exit_code, "4 when a run would write rows");
    CLI::App* sync_verb =
        add("sync", "Brings the target up to date; what stopped before is continued", sync);
    sync_verb->add_option("--workers", options_.workers, "Connections that move rows at once")
        ->check(CLI::Range(1, 64))
        ->capture_default_str();
    sync_verb->add_flag("--dry-run", options_.dry_run,
                        "Says what a run would do now, and writes nothing");
    add_thorough(*sync_verb);
    sync_verb
        ->add_option(
            "--max-deletes", options_.max_deletes,
            "How many gone rows of an entity may be deleted or marked in this run: a share "
            "of its rows (5%) or a number; default from the mapping")
        ->check([](const std::string& text) {
          return parse_delete_limit(text) ? std::string()
                                          : std::string("write 5% or a number of rows");
        });
    add("status", "Where every row was after the last run", status)
        ->add_option("--rows", options_.rows,
                     "All rows that are now gone, lost, extra or not_adopted, by both keys")
        ->check(CLI::IsMember({"gone", "lost", "extra", "not_adopted"}));
    add_quarantine();
    CLI::App* version_verb =
        application_.add_subcommand("version", "Version, commit and libraries");
    version_verb->add_flag("--json", options_.json, "One JSON object on stdout");
    version_verb->callback([this] { verb_ = version; });
  }

  int run(int argc, char** argv) {
    if (argc > 1 && !knows(argv[1])) return refuse(argv[1]);
    try {
      application_.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      if (error.get_exit_code() == 0) return application_.exit(error);
      return static_cast<int>(refuse_usage(error.what(), advise(argc, argv)));
    }
    return static_cast<int>(guard([this] { return verb_(options_); }));
  }

 private:
  void add_thorough(CLI::App& verb) {
    verb.add_flag("--thorough", options_.thorough,
                  "Compares all rows, also of entities whose `detect` says that none has changed");
  }

  CLI::App* add(const char* name, const char* description, Verb verb, CLI::App* parent = nullptr) {
    CLI::App* added =
        (parent == nullptr ? &application_ : parent)->add_subcommand(name, description);
    const CLI::Option* file =
        added->add_option("-f,--file", options_.mapping, "The mapping; default from REHOME_MAPPING")
            ->capture_default_str();
    added->add_flag("--json", options_.json, "One JSON object on stdout, progress on stderr");
    added->callback([this, verb, file] {
      verb_ = verb;
      options_.mapping_named = file->count() > 0;
    });
    return added;
  }

  // A verb that does not exist would only be told as one that is missing.
  bool knows(const std::string& word) const {
    const std::vector<std::string> verbs = list_verbs();
    return word.starts_with('-') || std::find(verbs.begin(), verbs.end(), word) != verbs.end();
  }

  int refuse(const std::string& word) const {
    const std::string hint = base::did_you_mean(word, list_verbs());
    return static_cast<int>(refuse_usage(fmt::format("there is no verb {}", word),
                                         hint.empty() ? "see rehome --help" : hint));
  }

  // What to type instead of what could not be understood.
  std::string advise(int argc, char** argv) const {
    const std::string first = argc > 1 ? argv[1] : "";
    if (first.empty()) return fmt::format("rehome VERB, one of: {}", fmt::join(list_verbs(), ", "));
    if (first.starts_with('-'))
      return "flags come after the verb: rehome sync -f FILE; rehome --help lists the verbs";
    if (first != "quarantine")
      return fmt::format("rehome {0} [-f FILE] …; rehome {0} --help lists its flags", first);
    return "rehome quarantine list [-f FILE] [ENTITY], or rehome quarantine show [-f FILE] ENTITY "
           "KEY";
  }

  std::vector<std::string> list_verbs() const {
    std::vector<std::string> verbs;
    for (const CLI::App* each : application_.get_subcommands({})) verbs.push_back(each->get_name());
    return verbs;
  }

  void add_quarantine() {
    CLI::App* quarantine = application_.add_subcommand("quarantine", "Rows that are held, and why");
    quarantine->require_subcommand(1);
    add("list", "Held rows by entity and cause", quarantine_list, quarantine)
        ->add_option("entity", options_.entity, "Only this entity");
    CLI::App* show = add("show", "One held row: cause, mapping line, the server's words, its image",
                         quarantine_show, quarantine);
    show->add_option("entity", options_.entity, "Its entity")->required();
    show->add_option("key", options_.key, "Its legacy key; a composite one as JSON")->required();
  }

  CLI::App application_;
  Options options_;
  Verb verb_ = nullptr;
};

}  // namespace

int run(int argc, char** argv) { return CommandLine().run(argc, argv); }

}  // namespace rehome::cli
