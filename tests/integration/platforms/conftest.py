"""Fixtures of the adapters against the simulated platforms."""

from tests.integration.platforms.wechat_stage import stage
from tests.integration.platforms.weibo_stage import door, site

__all__ = ["door", "site", "stage"]
