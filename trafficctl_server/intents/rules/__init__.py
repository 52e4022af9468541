"""Rules over a wish that its message alone cannot state.

Pure functions from a resource (and the world) to violations, each with the field's path. Rules of
one message stand in the .proto files; what intents contradict each other in stands in ``compile``.
"""
