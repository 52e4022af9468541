"""Builders of plain Kubernetes objects, one for each kind, named after the kind.

They know shapes and API versions; what belongs into an object is decided in ``rendering``.
"""
