"""The command ``trafficctl``: a client of the gRPC interface, and of nothing else of ours.

``main`` and ``commands`` take the words apart, ``staging`` carries files into plans, ``views`` and
``graph`` make text and pictures of answers, ``documents`` reads files, ``server`` speaks gRPC,
``settings`` says to whom. Nobody imports upwards; the server's own code and the SDK are never
imported.
"""

__version__ = "0.1.0"
