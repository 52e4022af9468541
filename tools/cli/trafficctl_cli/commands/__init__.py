"""The verbs of the command line, one module each.

A command reads its words, asks the server, and hands the answer to a view. What several verbs share
stands in ``session`` (to whom, and where results go) and ``options`` (how words are read).
"""
