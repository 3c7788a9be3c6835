"""What plots of bars have in common."""
