"""The stated world: its size, what is in it, and how it comes into a state directory.

Everything follows from the size alone: two runs have the same names, wishes and addresses.
"""
