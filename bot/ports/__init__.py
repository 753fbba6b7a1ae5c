"""Floor 1: what we need from the world, as protocols; one file a need."""
