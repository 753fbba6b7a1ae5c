"""Official accounts, what they may do, and their budgets."""
