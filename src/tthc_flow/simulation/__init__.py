"""Cases through flows with people and calendars: queues, waiting times, late shares."""
