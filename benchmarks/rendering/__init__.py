"""Rendering: WeChat HTML from Markdown and from stored documents, beside two formatters."""
