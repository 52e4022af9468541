"""The durable store: one SQLite file, one connection, one writer.

Here live all statements, the layout of the file and its migrations. One connection does
everything, reads and checkpoints too: SQLite before 3.51.3 can corrupt a database when two
connections meet while the write-ahead log is reset. What a row means stays above.
"""
