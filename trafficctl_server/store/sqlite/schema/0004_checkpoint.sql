-- What a start need not work out again; no row: nothing.
CREATE TABLE checkpoint (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    revision INTEGER NOT NULL,
    basis TEXT NOT NULL,
    said INTEGER NOT NULL
) STRICT;

-- Scopes that every start compiles all the same.
CREATE TABLE revisits (
    scope TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

ALTER TABLE slices ADD COLUMN calling INTEGER NOT NULL DEFAULT 0;
