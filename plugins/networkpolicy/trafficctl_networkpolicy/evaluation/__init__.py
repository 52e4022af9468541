"""What Kubernetes does with a call, from NetworkPolicy objects and an inventory alone.

Written from the API's own documentation, it shares nothing with rendering and judges any
well-formed objects, also users' and wrong ones, so that each of the two can prove the other.
``index`` reads objects once into ``Filters``; ``explain`` judges one call by them.

The semantics: pods that no policy applies to in a direction are open in that direction; pods that
some do apply to take, or send, what any of these lets through. Both ends must let a call through.
What is not known makes an answer unknown, unless it would be the same either way.
"""

from trafficctl_networkpolicy.evaluation.explaining import explain
from trafficctl_networkpolicy.evaluation.indexing import Filters, index

__all__ = ["Filters", "explain", "index"]
