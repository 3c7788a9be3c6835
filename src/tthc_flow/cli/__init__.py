"""The command line: one file a verb; each calls the library verb of the same name."""
