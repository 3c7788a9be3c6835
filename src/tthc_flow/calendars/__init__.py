"""Working calendars: which days an office works, and when a period ends."""
