"""Chapter 11, satisfaction indices: the exercises of its two labs.

Lab 11a: surveys, service. Lab 11b: model, improvement.
"""
