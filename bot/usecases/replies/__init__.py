"""Taking in what followers send."""
