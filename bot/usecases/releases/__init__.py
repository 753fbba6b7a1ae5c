"""Taking releases in, approving, withdrawing."""
