"""The trafficctl controller; read the rooms from top to bottom as the life of a request.

``cli`` and ``app`` start it, ``api`` is the gRPC door, ``reconcile`` the engine, ``intents`` the
office that accepts wishes; ``compile``, ``drivers``, ``store`` and ``clusters`` are what they
work with, ``telemetry`` and ``settings`` what everybody may use. Nobody imports upwards.
"""

__version__ = "0.1.0"
