"""Law as gates: what must be answered before a change, by attribute, by text or by a person."""
