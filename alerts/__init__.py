"""Faces people: composes mail and hands it over. Speaks to no publisher and decides no change."""
