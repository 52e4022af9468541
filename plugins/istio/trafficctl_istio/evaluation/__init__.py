"""Istio's own semantics over a set of objects: what becomes of one call.

Written from Istio's documentation and from what real proxies did, it shares nothing with
rendering and judges any well-formed objects, also users' and wrong ones, so that each of the two
can prove the other. ``index`` reads objects once into a ``Mesh``; ``explain`` follows a call
through it from station to station.
"""

from trafficctl_istio.evaluation.explaining import explain, explain_all
from trafficctl_istio.evaluation.indexing import index
from trafficctl_istio.evaluation.mesh import Mesh

__all__ = ["Mesh", "explain", "explain_all", "index"]
