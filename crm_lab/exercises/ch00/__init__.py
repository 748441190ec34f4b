"""Chapter 00, the primer: its self-diagnostic.

Each exercise names the sections of the primer that teach what it asks, so that `lab.advice()` can say what to read.
"""
