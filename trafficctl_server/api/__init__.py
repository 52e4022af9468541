"""The gRPC door: listener, interceptors, servicers and the one table of errors.

Protobuf and gRPC live here and nowhere below. A servicer turns messages into models, asks the
rooms below, and turns the answer back; it decides nothing.
"""
