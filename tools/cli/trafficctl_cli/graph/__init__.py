"""Draws who may call whom: as Mermaid's text, or as an SVG with a layout of our own.

All of it is pure: the same answer gives the same bytes. Nothing here asks the server or prints.
"""
