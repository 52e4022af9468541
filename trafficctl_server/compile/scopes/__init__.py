"""What each kind of scope comes to in each cluster: one module a kind.

Each builds the bodies of one kind of slice from resolved intents; none knows a technology.
"""
