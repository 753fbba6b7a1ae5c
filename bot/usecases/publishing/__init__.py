"""Advancing deliveries, exactly once."""
