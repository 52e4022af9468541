"""The table of ``docs/istio-coverage.md``: each field of an intent, and what shows what it does.

``python -m tools.coverage`` writes it; the rows are those of ``docs/intents.md``, what shows them
is in ``proofs.py``.
"""
