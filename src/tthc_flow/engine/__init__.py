"""Running a procedure in memory: the only user of SpiffWorkflow, imported when a run starts."""
