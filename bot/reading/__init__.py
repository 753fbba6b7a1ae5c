"""Readers: JSON, Markdown, HTML, plain text, feeds and folders become releases of one shape."""
