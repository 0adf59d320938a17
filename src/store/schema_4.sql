-- The packed columns hold the type of work that a summary names, and the owner's projects.
DELETE FROM blocks;
INSERT OR IGNORE INTO stale (home, block) SELECT DISTINCT home, id >> 13 FROM commits;
