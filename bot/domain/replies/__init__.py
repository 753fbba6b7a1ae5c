"""What followers send, and what is owed to them."""
