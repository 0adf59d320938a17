#!/usr/bin/env bash
# Tries the promises on a built program, by tools that know nothing of it:
#   scripts/prove.sh [PROGRAM] [CHECK…]      PROGRAM: target/release/inward unless named
# Checks: imports urls lock strict trace offline modes (all of them unless named), and panic, which
# says something only of the red twin. Prints one line each; exits 1 when one fails. A tool that is
# missing is said and skipped.
set -uo pipefail
cd "$(dirname "$0")/.."
program=$(realpath "${1:-target/release/inward}") || exit 2
shift || true
checks=("$@"); [ ${#checks[@]} -gt 0 ] || checks=(imports urls lock strict trace offline modes)

home=$(mktemp -d); trap 'rm -rf "$home"' EXIT
mkdir "$home/home" "$home/tmp"
unset $(env | grep -oE '^(INWARD|GIT|XDG)_[A-Z_]*' | grep -v '^INWARD_LEAK$') 2>/dev/null
export HOME=$home/home INWARD_DATA_DIR=$home/data TMPDIR=$home/tmp TZ=UTC TERM=dumb
export GIT_CONFIG_NOSYSTEM=1 INWARD_CANARY=Zebrafink
git config --global user.name Ada; git config --global user.email ada@example.org
for day in 2 3 4; do
  [ -d "$home/garden" ] || git init -q -b main "$home/garden"
  echo "$day" >> "$home/garden/a.rs"; git -C "$home/garden" add -A
  GIT_AUTHOR_DATE="2026-03-0${day}T10:00:00Z" GIT_COMMITTER_DATE="2026-03-0${day}T10:00:00Z" \
    git -C "$home/garden" commit -q -m "Day $day"
done

inward() { "$program" "$@"; }
need() { command -v "$1" >/dev/null || { echo "skipped: $1 is not installed"; return 1; }; }

# No import by which a connection could be opened or a name looked up.
imports() {
  need nm || return 0
  ! nm -D --undefined-only "$program" |
    grep -E ' (connect|bind|listen|accept4?|getaddrinfo|getnameinfo|gethostby[a-z_]*|sendto|sendmmsg|socket|res_[a-z]*|__res_[a-z]*)(@|$)'
}
# No address of anybody's server but those that stand in instructions.
urls() {
  ! LC_ALL=C grep -aoE 'https?://[A-Za-z0-9.-]*\.(com|org|net|io|dev|app|ai|cloud|info|eu)' "$program" |
    sed -E 's,https?://,,' | sort -u | grep -vxFf scripts/hosts-known.txt
}
# Every forbidden thing, tried from inside.
lock() { inward privacy --self-test >"$home/said" 2>&1 || { grep -E 'REACHED|inward:' "$home/said"; return 1; }; }
strict() { inward privacy --strict >/dev/null; }
# Commands under strace: no program but itself, no socket.
trace() {
  need strace || return 0
  local out
  for command in "scan" "stats all" "log all --json" "week" "doctor" "privacy" "dump -o $home/dump"; do
    # shellcheck disable=SC2086
    (cd "$home/garden" && strace -f -qq -e trace=network,io_uring_setup,execve -o "$home/trace" \
      "$program" $command >/dev/null 2>&1)
    out=$(grep -vE 'socketpair\(AF_UNIX, SOCK_STREAM|recvfrom\([0-9]+, .*NULL, NULL\)|SIG|resumed' "$home/trace" | tail -n +2 |
      grep -E 'socket|connect|send|bind|io_uring|execve')
    [ -z "$out" ] || { echo "$command: $out"; return 1; }
  done
}
# The same bytes where there is no network at all.
offline() {
  unshare -rn true 2>/dev/null || { echo "skipped: no namespace can be made here"; return 0; }
  inward scan -q >/dev/null 2>&1 || (cd "$home/garden" && "$program" scan -q >/dev/null)
  for command in "stats all --json" "log all" "show overview" "doctor --json"; do
    # shellcheck disable=SC2086
    cmp <(inward $command) <(unshare -rn "$program" $command) || return 1
  done
}
# Whatever is written is the owner's only, also where new files would be open to all.
modes() {
  (umask 000; cd "$home/garden" && "$program" scan -q && "$program" dump -o "$home/copy") >/dev/null || return 1
  local open; open=$(find "$home/data" "$home/copy" "$TMPDIR" -mindepth 0 -perm /077 ! -path "$TMPDIR")
  [ -z "$open" ] || { echo "$open"; return 1; }
}
# A message of the program about itself quotes no data.
panic() { inward status >"$home/said" 2>&1; ! grep -n "$INWARD_CANARY" "$home/said"; }

failed=0
for check in "${checks[@]}"; do
  if said=$($check 2>&1); then echo "ok      $check${said:+  ($said)}"
  else echo "FAILED  $check"; [ -z "$said" ] || sed 's/^/        /' <<<"$said" | head -20; failed=1; fi
done
exit $failed
