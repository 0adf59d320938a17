#!/usr/bin/env bash
# Times `me` + `add` + first scan, store written, against `git log --numstat -M` for one author on one
# repository, in turn, and prints the ratio. Times are never a test: machines differ, ratios less so.
# usage: scripts/race.sh REPO AUTHOR-ADDRESS [RUNS]
set -euo pipefail
repo=$(cd "$1" && pwd) author=$2 runs=${3:-3}
here=$(cd "$(dirname "$0")/.." && pwd)
cargo build --release --locked --manifest-path "$here/Cargo.toml" -q
inward=${CARGO_TARGET_DIR:-$here/target}/release/inward
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
now() { date +%s.%N; }
ours() {
  rm -rf "$work/data"
  export INWARD_DATA_DIR="$work/data"
  "$inward" -q me add "$author" --this-is-me >/dev/null
  "$inward" -q add "$repo" >/dev/null
  "$inward" -q scan >/dev/null
}
theirs() { git -C "$repo" log --all --no-merges --author="$author" --numstat -M --format=%H >/dev/null; }
ours; theirs    # warm the file cache
for i in $(seq "$runs"); do
  a=$(now); ours; b=$(now); theirs; c=$(now)
  awk -v a="$a" -v b="$b" -v c="$c" 'BEGIN{printf "inward %.2f s   git %.2f s   ratio %.2f\n", b-a, c-b, (b-a)/(c-b)}'
done
a=$(now); "$inward" -q scan >/dev/null; b=$(now)
awk -v a="$a" -v b="$b" 'BEGIN{printf "second scan, nothing new: %.1f ms\n", (b-a)*1000}'
