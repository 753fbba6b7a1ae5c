"""Publishing: lateness, throughput, commits a post, beside what Celery itself can carry."""
