"""Posts, drafts, rollouts and the rules that plan them."""
