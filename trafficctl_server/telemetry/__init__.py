"""What the server says of itself while it works: JSON log lines and traces.

The tracing libraries are imported here and nowhere else; the rooms above see
:class:`.tracing.Tracing`.
Nothing here decides anything, and no secret passes through: tags and log fields are short scalars.
"""
