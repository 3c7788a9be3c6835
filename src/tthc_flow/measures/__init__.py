"""Numbers about one flow, and about the difference of two."""
