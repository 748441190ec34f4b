"""Chapter 13: the exercises of its labs."""
