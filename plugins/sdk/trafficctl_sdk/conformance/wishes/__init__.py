"""What intents can say, one thing at a time: bodies that differ in nothing else.

Here live plain, legal JSON bodies of intents for every field of the model that reaches a driver.
How they become slices is told in ``world``, what is made of them in ``probes``.
"""
