"""Redis: signs of life between processes; nothing that may not be lost."""
