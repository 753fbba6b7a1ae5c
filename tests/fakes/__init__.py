"""Small fakes of the world, at the ports; they pass the same contract suite as the real thing."""
