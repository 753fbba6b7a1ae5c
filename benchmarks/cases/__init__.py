"""Lists of cases of an office that has handled them for many years."""
