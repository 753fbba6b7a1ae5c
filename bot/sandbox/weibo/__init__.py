"""A strict simulator of the Weibo open platform: posting, articles, comments, private messages."""
