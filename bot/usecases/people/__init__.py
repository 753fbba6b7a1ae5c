"""Staff, sessions and API tokens."""
