"""Chapter 08, customer lifetime value: the exercises of its two labs.

Lab 08a: cohorts, value, levers. Lab 08b: likelihood, outlook.
"""
