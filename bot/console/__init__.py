"""The console: where staff see what is going out, and decide."""
