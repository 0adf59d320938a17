CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Who is me. kind 0 = address, 1 = name; evidence 0 = configured, 1 = typed sentence, 2 = proposal accepted.
CREATE TABLE identities (
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  value TEXT NOT NULL,
  evidence INTEGER NOT NULL,
  added_day INTEGER NOT NULL,
  UNIQUE (kind, value)
) STRICT;

-- key = hash of root commits and remote; NULL while its first walk runs.
CREATE TABLE repositories (
  id INTEGER PRIMARY KEY,
  key BLOB UNIQUE,
  name TEXT NOT NULL UNIQUE,
  roots BLOB NOT NULL,
  shallow INTEGER NOT NULL,
  partial INTEGER NOT NULL,
  first_day INTEGER NOT NULL,
  last_day INTEGER NOT NULL
) STRICT;

-- Where a repository lies on this machine: one row a clone; its worktrees are the same row.
CREATE TABLE places (
  id INTEGER PRIMARY KEY,
  repository INTEGER NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
  path BLOB NOT NULL,
  common_dir BLOB NOT NULL UNIQUE
) STRICT;

-- Where the last finished walk of a place stopped, and what it asked for.
CREATE TABLE frontiers (
  place INTEGER PRIMARY KEY REFERENCES places (id) ON DELETE CASCADE,
  question BLOB NOT NULL,
  tips BLOB NOT NULL,
  stamp BLOB,
  twins INTEGER NOT NULL,
  undated INTEGER NOT NULL,
  lines_unknown INTEGER NOT NULL
) STRICT;

-- One row an object id, mine only. home = the repository that brought it first.
CREATE TABLE commits (
  id INTEGER PRIMARY KEY,
  oid BLOB NOT NULL UNIQUE,
  author INTEGER NOT NULL REFERENCES identities (id),
  utc INTEGER NOT NULL,
  offset_min INTEGER NOT NULL,
  committed_utc INTEGER NOT NULL,
  summary TEXT NOT NULL,
  merge INTEGER NOT NULL,
  class INTEGER,
  lines_known INTEGER NOT NULL,
  change_key INTEGER NOT NULL,
  twin_of INTEGER,
  squashed_by BLOB,
  home INTEGER NOT NULL REFERENCES repositories (id)
) STRICT;
CREATE INDEX commits_by_change ON commits (change_key);

CREATE TABLE sightings (
  repository INTEGER NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
  "commit" INTEGER NOT NULL REFERENCES commits (id) ON DELETE CASCADE,
  on_default_branch INTEGER NOT NULL,
  PRIMARY KEY (repository, "commit")
) STRICT, WITHOUT ROWID;
CREATE INDEX sightings_by_commit ON sightings ("commit");

-- Dictionaries: a path or language is written once. No foreign keys towards them: checking
-- each of half a million rows costs more than the rows, and nothing but erase.rs removes entries.
CREATE TABLE paths (
  id INTEGER PRIMARY KEY,
  bytes BLOB NOT NULL UNIQUE
) STRICT;
CREATE TABLE languages (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

-- added and deleted NULL = binary; language 0 = none known.
CREATE TABLE file_changes (
  "commit" INTEGER NOT NULL REFERENCES commits (id) ON DELETE CASCADE,
  path INTEGER NOT NULL,
  old_path INTEGER,
  added INTEGER,
  deleted INTEGER,
  language INTEGER NOT NULL,
  category INTEGER NOT NULL,
  PRIMARY KEY ("commit", path)
) STRICT, WITHOUT ROWID;

-- What was forgotten or refused, as keyed hashes. kind: see tombstone.rs.
CREATE TABLE tombstones (
  hash BLOB PRIMARY KEY,
  kind INTEGER NOT NULL,
  day INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  day INTEGER NOT NULL,
  action TEXT NOT NULL,
  object TEXT NOT NULL,
  n INTEGER NOT NULL,
  prev BLOB NOT NULL,
  mac BLOB NOT NULL
) STRICT;

-- Derived: the columns of Dataset, packed by home repository and block of row numbers, and the
-- blocks that changed since they were packed.
CREATE TABLE blocks (
  home INTEGER NOT NULL,
  block INTEGER NOT NULL,
  sum BLOB NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (home, block)
) STRICT;
CREATE TABLE stale (
  home INTEGER NOT NULL,
  block INTEGER NOT NULL,
  PRIMARY KEY (home, block)
) STRICT, WITHOUT ROWID;
