"""From candidates to a proven, measured proposal."""
