"""Signing on through an OpenID Connect provider."""
