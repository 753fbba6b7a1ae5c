"""How soon comments are seen with a hundred calls a day."""
