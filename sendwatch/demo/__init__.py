"""The demonstration: a replayed publisher on loopback with invented documents. Never goes online."""
