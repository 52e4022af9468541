"""The driver for clusters without a service mesh: Kubernetes NetworkPolicy.

Rooms: ``rendering`` turns slices into objects, ``evaluation`` judges calls by the technology's own
semantics; the two share nothing. Nothing here knows the server.
"""
