"""Benchmarks against a floor, printed in the same run. Never part of the tests."""
