"""Chapter 04, classifying customers: the exercises of its two labs.

Lab 04a: groups, concentration, pyramid. Lab 04b: scores, segments, loyalty, change, marks.
"""
