"""What makes a plugin a driver, and an answer of a driver usable.

The server holds every driver to it when it loads and calls one; the conformance kit says the same
to an author before. Here lives what can be said of one plugin or one answer alone; whether what
it renders is right is for the kit.
"""
