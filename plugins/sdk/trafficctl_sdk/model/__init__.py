"""The resources and their parts as plain data, one module for each .proto file.

Frozen dataclasses with the names of the messages and fields: enums are ``StrEnum`` without the
unspecified value, lists are tuples, durations and points in time are integer nanoseconds, and
``None`` is "not said". A field's metadata holds its ``number``, the ``oneof`` that it belongs to,
and ``secret`` or ``output_only`` where that holds. All other modules are generated: what is
wanted here is changed in the .proto files. Nothing here imports protobuf.
"""
