#!/usr/bin/env bash
# Rebuilds docs/pictures from the running program on demo data: every page at three sizes.
# Needs tmux, Python with pyte and pillow, and a monospaced font (see scripts/render.py).
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
cargo build --release --locked --quiet --manifest-path "$here/Cargo.toml"
inward=${CARGO_TARGET_DIR:-$here/target}/release/inward
work=$(mktemp -d) size=none
trap 'tmux kill-server 2>/dev/null; rm -rf "$work"' EXIT
mkdir -p "$work/home" "$here/docs/pictures"
printf 'theme = "dark"\n' > "$work/config.toml"
# A server of its own for each size: one that is just ending takes no new session.
tmux() { command tmux -L "pictures-$size" -f /dev/null "$@"; }

# wait_for TEXT: until it stands on the screen
wait_for() { for _ in $(seq 200); do tmux capture-pane -p -t p | grep -q -- "$1" && return; sleep 0.05; done; echo "no '$1'" >&2; exit 1; }

# shoot NAME KEY TEXT: the page that KEY opens, once TEXT stands there
shoot() {
  tmux send-keys -t p "$2"; wait_for "$3"; sleep 0.3
  tmux capture-pane -e -p -t p > "$work/$1.ansi"
  python3 "$here/scripts/render.py" "$size" "$work/$1.ansi" "$here/docs/pictures/$1.png"
}

for size in 120x36 80x24 50x14; do
  tmux new-session -d -s p -x "${size%x*}" -y "${size#*x}" \
    "env -i HOME=$work/home TZ=UTC TERM=tmux-256color COLORTERM=truecolor INWARD_CONFIG=$work/config.toml '$inward' demo"
  tmux set -as terminal-features ',*:RGB'
  wait_for DEMO; wait_for "ommits"
  shoot "overview-$size" 1 "ommits"
  shoot "trends-$size" 2 "ommits"
  shoot "rhythm-$size" 3 "Mon"
  shoot "work-$size" 5 "newest first"
  shoot "privacy-$size" 8 "What is kept"
  tmux kill-server
done
