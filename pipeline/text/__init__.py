"""What texts mean: normalise, compare, judge, draft, cite. Pure; no network, no clock, no database."""
