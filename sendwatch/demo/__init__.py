"""The demonstration: a replayed publisher on loopback with invented documents. Never speaks to a live service."""
