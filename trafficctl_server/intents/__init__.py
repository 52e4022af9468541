"""The office: accepts wishes, refuses what cannot be, and announces what changed.

A wish is judged against everything that is known, written durably, and only then answered.
:mod:`.world_feed` keeps the one :class:`~trafficctl_server.compile.world.World` in step with the
store. What becomes of a wish afterwards is the business of ``reconcile``, which reads the same
feed: nothing here renders or delivers, and nothing here knows protobuf.
"""
