"""The demonstration: the whole loop on the embedded installation and the sandbox."""
