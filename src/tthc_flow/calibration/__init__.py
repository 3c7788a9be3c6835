"""From event logs to facts: how long, how often, which way, and where a log leaves the diagram."""
