"""List over every type of resource: filters, orders, pages.

What a filter, an order or a page token means stands here; where resources come from does not.
"""
