"""Speaks to the server: its resources and methods, calls, errors, streams that are resumed.

The only place for grpc. Nothing here prints.
"""
