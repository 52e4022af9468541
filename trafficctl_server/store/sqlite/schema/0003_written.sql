-- What the target holds, where it is another object than the one in manifest; NULL: not known.
ALTER TABLE ledger ADD COLUMN written_manifest BLOB;
