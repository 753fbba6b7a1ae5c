"""Keys, secrets at rest, and passwords."""
