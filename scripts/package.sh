#!/usr/bin/env bash
# Makes what is handed out: a tarball and, where dpkg-deb is there, a Debian package, with the manual page and
# the completions that the program itself writes, the papers and the licences.
#   scripts/package.sh [PROGRAM] [FOLDER]
# PROGRAM: target/release/inward, built when it is not there; FOLDER: target/packages. Names what it made with
# the hashes in SHA256SUMS. The same program gives the same bytes. MAINTAINER="Name <address>" goes into the package.
set -euo pipefail
cd "$(dirname "$0")/.."
program=${1:-target/release/inward}
out=${2:-target/packages}
[ -x "$program" ] || cargo build --release --locked --quiet --bin inward

field() { sed -n "s/^$1 = \"\(.*\)\"$/\1/p" Cargo.toml | head -1; }
version=$(field version)
grep -q "^## $version" CHANGELOG.md || { echo "CHANGELOG.md has no section for $version" >&2; exit 1; }
case $(uname -s) in
  Linux) system=linux ;;
  Darwin) system=macos ;;
  *) echo "no recipe for this system" >&2; exit 1 ;;
esac
machine=$(uname -m)
# The time of everything in it: that of the commit.
when=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s -r CHANGELOG.md)}

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
root=$stage/root
# Outside of a home: nothing of this machine's owner is read or kept.
run() { HOME="$stage" INWARD_DATA_DIR="$stage/data" "$program" "$@"; }
install -D -m 755 "$program" "$root/usr/bin/inward"
mkdir -p "$root"/usr/share/{man/man1,doc/inward,bash-completion/completions,zsh/vendor-completions,fish/vendor_completions.d}
run man | gzip -n9 > "$root/usr/share/man/man1/inward.1.gz"
run completions bash > "$root/usr/share/bash-completion/completions/inward"
run completions zsh > "$root/usr/share/zsh/vendor-completions/_inward"
run completions fish > "$root/usr/share/fish/vendor_completions.d/inward.fish"
cp README.md LICENSE-APACHE LICENSE-MIT docs/*.md "$root/usr/share/doc/inward/"
gzip -n9c CHANGELOG.md > "$root/usr/share/doc/inward/changelog.gz"
cat > "$root/usr/share/doc/inward/copyright" <<EOF
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: inward

Files: *
Copyright: the authors of inward
License: MIT or Apache-2.0
 Both texts are beside this file: LICENSE-MIT, LICENSE-APACHE.
EOF
find "$root" -type d -exec chmod 755 {} +
find "$root" -type f ! -path '*/bin/*' -exec chmod 644 {} +
find "$root" -exec touch -h -d "@$when" {} +

mkdir -p "$out"
out=$(realpath "$out")
name=inward-$version-$machine-$system
same=(--sort=name --owner=0 --group=0 --numeric-owner)
[ "$system" = linux ] || same=()
tar -C "$root/usr" "${same[@]}" --transform "s,^\.,$name," -cf - . | gzip -n9 > "$out/$name.tar.gz"
made=("$name.tar.gz")

if command -v dpkg-deb >/dev/null; then
  # The oldest C library that has every symbol the program asks for.
  libc=$({ objdump -T "$program" 2>/dev/null || true; } | grep -o 'GLIBC_[0-9.]*' | sort -Vu | tail -1 | cut -d_ -f2 || true)
  deb=inward_${version}_$(dpkg --print-architecture).deb
  mkdir "$root/DEBIAN"
  cat > "$root/DEBIAN/control" <<EOF
Package: inward
Version: $version
Architecture: $(dpkg --print-architecture)
Maintainer: ${MAINTAINER:-the authors of inward <inward@localhost>}
Installed-Size: $(du -sk "$root/usr" | cut -f1)
Depends: libc6${libc:+ (>= $libc)}, libgcc-s1
Section: utils
Priority: optional
Description: private dashboard over your own git history and tasks
 A terminal dashboard for one engineer: it reads that engineer's own git
 repositories and task exports into one private file and shows trends.
 It opens no connection, starts no program and writes into no repository.
EOF
  (cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum > DEBIAN/md5sums)
  find "$root/DEBIAN" -exec touch -d "@$when" {} +
  SOURCE_DATE_EPOCH=$when dpkg-deb --root-owner-group -Zxz --build "$root" "$out/$deb" >/dev/null
  made+=("$deb")
fi
cd "$out"
sha256sum "${made[@]}" | tee SHA256SUMS
