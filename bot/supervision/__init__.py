"""Runs the embedded installation's processes: starts, watches, restarts and stops them."""
