"""What a random time does: how likely it is over by when, and drawing it."""
