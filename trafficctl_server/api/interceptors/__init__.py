"""What every RPC passes before and after its servicer, one concern a file.

:mod:`.chain` runs them in one order for unary and streaming RPCs alike; none knows a resource.
"""
