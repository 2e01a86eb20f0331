"""Demo data: a list as the programme might have it, and what happened since. Every name in it is made up.

Days are told from today on, so that the demo stays alive however old it is.
"""
