"""Deciding: from intents and facts to what each cluster must see, scope by scope.

Everything here is pure and synchronous: frozen data in, frozen data out, same input, same bytes.
:mod:`.world` is the one object with a memory, an index that can be rebuilt at any time from what
it was told. No store, no driver, no clock, no I/O may be imported here.
"""
