"""The driver host: finds drivers, runs them in worker processes, checks what they answer.

Here lives everything that knows pluggy or a worker process. No driver is ever imported into the
serving process, and nothing here knows gRPC, protobuf or the store.
"""
