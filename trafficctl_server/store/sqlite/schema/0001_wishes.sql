-- "traf": the file is ours.
PRAGMA application_id = 1953653094;

CREATE TABLE meta (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    revision INTEGER NOT NULL,
    floor INTEGER NOT NULL,
    wishes_floor INTEGER NOT NULL
) STRICT;
INSERT INTO meta VALUES (1, 0, 0, 0);

CREATE TABLE records (
    name TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    uid TEXT NOT NULL,
    etag TEXT NOT NULL,
    generation INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    create_time INTEGER NOT NULL,
    update_time INTEGER NOT NULL,
    delete_time INTEGER,
    schema INTEGER NOT NULL,
    progress BLOB NOT NULL,
    body BLOB NOT NULL
) STRICT;
CREATE INDEX records_by_kind ON records (kind, name);

-- position = revision * 1048576 + place within the revision: one tree, always appended to.
CREATE TABLE history (
    position INTEGER PRIMARY KEY,
    time INTEGER NOT NULL,
    wish INTEGER NOT NULL,
    change TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    uid TEXT NOT NULL,
    etag TEXT NOT NULL,
    generation INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    create_time INTEGER NOT NULL,
    update_time INTEGER NOT NULL,
    delete_time INTEGER,
    schema INTEGER NOT NULL,
    progress BLOB NOT NULL,
    body BLOB NOT NULL
) STRICT;
CREATE INDEX history_by_age ON history (wish, time);

CREATE TABLE scopes (
    scope TEXT NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE requests (
    principal TEXT NOT NULL,
    method TEXT NOT NULL,
    request_id TEXT NOT NULL,
    body_digest TEXT NOT NULL,
    revision INTEGER NOT NULL,
    time INTEGER NOT NULL,
    response BLOB NOT NULL,
    PRIMARY KEY (principal, method, request_id)
) STRICT;
CREATE INDEX requests_by_age ON requests (time);
