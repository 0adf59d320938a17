-- The owner's own words: notes (kind 0) and events (numbers of model::away::EventKind), on the days
-- from_day to to_day. task = the aliases of the task it is about, keyed hashes of 16 bytes each, so
-- that the task is found again after its import was undone and repeated. Of an event read from a
-- calendar file: calendar = keyed hash of the file's name, uid = keyed hash of the event's own id.
CREATE TABLE notes (
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  from_day INTEGER NOT NULL,
  to_day INTEGER NOT NULL,
  text TEXT NOT NULL,
  impact INTEGER NOT NULL,
  written INTEGER NOT NULL,
  task BLOB,
  repository INTEGER REFERENCES repositories (id) ON DELETE CASCADE,
  calendar BLOB,
  uid BLOB UNIQUE
) STRICT;
CREATE INDEX notes_by_day ON notes (from_day);
CREATE INDEX notes_by_repository ON notes (repository) WHERE repository IS NOT NULL;

-- Outcomes (a sentence), or upper limits: a metric is to be at most so much per day (1), week (2) or
-- month (3). state 0 = open, 1 = done, 2 = dropped.
CREATE TABLE goals (
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL,
  metric TEXT,
  most REAL,
  per INTEGER,
  state INTEGER NOT NULL,
  opened INTEGER NOT NULL,
  closed INTEGER
) STRICT;

-- What an outcome is made of: tasks (aliases as in notes) and notes.
CREATE TABLE goal_links (
  id INTEGER PRIMARY KEY,
  goal INTEGER NOT NULL REFERENCES goals (id) ON DELETE CASCADE,
  task BLOB,
  note INTEGER REFERENCES notes (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX goal_links_by_goal ON goal_links (goal);
CREATE INDEX goal_links_by_note ON goal_links (note) WHERE note IS NOT NULL;

-- What the owner says of a row, whatever scans and imports say. kind 0 = commit, 1 = task, 2 = review
-- given, 3 = time entry, 4 = time entry on a task; key = object id of the commit, else the aliases of
-- the row, or of the task the entry is on; part = keyed hash that tells that entry apart.
-- what 0 = excluded, 1 = not mine, 2 = corrected: fact (number of model::choice::Fact) is value.
CREATE TABLE exclusions (
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  key BLOB NOT NULL,
  part BLOB NOT NULL,
  what INTEGER NOT NULL,
  fact INTEGER NOT NULL,
  value TEXT,
  reason TEXT,
  day INTEGER NOT NULL,
  UNIQUE (kind, key, part, fact)
) STRICT;
