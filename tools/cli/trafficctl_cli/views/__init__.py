"""Makes text of what the server answers: tables and pages for people, forms for programs.

``screen`` is the only module that writes to the terminal.
"""
