"""The gate: what a sentence says that its cited passages do not hold. Pure."""
