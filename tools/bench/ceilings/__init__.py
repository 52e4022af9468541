"""What bounds the server: the least that does the same, measured in the same run.

Each module is a server of its own: ``python -m tools.bench.ceilings.<name> FOLDER`` listens on
loopback, says where in one JSON line on stderr, and ends with SIGTERM.
"""
