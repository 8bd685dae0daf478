#!/bin/sh
# The same seed gives the same bytes, twice here and once on the machine where digests.md5 was
# written; another seed gives others. Usage: digest_test.sh path/to/dental-twin [--write]
set -eu

twin=$1
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

digest() {
  mkdir "$scratch/$1"
  "$twin" --scale 0.01 --seed "$2" --stage t1 --files "$scratch/$1" \
    --manifest "$scratch/$1/manifest.json"
  "$twin" --scale 0.01 --seed "$2" --stage t2 --script "$scratch/$1/t2.sql"
  (cd "$scratch/$1" && md5sum ./*) >"$scratch/$1.md5"
}

digest first 1
if [ "${2:-}" = --write ]; then
  cp "$scratch/first.md5" "$here/digests.md5"
  exit 0
fi
LC_ALL=C TZ=Asia/Tokyo digest second 1
digest other 2

cmp "$scratch/first.md5" "$scratch/second.md5" || { echo "two runs of one seed differ"; exit 1; }
cmp "$scratch/first.md5" "$here/digests.md5" || {
  echo "the rows are not those of digests.md5; if that is meant, run: $0 dental-twin --write"
  exit 1
}
# These three hold the same rows whatever the seed.
same=$(sort "$scratch/first.md5" "$scratch/other.md5" | uniq -d | sed 's/.*\///' | tr '\n' ' ')
[ "$same" = "auth_group.copy dispatch_course.copy django_content_type.copy " ] ||
  [ "$(echo "$same" | wc -w)" -eq 3 ] || { echo "tables that do not follow the seed: $same"; exit 1; }
