-- What became of the lines of my commits on the default branch, as the pass over lines found it:
-- written whole, a repository at a time. born = counted lines; deaths = 8 bytes for each day and
-- by whom: the day, then twice the number of lines, one more if by me (both little-endian).
CREATE TABLE line_fates (
  repository INTEGER NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
  "commit" INTEGER NOT NULL REFERENCES commits (id) ON DELETE CASCADE,
  born INTEGER NOT NULL,
  deaths BLOB NOT NULL,
  PRIMARY KEY (repository, "commit")
) STRICT, WITHOUT ROWID;
CREATE INDEX line_fates_by_commit ON line_fates ("commit");

-- The last pass over lines of a repository: in which of its places, what it was asked, what it
-- rested on (tips of the default branch and marks), when the newest tip was committed, and up to
-- which day lines are known to live.
CREATE TABLE line_passes (
  repository INTEGER PRIMARY KEY REFERENCES repositories (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  question BLOB NOT NULL,
  basis BLOB NOT NULL,
  tip_utc INTEGER NOT NULL,
  day INTEGER NOT NULL
) STRICT;
