"""Decision tables: what one says of a dossier, and where it says nothing or too much."""
