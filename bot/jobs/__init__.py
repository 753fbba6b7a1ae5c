"""Celery by name: who needs work done says so without importing the work."""
