"""Publishing on Sina Weibo, collecting comments and mentions, and answering private messages."""
