"""The command ``trafficctl``: a client of the gRPC interface, and of nothing else of ours.

``main`` and ``commands`` take the words apart, ``views`` makes text of answers, ``server`` speaks
gRPC, ``settings`` says to whom. Nobody imports upwards; the server's own code and the SDK are never
imported.
"""

__version__ = "0.1.0"
