"""Step tables (what offices have) in: YAML and CSV become a typed table, the table a procedure."""
