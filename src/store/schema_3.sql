-- Times of exports: one number each, see when.rs (UTC seconds, offset, and how exact they are).
-- Statuses: the tracker's own word, its category and what is beyond doubt (numbers of
-- model::stage::Stage); the stage itself is told when they are read.

-- One row an export file. digest = keyed hash of its bytes and of how they were read; zone = the
-- owner's answer for times without one; modified = when the file was written, UTC seconds.
CREATE TABLE imports (
  id INTEGER PRIMARY KEY,
  day INTEGER NOT NULL,
  format TEXT NOT NULL,
  source TEXT NOT NULL,
  name TEXT NOT NULL,
  digest BLOB NOT NULL UNIQUE,
  zone TEXT NOT NULL,
  modified INTEGER,
  records INTEGER NOT NULL,
  mine INTEGER NOT NULL,
  not_mine INTEGER NOT NULL,
  rejected INTEGER NOT NULL
) STRICT;

-- One row a thing that exports show. kind 0 = task, 1 = time entry without its task, 2 = review
-- that I gave; sum = keyed hash of what its observations fold to.
CREATE TABLE subjects (
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  sum BLOB NOT NULL
) STRICT;

-- What one export says about one subject: facts = JSON; aliases = keyed hashes of its names, 16
-- bytes each; hash = keyed hash of both. No foreign keys up here: they would cost more than the
-- rows, and nothing but imports.rs and subjects.rs removes any.
CREATE TABLE observations (
  id INTEGER PRIMARY KEY,
  subject INTEGER NOT NULL,
  hash BLOB NOT NULL UNIQUE,
  facts TEXT NOT NULL,
  aliases BLOB NOT NULL
) STRICT;
CREATE INDEX observations_by_subject ON observations (subject);

-- Which imports hold which observation: one that two files hold outlives the undoing of one.
CREATE TABLE task_seen (
  observation INTEGER NOT NULL,
  import INTEGER NOT NULL,
  PRIMARY KEY (observation, import)
) STRICT, WITHOUT ROWID;

-- Who is called so. Kept in step with the observations' own lists by subjects.rs.
CREATE TABLE aliases (
  hash BLOB PRIMARY KEY,
  subject INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Derived from the observations, all below: written anew whenever those of a subject change.
-- estimate_unit 0 = seconds, 1 = thousandths of a point; tags = JSON.
CREATE TABLE tasks (
  subject INTEGER PRIMARY KEY REFERENCES subjects (id) ON DELETE CASCADE,
  source TEXT NOT NULL,
  key TEXT NOT NULL,
  kind INTEGER NOT NULL,
  title TEXT NOT NULL,
  project TEXT,
  word TEXT,
  category INTEGER,
  fixed INTEGER,
  updated INTEGER,
  created INTEGER,
  started INTEGER,
  done INTEGER,
  due INTEGER,
  estimate INTEGER,
  estimate_unit INTEGER,
  spent INTEGER,
  tags TEXT,
  parent TEXT,
  history_whole INTEGER NOT NULL
) STRICT;
CREATE INDEX tasks_by_key ON tasks (key);

-- Moves, oldest first. until is set where two exports only show that it happened between "at"
-- (excluded) and until (included).
CREATE TABLE transitions (
  task INTEGER NOT NULL REFERENCES tasks (subject) ON DELETE CASCADE,
  n INTEGER NOT NULL,
  at INTEGER NOT NULL,
  until INTEGER,
  from_word TEXT,
  from_category INTEGER,
  from_fixed INTEGER,
  to_word TEXT,
  to_category INTEGER,
  to_fixed INTEGER,
  PRIMARY KEY (task, n)
) STRICT, WITHOUT ROWID;

-- The times of a pull request of mine (its key and project are the task's), or of one that I
-- reviewed (given). commits = object ids, 20 bytes each; times = 8 bytes each, oldest first.
CREATE TABLE reviews (
  subject INTEGER PRIMARY KEY REFERENCES subjects (id) ON DELETE CASCADE,
  given INTEGER NOT NULL,
  source TEXT NOT NULL,
  key TEXT NOT NULL,
  project TEXT,
  opened INTEGER,
  ready INTEGER,
  first_review INTEGER,
  approved INTEGER,
  merged INTEGER,
  closed INTEGER,
  additions INTEGER,
  deletions INTEGER,
  branch TEXT,
  commits BLOB NOT NULL,
  requested INTEGER,
  times BLOB NOT NULL
) STRICT;

-- Time that I recorded: on a task (its subject), or alone; task = the one it names or belongs to.
CREATE TABLE time_entries (
  subject INTEGER NOT NULL REFERENCES subjects (id) ON DELETE CASCADE,
  n INTEGER NOT NULL,
  source TEXT NOT NULL,
  task TEXT,
  project TEXT,
  own_id TEXT,
  start INTEGER NOT NULL,
  ended INTEGER,
  seconds INTEGER,
  note TEXT,
  tags TEXT,
  busy INTEGER NOT NULL,
  PRIMARY KEY (subject, n)
) STRICT, WITHOUT ROWID;

-- What I am called in a tracker. folded = as it is compared; beside = the folded name it was learned
-- beside, which it goes with; kind: see model::account.
CREATE TABLE accounts (
  source TEXT NOT NULL,
  folded TEXT NOT NULL,
  value TEXT NOT NULL,
  evidence INTEGER NOT NULL,
  added_day INTEGER NOT NULL,
  beside TEXT,
  kind INTEGER NOT NULL,
  PRIMARY KEY (source, folded)
) STRICT, WITHOUT ROWID;
