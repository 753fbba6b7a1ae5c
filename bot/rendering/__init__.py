"""Rendering: from a release to exactly what would be sent, with Jinja2 templates and Pillow."""
