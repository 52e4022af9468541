"""Carries many wishes into one plan: in parts, computed as a whole, applied as one revision.

Whatever the server finds wrong is told at its place in the user's files.
"""
