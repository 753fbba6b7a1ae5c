"""A simulated api.weixin.qq.com for official accounts."""
