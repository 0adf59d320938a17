#!/usr/bin/env bash
# Writes the bill of materials of the program to standard output, as CycloneDX JSON: every crate that
# is built into it on this system, with version, licence, source and checksum.
#   scripts/sbom.sh > inward.cdx.json
# Where cargo-cyclonedx is installed, it does the work; else this reads `cargo metadata` and
# Cargo.lock, which needs python3. To carry the list inside the program instead, build with
# `cargo auditable build --release --locked`.
set -euo pipefail
cd "$(dirname "$0")/.."
if command -v cargo-cyclonedx >/dev/null 2>&1; then
  work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
  git archive HEAD | tar -x -C "$work"
  (cd "$work" && cargo cyclonedx --quiet --format json --override-filename sbom >&2)
  cat "$work/sbom.json"
  exit
fi
host=$(rustc -vV | sed -n 's/^host: //p')
cargo metadata --format-version 1 --locked --filter-platform "$host" | python3 -c '
import json, sys, tomllib

meta = json.load(sys.stdin)
with open("Cargo.lock", "rb") as file:
    locked = {(p["name"], p["version"]): p.get("checksum") for p in tomllib.load(file)["package"]}
packages = {p["id"]: p for p in meta["packages"]}
nodes = {n["id"]: n for n in meta["resolve"]["nodes"]}
root = meta["resolve"]["root"]

def needed(node):
    """What is built in or builds it; what only tests need is not."""
    for dep in nodes[node]["deps"]:
        if any(kind["kind"] != "dev" for kind in dep["dep_kinds"]):
            yield dep["pkg"]

seen, todo = set(), [root]
while todo:
    one = todo.pop()
    if one not in seen:
        seen.add(one)
        todo.extend(needed(one))

def component(package, kind):
    name, version = package["name"], package["version"]
    out = {
        "type": kind, "name": name, "version": version,
        "bom-ref": f"pkg:cargo/{name}@{version}", "purl": f"pkg:cargo/{name}@{version}",
    }
    if package["license"]:
        out["licenses"] = [{"expression": package["license"].replace("/", " OR ")}]
    if locked.get((name, version)):
        out["hashes"] = [{"alg": "SHA-256", "content": locked[name, version]}]
    if package["repository"]:
        out["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
    return out

ref = lambda node: "pkg:cargo/{name}@{version}".format(**packages[node])
inside = sorted(seen - {root}, key=ref)
json.dump({
    "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
    "metadata": {"component": component(packages[root], "application")},
    "components": [component(packages[node], "library") for node in inside],
    "dependencies": [
        {"ref": ref(node), "dependsOn": sorted(ref(n) for n in needed(node))}
        for node in sorted(seen, key=ref)
    ],
}, sys.stdout, indent=1)
print()
'
