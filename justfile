# Every recipe is a plain command: read it, or run it by hand.

# everything a change must pass
ci:
    .ci/run

# format the code
fmt:
    cargo fmt --all

# lints, as errors
lint:
    cargo clippy --locked --all-targets -- -D warnings

# all tests
test:
    cargo test --locked

# only the import table
layers:
    cargo test --locked --test layers

# accept changed snapshots after looking at them: git diff tests/ src/
snap:
    INSTA_UPDATE=always cargo test --locked

# rewrite the generated docs
bless:
    INWARD_BLESS=1 cargo test --locked

# API docs as CI builds them
doc:
    RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --document-private-items

# licences, bans and sources of every dependency
deny:
    cargo deny --offline --locked check bans licenses sources

# try the promises on a built program by tools from outside
prove PROGRAM="target/release/inward":
    scripts/prove.sh {{PROGRAM}}

# see each of those checks fail on a program that leaks on purpose
red-twin:
    scripts/red-twin.sh

# search each way in for SECONDS for bytes that break what holds of it
fuzz SECONDS="60":
    scripts/fuzz.sh {{SECONDS}}

# build twice, in two folders, and compare the programs
reproducible:
    scripts/reproducible.sh

# a tarball and a Debian package in target/packages
package PROGRAM="target/release/inward":
    scripts/package.sh {{PROGRAM}}

# the bill of materials, as CycloneDX
sbom:
    scripts/sbom.sh

# micro-benchmarks
bench:
    cargo bench --locked

# time add + scan against `git log --numstat -M` on REPO as AUTHOR (an address)
race REPO AUTHOR:
    scripts/race.sh {{REPO}} {{AUTHOR}}

# the same for the author with most commits and a typical one of each repository
race-all +REPOS:
    scripts/race.sh {{REPOS}}

# how load, keys and memory grow from 10 thousand to a million commits
growth PROGRAM="target/release/inward":
    scripts/growth.py {{PROGRAM}}

# 500 repositories, a million paths, commits of 100,000 files; counts compared with git's
extremes PROGRAM="target/release/inward":
    scripts/extremes.py {{PROGRAM}}

# draw docs/pictures anew, every page on demo data
pictures:
    scripts/pictures.sh

# kill inward at random moments of what it does, ROUNDS times
kill ROUNDS="200" PROGRAM="target/debug/inward":
    tests/faults/kill.py {{PROGRAM}} {{ROUNDS}}

# damage its files at random bytes, ROUNDS times
damage ROUNDS="200" PROGRAM="target/debug/inward":
    tests/faults/damage.py {{PROGRAM}} {{ROUNDS}}

# a full disk, one that takes no write, a clock that goes back, two processes at once
trouble PROGRAM="target/debug/inward":
    tests/faults/trouble.py {{PROGRAM}}

# ten years of use, a month at a time
years MONTHS="120" PROGRAM="target/debug/inward":
    tests/faults/years.py {{PROGRAM}} {{MONTHS}}

# see each of these harnesses fail where it has to
fault-twins PROGRAM="target/debug/inward":
    tests/faults/kill.py {{PROGRAM}} 44 --twin
    tests/faults/damage.py {{PROGRAM}} 32 --twin
    tests/faults/trouble.py {{PROGRAM}} --twin
    tests/faults/years.py {{PROGRAM}} 32 --twin
