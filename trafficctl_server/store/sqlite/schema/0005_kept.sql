-- What follows from a record's wish, kept so that a start need not read the wish; NULL: nothing.
-- Every put of the record forgets it.
ALTER TABLE records ADD COLUMN kept BLOB;
