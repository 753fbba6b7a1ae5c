"""What followers' words need done: cases, their clocks, and who handles them."""
