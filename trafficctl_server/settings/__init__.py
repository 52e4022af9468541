"""What an operator may set: groups of frozen values, read once at start.

Here live the settings with their meaning and their checks, and the reading of the TOML file, the
environment and the token file. Nothing here starts anything, and nobody below imports upwards.
"""
