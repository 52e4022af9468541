"""Says who gets through to whom, and why: one call, the whole picture, and what changes.

A **view** is what an answer is based on: a world and the objects that go with it. A question is
turned into calls that a driver can judge: each with the objects of the few scopes that decide
about it, and what runs in the clusters concerned. Verdicts are the drivers'; nothing is decided
here, and nothing is changed. Choosing what to ask about is pure and apart from asking.
"""
