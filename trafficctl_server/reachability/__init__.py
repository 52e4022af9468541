"""Says whether one call gets through, and why.

A question is turned into what a driver can judge: the call, the objects of the few scopes that
decide about it, and what runs in the clusters concerned. The verdict is the driver's; nothing is
decided here, and nothing is changed.
"""
