"""The studio: a local web server for one person, on this machine only."""
