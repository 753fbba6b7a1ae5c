"""The delivery journal and the pure functions that read it."""
