#!/usr/bin/env bash
# Times `me` + `add` + first scan, store written, against `git log --numstat -M` for the same author:
# in turn, in one go, and prints the ratios; smaller is better. Times are never a test: machines
# differ, ratios less so.
# usage: scripts/race.sh REPO AUTHOR-ADDRESS [RUNS]     one author of one repository
#        scripts/race.sh REPO...                        for each repository two of its authors: the one
#                                                       with most commits, and one with 300 to 500
# RUNS (or the variable RUNS) is how often each pair is timed, 3 by default; the median is printed.
# INWARD names a program to time; without it this one is built.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
[ $# -ge 1 ] || { sed -n '5,9s/^# //p' "$0"; exit 2; }
if [ -z "${INWARD:-}" ]; then
  cargo build --release --locked --manifest-path "$here/Cargo.toml" -q
  INWARD=${CARGO_TARGET_DIR:-$here/target}/release/inward
fi
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
export INWARD_DATA_DIR="$work/data"
now() { date +%s.%N; }
since() { awk -v a="$1" -v b="$(now)" 'BEGIN{printf "%.3f\n", b-a}'; }
median() { sort -n "$1" | awk '{v[NR]=$1} END{print v[int((NR+1)/2)]}'; }

ours() {
  rm -rf "$work/data"
  "$INWARD" -q me add "$2" --this-is-me >/dev/null
  "$INWARD" -q add "$1" >/dev/null
  "$INWARD" -q scan >/dev/null
}
theirs() { git -C "$1" log --all --no-merges --author="<$2>" --numstat -M --format=%H >/dev/null; }

# Addresses of a repository by commits, most first: `COUNT ADDRESS`.
authors() {
  git -C "$1" log --all --no-merges --format=%ae | sort | uniq -c | sort -rn | awk 'NF == 2 {print $1, $2}'
}

pair() { # NAME REPO ADDRESS COMMITS
  local i a; : >"$work/ours"; : >"$work/theirs"
  ours "$2" "$3"; theirs "$2" "$3"    # warm the file cache
  for i in $(seq "$runs"); do
    a=$(now); ours "$2" "$3"; since "$a" >>"$work/ours"
    a=$(now); theirs "$2" "$3"; since "$a" >>"$work/theirs"
  done
  a=$(now); "$INWARD" -q scan >/dev/null
  awk -v name="$1" -v who="$3" -v n="$4" -v o="$(median "$work/ours")" -v g="$(median "$work/theirs")" \
    -v again="$(since "$a")" 'BEGIN{printf "%-16s %-32s %7s  inward %6.2f s   git %6.2f s   ratio %.2f   again %3.0f ms\n",
    name, who, n, o, g, o/g, again*1000}'
}

runs=${RUNS:-3}
if [ $# -ge 2 ] && [ ! -e "$2" ]; then
  runs=${3:-$runs}
  pair "$(basename "$1")" "$(cd "$1" && pwd)" "$2" ""
  exit
fi
for repo in "$@"; do
  name=$(basename "$repo"); repo=$(cd "$repo" && pwd)
  authors "$repo" >"$work/authors"
  { head -n 1 "$work/authors"; awk '$1 >= 300 && $1 <= 500' "$work/authors" | head -n 1; } >"$work/chosen"
  while read -r count who; do pair "$name" "$repo" "$who" "$count"; done <"$work/chosen"
done
uptime 2>/dev/null | sed 's/.*load/load/' || true
