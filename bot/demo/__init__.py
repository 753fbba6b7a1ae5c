"""The whole loop in the open: a release day on the embedded default and the sandbox."""
