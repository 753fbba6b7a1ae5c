"""Accounts, sources and the emergency stop."""
