"""A typed client of api.weixin.qq.com: sessions, tokens, and one file a subject."""
