"""HTTP servers that behave like WeChat and Weibo, written from the platforms' references alone."""
