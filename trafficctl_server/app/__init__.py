"""Puts the controller together: makes every part once, starts and stops them in order.

The only place that knows every room; nothing is decided here.
"""
