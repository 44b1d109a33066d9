"""The words of the house as frozen dataclasses. No I/O, no clock, no third-party import."""
