"""The parts of bench/simulate.py: the invented publisher's script, the watch in a child, and the judge."""
