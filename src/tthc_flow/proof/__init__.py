"""What a rewritten flow must keep, proven or refuted with a counter-example."""
