"""`make bench`: what we promise in numbers, measured beside our peers in one run on one machine."""
