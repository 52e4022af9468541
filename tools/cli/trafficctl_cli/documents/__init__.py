"""Reads what people write in files: YAML documents that are the interface's messages.

A document is a resource: ``kind``, ``name`` (whole), and the message's fields in their JSON form.
``sources`` finds files and documents in them, ``nodes`` and ``scalars`` turn one into a message,
``places`` finds the line of a field again, ``wishes`` keeps many, small. Nothing here asks a
server.
"""
