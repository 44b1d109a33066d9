"""Finding: what a text is found by, what a person asks, and the marks that show it. Pure."""
