"""Where things stand on the sheet: lanes, ranks, routes; pure geometry over frozen drawings."""
