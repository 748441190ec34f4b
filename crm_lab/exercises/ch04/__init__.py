"""Chapter 04, classifying customers: the exercises of its four labs.

Lab 04a: groups, concentration. Lab 04b: pyramid. Lab 04c: scores, segments. Lab 04d: loyalty, change, marks.
"""
