"""The words of the console: states, names and times, in Simplified Chinese."""
