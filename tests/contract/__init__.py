"""Suites that a port's real implementations and its fake must pass alike."""
