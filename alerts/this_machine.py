"""The names of this machine itself: what is sent to them leaves it for nobody."""

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
