-- How a key stands in a message: the numbers of model::links::LinkRule (4 = somewhere in it).
ALTER TABLE mentions ADD COLUMN rule INTEGER NOT NULL DEFAULT 4;

-- Keyed hashes of the paths (owner/name) of a repository's remotes: which project of a tracker is
-- this repository's.
CREATE TABLE remotes (
  repository INTEGER NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
  hash BLOB NOT NULL,
  PRIMARY KEY (repository, hash)
) STRICT, WITHOUT ROWID;

-- Derived: which commit belongs to which task (its subject), by which rule (the surest).
CREATE TABLE links (
  "commit" INTEGER NOT NULL REFERENCES commits (id) ON DELETE CASCADE,
  task INTEGER NOT NULL,
  rule INTEGER NOT NULL,
  PRIMARY KEY ("commit", task)
) STRICT, WITHOUT ROWID;
CREATE INDEX links_by_task ON links (task);

-- What the owner said instead: linked 1 = it belongs to the task, 0 = it does not. alias = keyed
-- hash of one of the task's names, one row a name, so that it outlives undoing and importing anew.
CREATE TABLE link_choices (
  oid BLOB NOT NULL,
  alias BLOB NOT NULL,
  linked INTEGER NOT NULL,
  PRIMARY KEY (oid, alias)
) STRICT, WITHOUT ROWID;

-- Commits whose links have to be told again.
CREATE TABLE unlinked (
  "commit" INTEGER PRIMARY KEY REFERENCES commits (id) ON DELETE CASCADE
) STRICT;
INSERT INTO unlinked SELECT id FROM commits;
CREATE INDEX commits_by_twin ON commits (twin_of) WHERE twin_of IS NOT NULL;
