#!/usr/bin/env bash
# Builds the committed source twice, in two folders, and compares the programs byte by byte.
#   scripts/reproducible.sh [FOLDER]        FOLDER: where to build, a temporary one unless named
# Takes two release builds. Prints the hashes; exits 1 when they differ.
set -euo pipefail
cd "$(dirname "$0")/.."
top=$(realpath "${1:-$(mktemp -d)}")
cargo_home=$(realpath "${CARGO_HOME:-$HOME/.cargo}")
export SOURCE_DATE_EPOCH=0 CARGO_TERM_COLOR=never
for name in first second-and-longer; do
  here=$top/$name
  mkdir -p "$here"
  git archive HEAD | tar -x -C "$here"
  # Where it was built must not stand in it: of Rust code, and of the C code of libgit2 and SQLite.
  map="$here=/inward"; cargo_map="$cargo_home=/cargo"
  (cd "$here" && env -u CARGO_TARGET_DIR \
    RUSTFLAGS="--remap-path-prefix=$map --remap-path-prefix=$cargo_map" \
    CFLAGS="-ffile-prefix-map=$map -ffile-prefix-map=$cargo_map" \
    cargo build --release --locked --quiet --bin inward)
  sha256sum "$here/target/release/inward"
done
if cmp "$top/first/target/release/inward" "$top/second-and-longer/target/release/inward"; then
  echo "equal: the program does not depend on where it was built"
else
  exit 1
fi
