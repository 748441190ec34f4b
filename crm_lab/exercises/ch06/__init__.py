"""Chapter 06, market baskets and recommendation: the exercises of its two labs.

Lab 06a: supports, chance, offers. Lab 06b: neighbours, judged.
"""
