-- What a commit's message and change tell beside its lines. patch = keyed hash of what it changes,
-- wherever it stands; marks: see model::commit::mark; reverts = the commit of mine it takes back;
-- reader = version of the reader that read it. squashed_by and fate are derived (squashes.rs):
-- fate = the bits SQUASHED, SQUASH and LANDED of model::dataset::flag that other commits decide.
ALTER TABLE commits ADD COLUMN patch INTEGER;
ALTER TABLE commits ADD COLUMN marks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE commits ADD COLUMN reverts BLOB;
ALTER TABLE commits ADD COLUMN reader INTEGER NOT NULL DEFAULT 1;
ALTER TABLE commits ADD COLUMN fate INTEGER NOT NULL DEFAULT 0;
CREATE INDEX commits_by_patch ON commits (patch) WHERE patch IS NOT NULL;
CREATE INDEX commits_by_revert ON commits (reverts) WHERE reverts IS NOT NULL;
CREATE INDEX commits_by_fate ON commits (fate) WHERE fate <> 0 OR squashed_by IS NOT NULL;

-- Versions of one commit: the old one was amended into the new one.
CREATE TABLE replaced (
  old INTEGER NOT NULL REFERENCES commits (id) ON DELETE CASCADE,
  new INTEGER NOT NULL REFERENCES commits (id) ON DELETE CASCADE,
  PRIMARY KEY (old, new)
) STRICT, WITHOUT ROWID;
CREATE INDEX replaced_by_new ON replaced (new);

-- Which commits of mine a squash holds. The squash is one of mine, or a row of squashes.
CREATE TABLE swallowed (
  squash BLOB NOT NULL,
  "commit" INTEGER NOT NULL REFERENCES commits (id) ON DELETE CASCADE,
  PRIMARY KEY (squash, "commit")
) STRICT, WITHOUT ROWID;
CREATE INDEX swallowed_by_commit ON swallowed ("commit");

-- Task keys and numbers that a commit's message names.
CREATE TABLE mentions (
  "commit" INTEGER NOT NULL REFERENCES commits (id) ON DELETE CASCADE,
  token TEXT NOT NULL,
  PRIMARY KEY ("commit", token)
) STRICT, WITHOUT ROWID;

-- Names of branches that hold a commit of mine. As with paths, no foreign keys towards them:
-- erase.rs and branches.rs remove the ones that nothing uses.
CREATE TABLE branches (
  id INTEGER PRIMARY KEY,
  repository INTEGER NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  UNIQUE (repository, name)
) STRICT;

-- source: 0 = a ref leads to it, 1 = only a stash does, 2 = only the reflog does; branch = the one
-- it was made on; ignored = the repository's .git-blame-ignore-revs lists it.
ALTER TABLE sightings ADD COLUMN source INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sightings ADD COLUMN branch INTEGER;
ALTER TABLE sightings ADD COLUMN ignored INTEGER NOT NULL DEFAULT 0;
DROP INDEX sightings_by_commit;
CREATE INDEX sightings_by_commit ON sightings ("commit", on_default_branch);

-- What I did to refs: checkouts, commits, amends, rebases, stashes with their times. hash = keyed
-- hash of the line it comes from, so that it is one event however often it is read; "commit" is
-- set where it is mine.
CREATE TABLE ref_events (
  id INTEGER PRIMARY KEY,
  repository INTEGER NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
  hash INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  utc INTEGER NOT NULL,
  offset_min INTEGER NOT NULL,
  "commit" INTEGER REFERENCES commits (id) ON DELETE CASCADE,
  branch INTEGER,
  UNIQUE (repository, hash)
) STRICT;
CREATE INDEX ref_events_by_commit ON ref_events ("commit") WHERE "commit" IS NOT NULL;
CREATE INDEX ref_events_by_time ON ref_events (utc);

-- What is left of ref events after 180 days: how many of a kind on a civil day.
CREATE TABLE ref_days (
  repository INTEGER NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
  day INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (repository, day, kind)
) STRICT, WITHOUT ROWID;

-- Somebody else's commits, by id and time alone: those that name me as co-author ...
CREATE TABLE pairings (
  repository INTEGER NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
  oid BLOB NOT NULL,
  identity INTEGER NOT NULL REFERENCES identities (id) ON DELETE CASCADE,
  utc INTEGER NOT NULL,
  offset_min INTEGER NOT NULL,
  PRIMARY KEY (repository, oid)
) STRICT, WITHOUT ROWID;

-- ... and those that landed commits of mine in one piece (swallowed).
CREATE TABLE squashes (
  repository INTEGER NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
  oid BLOB NOT NULL,
  utc INTEGER NOT NULL,
  offset_min INTEGER NOT NULL,
  PRIMARY KEY (repository, oid)
) STRICT, WITHOUT ROWID;
CREATE INDEX squashes_by_oid ON squashes (oid);

-- The default branch's tips at the last walk, and the branches that had not landed by then
-- (tip, then where it left the default branch), which a later squash is compared with.
ALTER TABLE frontiers ADD COLUMN default_tips BLOB NOT NULL DEFAULT x'';
ALTER TABLE frontiers ADD COLUMN pending BLOB NOT NULL DEFAULT x'';

-- The packed columns hold other flags now.
DELETE FROM blocks;
INSERT OR IGNORE INTO stale (home, block) SELECT DISTINCT home, id >> 13 FROM commits;
