"""What must survive a restart: wishes, history, the ledger, addresses and answered requests.

Here live the rows, the ``Store`` protocol with its two implementations, and the sealing of
secrets at rest. Rows carry bodies that the rooms above made; no model is known here.
"""
