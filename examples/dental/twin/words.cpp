#include "words.h"

#include <array>
#include <cstddef>

namespace dental {
namespace {

constexpr auto k_people = std::to_array<std::array<std::string_view, 2>>({
    {"Ava", "ava"},       {"Noah", "noah"},     {"Mia", "mia"},       {"Liam", "liam"},
    {"Zoë", "zoe"},       {"Ethan", "ethan"},   {"Chloé", "chloe"},   {"Lucas", "lucas"},
    {"Priya", "priya"},   {"Arjun", "arjun"},   {"Linh", "linh"},     {"Somchai", "somchai"},
    {"Hannah", "hannah"}, {"Marcus", "marcus"}, {"José", "jose"},     {"Grace", "grace"},
    {"結衣", "yui"},      {"蓮", "ren"},        {"さくら", "sakura"}, {"大輔", "daisuke"},
    {"美咲", "misaki"},   {"健太", "kenta"},    {"陽子", "yoko"},     {"直樹", "naoki"},
});

constexpr auto k_families = std::to_array<std::array<std::string_view, 2>>({
    {"Adams", "adams"},    {"Baker", "baker"},     {"Chen", "chen"},     {"Díaz", "diaz"},
    {"Evans", "evans"},    {"Fischer", "fischer"}, {"Gupta", "gupta"},   {"Huang", "huang"},
    {"Iyer", "iyer"},      {"Jones", "jones"},     {"Kim", "kim"},       {"Lopez", "lopez"},
    {"Müller", "mueller"}, {"Nguyen", "nguyen"},   {"Olsen", "olsen"},   {"Patel", "patel"},
    {"田中", "tanaka"},    {"佐藤", "sato"},       {"鈴木", "suzuki"},   {"高橋", "takahashi"},
    {"渡辺", "watanabe"},  {"伊藤", "ito"},        {"山本", "yamamoto"}, {"小林", "kobayashi"},
});
constexpr std::size_t k_latin_people = 16;

constexpr auto k_english = std::to_array<std::string_view>(
    {"the",     "aligner",  "upper",      "lower",     "patient", "reports",  "arch",
     "tooth",   "please",   "review",     "before",    "next",    "visit",    "scan",
     "shows",   "slight",   "crowding",   "and",       "we",      "adjusted", "attachment",
     "on",      "canine",   "molar",      "with",      "good",    "progress", "after",
     "two",     "weeks",    "refinement", "needed",    "contact", "between",  "incisors",
     "was",     "reduced",  "by",         "polishing", "no",      "pain",     "at",
     "rest",    "retainer", "ordered",    "for",       "night",   "wear",     "midline",
     "matches", "now",      "photos",     "attached",  "to",      "this",     "record"});

constexpr auto k_japanese = std::to_array<std::string_view>(
    {"患者さん", "の",       "上顎",   "下顎", "アライナー",     "は",           "順調", "です",
     "次回",     "来院",     "まで",   "装着", "時間",           "を",           "確認", "して",
     "ください", "犬歯",     "臼歯",   "に",   "アタッチメント", "が",           "必要", "痛み",
     "なし",     "スキャン", "データ", "写真", "添付",           "しました",     "前歯", "わずか",
     "叢生",     "あり",     "治療",   "計画", "見直し",         "お願いします", "隙間", "調整"});

constexpr auto k_streets = std::to_array<std::string_view>(
    {"Main Street", "Oak Avenue", "2nd Street", "Market Street", "Harbor Road", "Elm Lane",
     "Sunset Boulevard", "Mission Street", "Park Avenue", "Lake Drive"});
constexpr auto k_cities =
    std::to_array<std::string_view>({"San Jose", "Fresno", "Reno", "Portland", "Boise", "Tucson",
                                     "Denver", "Austin", "Oakland", "Spokane"});

template <std::size_t size>
std::string_view pick(Draw& draw, const std::array<std::string_view, size>& words) {
  return words[draw.below(size)];
}

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  for (const char letter : text) {
    count += (static_cast<unsigned char>(letter) & 0xC0U) != 0x80U ? 1 : 0;
  }
  return count;
}

void append_sentence(std::string& text, Draw& draw, bool japanese) {
  const std::uint64_t words = 5 + draw.below(10);
  for (std::uint64_t word = 0; word < words; ++word) {
    if (japanese) {
      text += pick(draw, k_japanese);
      continue;
    }
    std::string next(pick(draw, k_english));
    if (word == 0) {
      next[0] = static_cast<char>(next[0] - 'a' + 'A');
    } else {
      text += ' ';
    }
    text += next;
  }
  text += japanese ? "。" : ".";
}

}  // namespace

PersonName make_person(Draw draw) {
  const bool japanese = draw.percent(25);
  const std::size_t first = japanese ? k_latin_people : 0;
  const std::size_t count = japanese ? k_people.size() - k_latin_people : k_latin_people;
  const auto& person = k_people[first + draw.below(count)];
  const auto& family = k_families[first + draw.below(count)];
  return {person[0], family[0], person[1], family[1]};
}

std::string_view make_street(Draw& draw) { return pick(draw, k_streets); }
std::string_view make_city_us(Draw& draw) { return pick(draw, k_cities); }

std::string make_heading(Draw& draw, bool japanese) {
  std::string heading;
  const std::uint64_t words = 2 + draw.below(japanese ? 16 : 14);
  for (std::uint64_t word = 0; word < words; ++word) {
    if (word > 0 && !japanese) {
      heading += ' ';
    }
    heading += japanese ? pick(draw, k_japanese) : pick(draw, k_english);
  }
  return heading;
}

std::string make_record_text(Draw draw) {
  const bool japanese = draw.percent(35);
  const std::size_t wanted = 300 + draw.below(1340);
  std::string text = make_heading(draw, japanese);
  text += '\n';
  std::size_t characters = count_characters(text);
  while (characters < wanted) {
    const std::size_t before = text.size();
    append_sentence(text, draw, japanese);
    text += draw.percent(12) ? "\n\n" : (japanese ? "" : " ");
    characters += count_characters(std::string_view(text).substr(before));
  }
  return text;
}

std::string make_remark(Draw& draw) {
  const bool japanese = draw.percent(20);
  std::string text;
  append_sentence(text, draw, japanese);
  if (draw.percent(40)) {
    text += japanese ? "" : " ";
    append_sentence(text, draw, japanese);
  }
  return text;
}

}  // namespace dental
