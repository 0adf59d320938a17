-- What was handed out by `share`: bands, never words, so that a new share can be weighed together
-- with all earlier ones. day = days from 1970-01-01; given = the lines and their bands, as `share`
-- writes them; hash = BLAKE3 of the file's bytes.
CREATE TABLE shares (
  id INTEGER PRIMARY KEY,
  day INTEGER NOT NULL,
  profile TEXT NOT NULL,
  window TEXT NOT NULL,
  given TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  hash BLOB NOT NULL
) STRICT;
