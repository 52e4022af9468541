"""The checks, one function each: it returns where the driver holds to it, and raises where not.

Here lives what is demanded; what the driver is asked with comes from ``trial``. A check looks at
nothing that another check has to have looked at before, but for those that it names in the
catalogue.
"""
