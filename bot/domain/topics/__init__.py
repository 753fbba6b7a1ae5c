"""What people speak of: terms that grow, themes, alerts, and what becomes of them."""
