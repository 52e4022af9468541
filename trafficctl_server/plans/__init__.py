"""The drawing office: change sets that are looked at as a whole before they happen as a whole.

A change set is judged and worked out on a fork of the world, with the rules, the compiler, the
drivers and the ledger's own comparison that a change would meet if it were real; what is shown is
kept, and applying writes exactly that, as one revision, or nothing. Nothing here delivers: what an
applied plan leads to is the business of ``reconcile``, which sees nothing special in it.
"""
