#pragma once
// Invented names and prose, English and Japanese, from small embedded lists. Pure.

#include <string>
#include <string_view>

#include "random.h"

namespace dental {

struct PersonName {
  std::string_view first;
  std::string_view last;
  // The same in small Latin letters, for user names and addresses.
  std::string_view first_latin;
  std::string_view last_latin;
};

PersonName make_person(Draw draw);
std::string_view make_street(Draw& draw);
std::string_view make_city_us(Draw& draw);

// A heading of one line, without a full stop.
std::string make_heading(Draw& draw, bool japanese);
// A heading, then paragraphs, of about 300 to 1,700 characters.
std::string make_record_text(Draw draw);
// One or two sentences.
std::string make_remark(Draw& draw);

}  // namespace dental
