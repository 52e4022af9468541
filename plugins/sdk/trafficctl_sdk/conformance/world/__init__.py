"""A small world of the kit's own: an intent in it, and the slices that the server makes of it.

Clusters east, west and north share one mesh; the service ``reviews`` runs in west and north, its
callers in all of them, and all workloads are of one project in one namespace. Here lives what is
there and how an intent becomes slices in it; a test of the server holds its compiler to the same
slices. What an intent says is told in ``wishes``.
"""
