"""Platform adapters: one folder a platform, the same file names in each."""
