"""Chapter 07, predicting customers. Lab 07a: leaving and buying; lab 07b: price and uplift."""
