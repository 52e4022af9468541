"""What a traffic policy says, as pieces of Istio objects; every scope that has one uses these.

``fields`` lists what can be said, ``checks`` refuses what cannot be held, ``endpoints`` gives the
settings of one port in a DestinationRule, ``requests`` those of one route, ``matches`` its
conditions, and ``routes`` all HTTP routes of a policy.
"""
