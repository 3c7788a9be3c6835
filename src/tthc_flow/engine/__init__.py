"""Running a procedure: the only user of SpiffWorkflow, which is imported when a run starts."""
