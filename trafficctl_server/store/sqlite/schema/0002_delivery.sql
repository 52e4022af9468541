CREATE TABLE ledger (
    cluster TEXT NOT NULL,
    key TEXT NOT NULL,
    scope TEXT NOT NULL,
    desired_digest TEXT NOT NULL,
    written_digest TEXT NOT NULL,
    origins TEXT NOT NULL,
    state BLOB NOT NULL,
    tombstone INTEGER NOT NULL,
    target TEXT NOT NULL,
    wave INTEGER NOT NULL,
    manifest BLOB NOT NULL,
    PRIMARY KEY (cluster, key)
) STRICT;

CREATE TABLE slices (
    scope TEXT NOT NULL,
    cluster TEXT NOT NULL,
    driver TEXT NOT NULL,
    driver_version TEXT NOT NULL,
    digest TEXT NOT NULL,
    failure BLOB NOT NULL,
    PRIMARY KEY (scope, cluster, driver)
) STRICT, WITHOUT ROWID;

CREATE TABLE targets (
    cluster TEXT NOT NULL PRIMARY KEY,
    identity TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- ends_run = 1: the next index is free.
CREATE TABLE allocations (
    key TEXT NOT NULL PRIMARY KEY,
    pool_index INTEGER NOT NULL UNIQUE,
    ends_run INTEGER NOT NULL
) STRICT;
CREATE INDEX allocations_ending_runs ON allocations (pool_index) WHERE ends_run = 1;
