"""The Istio driver: slices in, Istio objects out.

Here live the hooks of the driver and what they decide with: pure functions over plain dicts.
Nothing here asks a cluster, reads a clock or imports the server.
"""
