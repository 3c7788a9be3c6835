"""Where running dossiers are kept: the only user of SQL."""
