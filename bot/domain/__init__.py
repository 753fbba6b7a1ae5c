"""Floor 0: what Tongbu knows, in plain values and pure functions; no clock, no I/O."""
