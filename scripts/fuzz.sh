#!/usr/bin/env bash
# Searches every way in for bytes that break what holds of it (fuzz/targets, tests/hostile/checks):
#   scripts/fuzz.sh [SECONDS] [TARGET..]   each target for so long (60); a line each; fails if one broke
#   scripts/fuzz.sh --twin                 a door with a planted fault: fails unless it is found
# What is found lies in fuzz/artifacts/TARGET. Needs a nightly compiler and cargo-fuzz.
set -euo pipefail
cd "$(dirname "$0")/.."

twin=
if [ "${1:-}" = --twin ]; then twin=1; shift; fi
seconds=60
if [[ "${1:-}" =~ ^[0-9]+$ ]]; then seconds=$1; shift; fi
if [ -n "$twin" ]; then targets=(twin); else
  targets=("$@")
  if [ ${#targets[@]} = 0 ]; then
    mapfile -t targets < <(sed -n 's/^name = "\(.*\)"$/\1/p' fuzz/Cargo.toml | grep -vx -e inward-fuzz -e twin)
  fi
fi

cargo +nightly fuzz --version >/dev/null 2>&1 || {
  echo "fuzz: needs a nightly compiler and cargo-fuzz: cargo install cargo-fuzz" >&2
  exit 2
}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# Nearly all is Rust without unsafe, and C that is not instrumented: the address sanitizer would only cost time.
build=(-s none --codegen-units 16)
CARGO_INCREMENTAL=1 cargo +nightly fuzz build "${build[@]}" >"$log" 2>&1 || { tail -30 "$log" >&2; exit 2; }
programs=$(dirname "$(find fuzz/target -path '*/release/text' -type f | head -n 1)")

broken=0
for target in "${targets[@]}"; do
  corpus=fuzz/corpus/$target found=fuzz/artifacts/$target
  mkdir -p "$corpus" "$found"
  # Bombs are bounded by the search itself: so much time and memory for one input, and no more.
  limits=(-timeout=10 -rss_limit_mb=1024 -malloc_limit_mb=256 -max_len=16384)
  started=$(date +%s)
  if INWARD_SEEDS=$corpus "$programs/$target" "${limits[@]}" -max_total_time="$seconds" \
      -print_final_stats=1 -artifact_prefix="$found/" "$corpus" >"$log" 2>&1
  then crashed=0; else crashed=1; fi
  took=$(($(date +%s) - started))
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log" | tail -n 1)
  if [ -z "$runs" ]; then runs=$(sed -n 's/^#\([0-9]*\).*/\1/p' "$log" | tail -n 1); fi
  echo "$target: ${runs:-0} runs, $took seconds, $crashed crashes"
  if [ $crashed = 1 ]; then
    broken=1
    if [ -z "$twin" ]; then grep -aE -m 8 'panicked|assertion|left:|right:|SUMMARY|ERROR|Test unit' "$log" >&2 || tail -n 5 "$log" >&2; fi
  fi
done
if [ -n "$twin" ]; then
  if [ $broken = 1 ]; then echo "the planted fault was found"; rm -rf fuzz/artifacts/twin; exit 0; fi
  echo "the planted fault was NOT found: the search finds nothing" >&2
  exit 1
fi
exit $broken
