"""The engine: makes wishes true, for as long as they are wanted.

It follows the world, compiles the scopes that a change touched, has drivers render what differs,
keeps the ledger, delivers to each target in a queue of its own, and says what became of each
intent. Everything here can be stopped at any instruction and started again: what is durable is in
the store, everything else is derived from it.
"""
