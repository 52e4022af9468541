"""From slices to NetworkPolicy objects, one module for each kind of scope.

Pure: equal slices give equal bytes. Nothing here asks ``evaluation``.
"""
