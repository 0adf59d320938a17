#!/usr/bin/env bash
# Draws docs/pictures anew, and the sheet that shows them: every page of the dashboard on generated data,
# at three sizes, dark, light and without colour. `inward picture` draws them, without a terminal; the
# same program gives the same files (but for the Privacy page, which says what this machine's kernel does).
#   scripts/pictures.sh [PROGRAM]
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
inward=${1:-}
if [ -z "$inward" ]; then
  cargo build --release --locked --quiet --manifest-path "$here/Cargo.toml"
  inward=${CARGO_TARGET_DIR:-$here/target}/release/inward
fi
inward=$(realpath "$inward")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/home" "$work/pictures"
sheet=$work/pictures/README.md

# draw NAME PAGE OPTION…: half a year that ends on a Wednesday afternoon
draw() {
  env -i HOME="$work/home" TZ=UTC "$inward" --quiet picture "$2" 26w --demo --today 2026-10-14 \
    -o "$work/pictures/$1.png" "${@:3}"
}

# The hint of a wrong name lists the pages there are.
hint=$(env -i HOME="$work/home" "$inward" picture none -o "$work/none.png" 2>&1 || true)
pages=$(sed -n 's/.*pages: //p' <<< "$hint")
[ -n "$pages" ] || { echo "no pages" >&2; exit 1; }

cat > "$sheet" <<'END'
# Every page

Drawn by `just pictures` (`inward picture PAGE 26w --demo …`) from the generated year of `inward demo`:
each page at three sizes, dark, light and without colour; at the end two looks more.
END
for page in $pages; do
  printf '\n## %s\n\n| | Dark | Light | No colour |\n|---|---|---|---|\n' "${page^}" >> "$sheet"
  for size in 120x36 80x24 50x14; do
    printf '| %s |' "$size" >> "$sheet"
    for theme in dark light mono; do
      name=$page-$size; [ "$theme" = dark ] || name=$name-$theme
      draw "$name" "$page" --size "$size" --theme "$theme"
      printf ' ![%s, %s, %s](%s.png) |' "${page^}" "$size" "$theme" "$name" >> "$sheet"
    done
    echo >> "$sheet"
  done
done
printf '\n## High contrast, and 16 colours\n\n| `theme = "contrast"` | `theme = "ansi"` |\n|---|---|\n' >> "$sheet"
for theme in contrast ansi; do
  draw "overview-120x36-$theme" overview --theme "$theme"
  printf '| ![Overview, %s](overview-120x36-%s.png) ' "$theme" "$theme" >> "$sheet"
done
echo '|' >> "$sheet"

rm -rf "$here/docs/pictures"
mkdir -p "$here/docs/pictures"
cp "$work"/pictures/* "$here/docs/pictures/"
chmod 644 "$here"/docs/pictures/*
