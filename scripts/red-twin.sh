#!/usr/bin/env bash
# Shows that each check of scripts/prove.sh can fail: builds the same program with leaks on purpose
# (feature `leak`, a debug build beside the others; only the crate itself is compiled again) and lets
# each check judge the leak it is for. Exits 1 when a check lets its leak pass.
#   scripts/red-twin.sh
set -uo pipefail
cd "$(dirname "$0")/.."
cargo build --locked --quiet --features leak --bin inward-leak || exit 2
twin=${CARGO_TARGET_DIR:-target}/debug/inward-leak
failed=0
try() { # CHECK LEAK WANTED
  local said ended=0
  said=$(INWARD_LEAK=$2 scripts/prove.sh "$twin" "$1" 2>&1) || ended=$?
  case $said in *skipped*) echo "skipped $1 with ${2:-nothing}: $said"; return ;; esac
  if [ $ended -eq "$3" ]; then echo "ok      $1 with ${2:-nothing} ends with $3"
  else echo "FAILED  $1 with ${2:-nothing} ended with $ended, not $3"; echo "$said"; failed=1; fi
}
# What each check is for, and it sees it.
try imports ""         1
try urls    ""         1
try lock    no-calls   1
try lock    no-files   1
try trace   send       1
try trace   program    1
try offline send       1
try modes   write      1
try panic   panic-raw  1
# The same program without its leaks passes, so that it is the leak that is seen.
try lock    ""         0
try trace   ""         0
try offline ""         0
try modes   ""         0
try panic   panic      0
exit $failed
