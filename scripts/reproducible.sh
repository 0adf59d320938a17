#!/usr/bin/env bash
# Builds the committed source twice, in two folders, and compares the programs byte by byte.
#   scripts/reproducible.sh [FOLDER]        FOLDER: where to build, a temporary one unless named
# Takes two release builds. Prints the hashes; exits 1 when they differ.
set -euo pipefail
cd "$(dirname "$0")/.."
top=$(realpath "${1:-$(mktemp -d)}")
cargo_home=$(realpath "${CARGO_HOME:-$HOME/.cargo}")
# One commit for both: a commit that is made meanwhile must not get into the second build only.
commit=$(git rev-parse HEAD)
export SOURCE_DATE_EPOCH=0 CARGO_TERM_COLOR=never
# The build script of gengo-language writes its tables in the order of a hash map, which is another
# one in every run. A number that is no longer random puts them in the same order; nothing that is
# built draws it.
mkdir -p "$top"
printf '#include <string.h>\n#include <sys/types.h>\nssize_t getrandom(void *to, size_t n, unsigned f)\n{ (void)f; memset(to, 7, n); return (ssize_t)n; }\n' > "$top/same.c"
cc -shared -fPIC -O1 -o "$top/same.so" "$top/same.c"
for name in first second-and-longer; do
  here=$top/$name
  mkdir -p "$here"
  git archive "$commit" | tar -x -C "$here"
  # Where it was built must not stand in it: of Rust code, and of the C code of libgit2 and SQLite.
  map="$here=/inward"; cargo_map="$cargo_home=/cargo"
  (cd "$here" && env -u CARGO_TARGET_DIR LD_PRELOAD="$top/same.so" \
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
