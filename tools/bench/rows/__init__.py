"""One module for each subject of the table; each gives its rows with what they were measured by.

A row is measured in bursts that alternate with those of its ceiling, so that what else goes on on
the machine meets both; its figure is the median of the ratios.
"""
