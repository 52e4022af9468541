"""Where a cluster's objects go: targets, ownership of objects, and the files of a tree.

Nothing here decides what an object says or when it is sent; no intent, slice or ledger is known.
"""
