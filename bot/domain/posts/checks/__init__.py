"""Content rules: what a post must not say, and what it says that the approved text does not."""
