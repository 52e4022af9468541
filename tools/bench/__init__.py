"""Measures the controller beside what bounds it, in one run: ``make bench``.

Here live the stated world, the clients that load the server, the ceilings and one module for each
row of ``docs/benchmarks.md``. Nothing here is part of the product, and the product never imports
it; rows look at the server from outside, as its users do.
"""
