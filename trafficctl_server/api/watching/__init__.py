"""Watch: from a revision of the store to a stream that one client reads.

Interest, encoding, buffer and feed of one stream stand here; the store is the only source.
"""
