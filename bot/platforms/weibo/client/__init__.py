"""A small typed client for Weibo's open platform; no usable one is published."""
