"""Chapter 07, predicting customers. Lab 07a: leaving and buying; 07b: price and uplift; 07c: exit management."""
