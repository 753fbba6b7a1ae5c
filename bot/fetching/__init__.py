"""The one guarded way out: pictures, feeds and attachments are fetched here and nowhere else."""
