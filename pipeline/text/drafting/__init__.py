"""The proposed news item: headline, lead, points, short forms. Pure."""
