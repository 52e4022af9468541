"""One module per kind of scope: each turns one slice into the manifests of that scope.

What two scopes must agree on stands in ``egress_hop`` and ``naming``, so that neither reads
the other. Shapes of objects stand in ``objects``.
"""
