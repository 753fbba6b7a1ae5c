"""Floor 2: one verb a file; load, ask the domain, act through a port, commit."""
