"""A simulation as plots with their tables and sentences: for a page of its own, or a proposal's."""
