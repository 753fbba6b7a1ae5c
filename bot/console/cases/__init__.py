"""办理: what the case pages show, and what can be done on them."""
